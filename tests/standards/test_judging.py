from datetime import date
from typing import Any

import pytest

from gongjia.standards.rulebook.cases import Case, load_cases, run_case
from gongjia.standards.rulebook.judging import judge
from tests.standards.books import CHAIRS, book, shipped

DAY = date(2024, 6, 1)
CASES = list(load_cases(shipped()))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.table}: {case.name}" for case in CASES])
def test_every_case_comes_out_as_written(case: Case):
    assert run_case(shipped(), case) == {}


def outcome(price: Any, on: date = DAY, **given: Any) -> str:
    return judge(book(chairs=CHAIRS), "chairs", "price", {"unit_price": price, **given}, on).outcome


@pytest.mark.parametrize(("tier", "limit"), [("central", 12), ("provincial", 18), ("municipal", 24), ("county", 30)])
def test_the_same_division_chief_gets_a_room_by_tier(tier: str, limit: int):
    given = {"tier": tier, "level": "division_chief", "area": "10"}
    assert judge(shipped(), "office_room_area", "max_m2", given, DAY).limit == limit


def test_the_standard_did_not_bind_before_it_was_issued():
    assert outcome("9999", on=date(2019, 12, 31), tier="central") == "no_rule"


def test_the_limit_itself_is_compliant():
    assert outcome("800", tier="central") == "compliant"
    assert outcome("800.01", tier="central") == "breach"


def test_a_row_that_names_the_tier_goes_before_one_that_leaves_it_open():
    assert outcome("600", tier="central") == "compliant"
    assert outcome("600", tier="municipal") == "breach"


def test_a_unit_that_is_only_guided_is_never_in_breach():
    assert outcome("9999", tier="central", nature="institution") == "doubt"


@pytest.mark.parametrize("tag", ["secondary", "memory", "parameter"])
def test_an_unverified_row_warns_and_never_blocks(tag: str):
    unsure = book(chairs=CHAIRS.replace("verification: repost", f"verification: {tag}"))
    verdict = judge(unsure, "chairs", "price", {"tier": "central", "unit_price": "9999"}, DAY)
    assert (verdict.outcome, verdict.blocks) == ("doubt", False)


def test_a_version_whose_start_is_assumed_warns_and_never_blocks():
    assumed = book(chairs=CHAIRS.replace("from: 2020-01-01", "from: 2020-01-01\n  from_known: assumed"))
    assert judge(assumed, "chairs", "price", {"tier": "central", "unit_price": "9999"}, DAY).outcome == "doubt"


@pytest.mark.parametrize(("price", "reason"), [(None, "missing"), ("cheap", "unreadable"), ("-1", "unreadable"), ("NaN", "unreadable")])
def test_a_fact_that_is_no_number_cannot_be_judged(price: Any, reason: str):
    verdict = judge(book(chairs=CHAIRS), "chairs", "price", {"tier": "central", "unit_price": price}, DAY)
    assert (verdict.outcome, verdict.reason) == ("cannot_decide", f"{reason}:unit_price")


def test_a_question_about_no_topic_is_a_key_error():
    with pytest.raises(KeyError):
        judge(shipped(), "horses", "price", {}, DAY)
