"""The way out: lent and brought back, or given to another unit for good, with entries, deals and reservations."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from gongjia.core.problems import Refused
from gongjia.core.reservations import Claim, reserve
from gongjia.domains.warehouse.models import Deal, Loan, Passage
from gongjia.ledger.models import Entry
from tests.domains.warehouse.stock import Stock, asset, do, published, state

SOON = dt.date.today() + dt.timedelta(days=20)


def lent(stock: Stock, number: str = "P-1") -> tuple[int, Loan]:
    (pk,) = published(stock, number)
    do("warehouse.lend_item", stock.archivist, {"id": pk, "unit": stock.archive.pk, "due_on": SOON, "purpose": "档案展"})
    return pk, Loan.objects.get(item=pk)


def test_a_reallocated_item_changes_hands_in_the_ledger(stock: Stock):
    (pk,) = published(stock, "P-1")
    do("warehouse.reallocate_item", stock.archivist, {"id": pk, "unit": stock.archive.pk, "place": stock.there.pk})
    entry = Entry.objects.filter(asset=pk).last()
    assert (asset(pk).unit, asset(pk).status, asset(pk).place) == (stock.archive, "in_use", stock.there)
    assert (entry.kind, entry.unit_from, entry.unit_to, entry.request_key) == ("transfer", stock.water, stock.archive, "SQ-TEST")
    assert state(pk) == "out"


def test_a_reallocation_leaves_a_certificate_that_is_less_than_the_price_of_a_new_one(stock: Stock):
    (pk,) = published(stock, "P-1")
    do("warehouse.reallocate_item", stock.archivist, {"id": pk, "unit": stock.archive.pk, "place": stock.there.pk})
    deal = Deal.objects.get()
    assert (deal.giver, deal.unit, deal.price_source, deal.price) == (stock.water, stock.archive, "ceiling", Decimal(1200))
    assert Decimal(0) < deal.saving < deal.price


def test_a_loan_keeps_the_owner_and_ends_with_an_inspection(stock: Stock):
    pk, loan = lent(stock)
    assert (asset(pk).status, asset(pk).unit, state(pk)) == ("lent", stock.water, "lent")
    do("warehouse.return_item", stock.keeper, {"id": loan.pk, "grade_in": "c", "damage": "worn", "inspector": "周立新"})
    loan.refresh_from_db()
    assert (loan.returned_on, loan.grade_out, loan.grade_in) == (dt.date.today(), "b", "c")
    assert (asset(pk).status, state(pk)) == ("idle", "published")
    assert [entry.kind for entry in Entry.objects.filter(asset=pk).order_by("seq")][-2:] == ["lend", "return"]


def test_what_comes_back_broken_is_not_shown_again(stock: Stock):
    _pk, loan = lent(stock)
    with pytest.raises(Refused, match="写明"):
        do("warehouse.return_item", stock.keeper, {"id": loan.pk, "grade_in": "d", "damage": "damaged"})
    broken = {"grade_in": "d", "damage": "damaged", "damage_note": "进纸轮断裂", "repair_cost": "180", "compensation": "100"}
    do("warehouse.return_item", stock.keeper, {"id": loan.pk, **broken})
    item = Loan.objects.get().item
    assert (item.state, item.grade, item.defect, item.repair_cost) == ("stored", "d", "进纸轮断裂", Decimal(80))


def test_what_was_lost_waits_for_its_write_off(stock: Stock):
    pk, loan = lent(stock)
    do("warehouse.return_item", stock.keeper, {"id": loan.pk, "grade_in": "e", "damage": "lost", "damage_note": "展会撤场时遗失"})
    assert (asset(pk).status, state(pk)) == ("to_dispose", "stored")


def test_nothing_comes_back_twice(stock: Stock):
    _pk, loan = lent(stock)
    do("warehouse.return_item", stock.keeper, {"id": loan.pk, "grade_in": "b", "damage": "none"})
    with pytest.raises(Refused, match="已经归还"):
        do("warehouse.return_item", stock.keeper, {"id": loan.pk, "grade_in": "b", "damage": "none"})


def test_the_borrower_does_not_inspect_what_he_returns(stock: Stock):
    _pk, loan = lent(stock)
    with pytest.raises(Exception, match="warehouse"):
        do("warehouse.return_item", stock.archivist, {"id": loan.pk, "grade_in": "a", "damage": "none"})


def test_an_item_that_another_request_holds_does_not_move(stock: Stock):
    (pk,) = published(stock, "P-1")
    reserve("SQ-OTHER", [Claim("ledger.asset", pk)])
    with pytest.raises(Refused, match="SQ-OTHER"):
        do("warehouse.reallocate_item", stock.archivist, {"id": pk, "unit": stock.archive.pk})
    assert (state(pk), asset(pk).unit) == ("published", stock.water)


def test_terms_are_kept(stock: Stock):
    (pk,) = published(stock, "P-1")
    do("warehouse.edit_item", stock.keeper, {"id": pk, "terms": "lend"})
    with pytest.raises(Refused, match="只借用"):
        do("warehouse.reallocate_item", stock.archivist, {"id": pk, "unit": stock.archive.pk})


def test_a_loan_that_ends_before_it_begins_is_refused(stock: Stock):
    (pk,) = published(stock, "P-1")
    past = {"due_on": dt.date.today() - dt.timedelta(days=1), "purpose": "会议"}
    with pytest.raises(Refused, match="已经过了"):
        do("warehouse.lend_item", stock.archivist, {"id": pk, "unit": stock.archive.pk, **past})


def test_every_way_in_and_out_stands_in_the_book(stock: Stock):
    pk, loan = lent(stock)
    do("warehouse.return_item", stock.keeper, {"id": loan.pk, "grade_in": "b", "damage": "none"})
    do("warehouse.reallocate_item", stock.archivist, {"id": pk, "unit": stock.archive.pk})
    book = list(Passage.objects.order_by("pk").values_list("kind", "unit__name", "other__name"))
    assert book == [("in", "市水务局", None), *((kind, "市水务局", "市档案馆") for kind in ("lend", "return", "reallocate"))]
