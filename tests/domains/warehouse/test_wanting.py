"""Wishes: matched in the moment of publication, met by what the unit gets; occasions that must give back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from gongjia.core.problems import Refused
from gongjia.domains.warehouse.desk import due, matched, waiting
from gongjia.domains.warehouse.models import Loan, Wish, WishMatch
from gongjia.domains.warehouse.panels import held, suited
from tests.domains.warehouse.stock import Stock, card, do, published, taken_in

TODAY = dt.date.today()


def wish(stock: Stock, **more: object) -> Wish:
    given = {"unit": stock.archive.pk, "name": "打印机", "category": stock.printer.pk, **more}
    (pk,) = do("warehouse.make_wish", stock.archivist, given)
    return Wish.objects.get(pk=pk)


def test_a_wish_is_matched_when_something_is_published(stock: Stock):
    wanted = wish(stock)
    (pk,) = published(stock, "P-1")
    assert list(WishMatch.objects.values_list("wish", "item")) == [(wanted.pk, pk)]
    assert matched(stock.archivist, "")["total"] == 1


def test_a_new_wish_looks_at_what_is_there_already(stock: Stock):
    (pk,) = published(stock, "P-1")
    assert wish(stock).matches.get().item_id == pk


@pytest.mark.parametrize("more", [{"least_grade": "a"}, {"least_months": 200}, {"category": None, "name": "沙发"}])
def test_what_does_not_suit_is_no_match(stock: Stock, more: dict[str, object]):
    published(stock, "P-1")
    assert not wish(stock, **more).matches.exists()


def test_a_wish_without_a_class_goes_by_its_name(stock: Stock):
    (pk,) = published(stock, "P-1")
    assert wish(stock, category=None, name="打印机").matches.get().item_id == pk


def test_what_is_held_for_another_unit_is_no_match_yet(stock: Stock):
    wish(stock)
    published(stock, "P-1", at_once=False)
    assert not WishMatch.objects.exists()


def test_a_wish_is_met_by_what_the_unit_gets(stock: Stock):
    wanted = wish(stock, quantity=2)
    for pk in published(stock, "P-1", "P-2"):
        do("warehouse.reallocate_item", stock.archivist, {"id": pk, "unit": stock.archive.pk})
    wanted.refresh_from_db()
    assert (wanted.met, wanted.state) == (2, "met")
    assert matched(stock.archivist, "") is None


def test_a_wish_that_was_given_up_is_not_matched(stock: Stock):
    do("warehouse.close_wish", stock.archivist, {"id": wish(stock).pk})
    published(stock, "P-1")
    assert not WishMatch.objects.exists()


def test_nobody_wishes_for_nothing(stock: Stock):
    with pytest.raises(Refused, match="大于 0"):
        wish(stock, quantity=0)


def test_the_panel_of_a_wish_shows_what_suits(stock: Stock):
    wanted = wish(stock)
    (pk,) = published(stock, "P-1")
    assert [each.item.pk for each in suited(stock.archivist, "", wanted)["cards"]] == [pk]


def festival(stock: Stock, ends_on: dt.date = TODAY) -> int:
    more = {"kind": "event", "starts_on": dt.date(2026, 1, 1), "ends_on": ends_on}
    return do("warehouse.register_occasion", stock.keeper, {"code": "HD-1", "name": "文化节", "unit": stock.water.pk, **more})[0]


def test_an_occasion_lists_what_it_must_give_back(stock: Stock):
    occasion = festival(stock)
    do("warehouse.claim_card", stock.keeper, {"id": occasion, "asset": card(stock, "W-1")})
    (pk,) = published(stock, "A-1", unit=stock.archive.pk)
    loan = {"unit": stock.water.pk, "due_on": TODAY, "purpose": "开幕", "occasion": occasion}
    do("warehouse.lend_item", stock.keeper, {"id": pk, **loan})
    shown = held(stock.keeper, "", Loan.objects.get().occasion)
    assert (shown["count"], len(shown["rows"]), len(shown["loans"])) == (2, 1, 1)


def test_a_card_stands_under_one_occasion_only(stock: Stock):
    occasion, pk = festival(stock), card(stock, "W-1")
    do("warehouse.claim_card", stock.keeper, {"id": occasion, "asset": pk})
    with pytest.raises(Refused, match="已经登记在一项活动下"):
        do("warehouse.claim_card", stock.keeper, {"id": occasion, "asset": pk})


def test_an_occasion_does_not_end_before_it_begins(stock: Stock):
    with pytest.raises(Refused, match="早于"):
        festival(stock, dt.date(2025, 1, 1))


def test_the_desk_tells_both_sides_of_a_loan_that_is_due(stock: Stock):
    (pk,) = published(stock, "P-1")
    do("warehouse.lend_item", stock.archivist, {"id": pk, "unit": stock.archive.pk, "due_on": TODAY, "purpose": "会议"})
    Loan.objects.update(lent_on=TODAY - dt.timedelta(days=9), due_on=TODAY - dt.timedelta(days=2))
    for who in (stock.town.clerk, stock.archivist):
        found = due(who, "")
        assert (found["total"], found["late"], found["rows"][0][3]) == (1, 1, -2)


def test_the_desk_counts_what_waits_for_the_next_step(stock: Stock):
    taken_in(stock, "P-1", "P-2")
    do("warehouse.register_idle", stock.keeper, {"asset": card(stock, "P-3")})
    assert [(str(label), n) for label, _query, n in waiting(stock.keeper, "")["steps"]] == [("待盘活", 1), ("在仓", 2)]


def test_who_has_looked_at_his_matches_is_not_told_again(stock: Stock, client: Client):
    wish(stock)
    published(stock, "P-1")
    client.force_login(stock.archivist)
    assert "A4黑白打印机" in client.get("/warehouse/wishes/").content.decode()
    assert matched(stock.archivist, "") is None
