"""A month is posted once; a run of it again posts only what differs, in a version of its own; nothing is overwritten."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from gongjia.core.action import actions
from gongjia.core.models import AuditEntry
from gongjia.core.problems import Forbidden, Refused
from gongjia.core.undo import undo_batch
from gongjia.domains.accounting.models import Posting, PostingLine
from gongjia.ledger.models import Asset, Entry
from tests.domains.accounting.books import card, post, versions, written_down
from tests.people import Town

pytestmark = pytest.mark.django_db
HUNDRED, NOTHING = Decimal(100), Decimal(0)


def test_a_posted_month_leaves_an_entry_of_its_last_day_and_the_card_follows(town: Town) -> None:
    pk = card(town)
    post(town, "2026-10")
    entry = Entry.objects.get(asset=pk, kind="depreciate")
    assert (entry.depreciation_delta, str(entry.effective_on), entry.note) == (HUNDRED, "2026-10-31", "2026-10")
    assert written_down(pk) == HUNDRED
    told = AuditEntry.objects.filter(subject="ledger.asset", subject_id=pk).order_by("-id").values_list("before", "after").first()
    assert told == ({"accumulated": "0.00"}, {"accumulated": "100.00"})


def test_a_posting_is_by_unit_class_and_account_subject(town: Town) -> None:
    card(town)
    card(town, "B", cost="720")
    card(town, "C", account_subject="1601.02")
    post(town, "2026-10")
    lines = PostingLine.objects.order_by("account_subject").values_list("category__code", "account_subject", "cards", "amount")
    assert list(lines) == [("A02010105", "1601", 2, Decimal(110)), ("A02010105", "1601.02", 1, HUNDRED)]


def test_a_second_run_that_finds_nothing_new_says_so_and_writes_nothing(town: Town) -> None:
    pk = card(town)
    post(town, "2026-10")
    with pytest.raises(Refused, match="一致"):
        post(town, "2026-10")
    assert (Posting.objects.count(), written_down(pk)) == (1, HUNDRED)


def test_a_second_run_posts_only_the_difference_in_a_version_of_its_own(town: Town) -> None:
    card(town)
    post(town, "2026-10")
    late = card(town, "B")
    post(town, "2026-10")
    assert versions("2026-10") == [(1, "post", HUNDRED, HUNDRED), (2, "post", HUNDRED, Decimal(200))]
    assert written_down(late) == HUNDRED


def test_a_card_removed_in_the_month_is_given_back_what_was_posted_for_it(town: Town) -> None:
    pk = card(town)
    post(town, "2026-11")
    actions["ledger.change_status"].run(town.clerk, {"id": pk, "status": "disposed"})
    post(town, "2026-11")
    assert (versions("2026-11")[-1], written_down(pk)) == ((2, "post", -HUNDRED, NOTHING), NOTHING)


def test_a_run_of_a_month_again_brings_the_months_after_it_along(town: Town) -> None:
    pk = card(town)
    for month in ("2026-09", "2026-10"):
        post(town, month)
    actions["ledger.edit_asset"].run(town.clerk, {"id": pk, "depreciation_months": 36}, on=dt.date(2026, 9, 1))
    post(town, "2026-09")
    assert [len(versions(month)) for month in ("2026-09", "2026-10")] == [2, 2]
    assert written_down(pk) == sum(Entry.objects.filter(asset=pk).values_list("depreciation_delta", flat=True))


def test_the_last_month_can_be_reversed_and_posted_again(town: Town) -> None:
    pk = card(town)
    post(town, "2026-10")
    post(town, "2026-10", "accounting.reverse_depreciation")
    assert (versions("2026-10")[-1], written_down(pk)) == ((2, "reverse", -HUNDRED, NOTHING), NOTHING)
    post(town, "2026-10")
    assert (versions("2026-10")[-1], written_down(pk)) == ((3, "post", HUNDRED, HUNDRED), HUNDRED)


def test_a_month_before_the_last_cannot_be_reversed(town: Town) -> None:
    card(town)
    for month in ("2026-09", "2026-10"):
        post(town, month)
    with pytest.raises(Refused, match="从后往前"):
        post(town, "2026-09", "accounting.reverse_depreciation")


@pytest.mark.parametrize(("month", "why"), [("2026-12", "还没有到"), ("2026-08", "期初数")])
def test_a_month_to_come_and_one_before_the_first_are_refused(town: Town, month: str, why: str) -> None:
    card(town)
    post(town, "2026-09")
    with pytest.raises(Refused, match=why):
        post(town, month)


def test_a_month_that_would_leave_a_gap_is_refused(town: Town) -> None:
    card(town)
    post(town, "2026-09")
    with pytest.raises(Refused, match="请先计提 2026-10"):
        post(town, "2026-11")


def test_a_closed_month_takes_no_posting_until_it_is_opened_with_a_reason(town: Town) -> None:
    card(town)
    post(town, "2026-10")
    pk = actions["accounting.close_month"].run(town.clerk, {"unit": "YC-SW", "month": "2026-10-01"})
    card(town, "B")
    with pytest.raises(Refused, match="已结账"):
        post(town, "2026-10")
    actions["accounting.reopen_month"].run(town.clerk, {"id": pk, "reason": "补记一项"})
    assert post(town, "2026-10").ids


def test_an_undone_run_leaves_its_version_and_a_counter_version(town: Town) -> None:
    pk = card(town)
    outcome = post(town, "2026-10")
    assert outcome.batch
    undo_batch(town.clerk, outcome.batch)
    assert versions("2026-10") == [(1, "post", HUNDRED, HUNDRED), (2, "reverse", -HUNDRED, NOTHING)]
    assert written_down(pk) == NOTHING
    assert post(town, "2026-10").ids


def test_a_card_transferred_in_the_month_is_charged_where_it_came_to(town: Town, django_user_model: Any) -> None:
    root = django_user_model.objects.create_superuser("root")
    pk = card(town)
    actions["ledger.transfer_asset"].run(root, {"id": pk, "unit": "YC-DA"}, on=dt.date(2026, 10, 20), request_key="R-1")
    actions["accounting.post_depreciation"].run(root, {"unit": "YC", "month": "2026-10-01"})
    assert list(Posting.objects.values_list("unit__code", "amount")) == [("YC-DA", HUNDRED)]


def test_a_card_without_a_term_takes_the_least_of_the_standard_and_the_posting_says_so(town: Town) -> None:
    pk = card(town, depreciation_months=None)
    post(town, "2026-10")
    assert written_down(pk) == HUNDRED
    [term] = Posting.objects.get().terms
    assert (term["version"], term["months"], term["cards"]) == ("depreciation_years@2017-02-21", 72, 1)


def test_a_stranger_posts_nothing_in_a_foreign_unit(town: Town) -> None:
    card(town)
    with pytest.raises((Forbidden, Refused)):
        post(town, "2026-10", unit="YC-DA")
    assert not Posting.objects.exists()


def test_work_is_charged_by_what_was_done(town: Town) -> None:
    pk = card(town, depreciation_method="usage", depreciation_months=None)
    plan = actions["accounting.plan_work"].run(town.clerk, {"asset": pk, "planned": "300000", "measure": "公里"})
    actions["accounting.record_work"].run(town.clerk, {"id": plan, "month": "2026-10-01", "done": "4000"})
    actions["accounting.record_work"].run(town.clerk, {"id": plan, "month": "2026-10-01", "done": "5000"})
    post(town, "2026-10")
    assert written_down(pk) == Decimal(120)


def test_cards_keep_what_their_entries_say_through_all_of_it(town: Town) -> None:
    ids = [card(town, str(number), cost=str(number * 37 + 1)) for number in range(20)]
    for month in ("2026-08", "2026-09", "2026-10", "2026-11"):
        post(town, month)
    post(town, "2026-11", "accounting.reverse_depreciation")
    for pk in ids:
        assert written_down(pk) == sum(Entry.objects.filter(asset=pk).values_list("depreciation_delta", flat=True))
    assert Asset.objects.filter(version=6).count() == len(ids)
