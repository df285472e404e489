"""`gongjia depreciate`, `as-of`, `annual`: the books from the command line, with codes that a script can trust."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from gongjia.domains.accounting.models import Posting
from tests.domains.accounting.books import card
from tests.people import Town

Cli = Callable[..., Any]


def test_a_month_is_posted_and_a_second_run_has_nothing_to_post(cli: Cli, town: Town) -> None:
    card(town)
    said = cli("depreciate", "--month", "2026-10", "--unit", "YC-SW", "--json")
    assert (said.code, said.json["amount"]) == (0, "100.00")
    assert said.json["postings"][0]["month"] == "2026-10"
    again = cli("depreciate", "--month", "2026-10")
    assert (again.code, Posting.objects.count()) == (0, 1)


def test_a_dry_run_says_what_is_due_and_why_and_writes_nothing(cli: Cli, town: Town) -> None:
    card(town)
    card(town, "B", depreciation_months=None, category=None)
    said = cli("depreciate", "--month", "2026-10", "--dry-run", "--json").json
    assert (said["amount"], said["undecided"]) == ("100.00", 1)
    assert {each["reason"]: each["cards"] for each in said["reasons"]} == {"charged": 1, "no_term": 1}
    assert not Posting.objects.exists()


def test_a_month_that_cannot_be_posted_ends_with_its_reason(cli: Cli, town: Town) -> None:
    said = cli("depreciate", "--month", "2999-01")
    assert said.code == 2 and "还没有到" in said.err


def test_a_person_posts_only_where_he_may(cli: Cli, town: Town) -> None:
    card(town)
    assert cli("--as", "inspector", "depreciate", "--month", "2026-10").code == 2
    assert cli("--as", "clerk", "depreciate", "--month", "2026-10").code == 0


def test_the_ledger_of_a_day_as_known_on_another(cli: Cli, town: Town) -> None:
    card(town)
    assert cli("as-of", "2026-12-31", "--known", "2099-12-31", "--json").json["total"]["cost"] == "7200.00"
    assert cli("as-of", "2026-12-31", "--known", "2020-01-15", "--json").json["groups"] == []
    assert "7200.00" in cli("as-of", "2026-12-31", "--known", "2099-12-31", "--by", "category").out


def test_a_report_is_printed_and_compared_with_a_digest(cli: Cli, town: Town) -> None:
    card(town)
    told = cli("annual", "2026", "--known", "2026-01-15", "--unit", "YC-SW").out.rstrip("\n")
    digest = hashlib.sha256(told.encode()).hexdigest()
    assert cli("annual", "2026", "--known", "2026-01-15", "--unit", "YC-SW", "--digest", digest).code == 0
    assert cli("annual", "2026", "--known", "2026-01-15", "--unit", "YC-SW", "--digest", "0" * 64).code == 1
