"""Savings that can be recomputed: by hand, from the ledger's own purchases, and to the same bytes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjia.domains.offices.rules import kilometres
from gongjia.domains.warehouse.certificate import certificate, reckoning_of
from gongjia.domains.warehouse.models import Deal, Loan
from gongjia.domains.warehouse.reckoning import canonical
from gongjia.domains.warehouse.rules import Spared, compound_of, median, months_left, windows
from tests.domains.warehouse.stock import Stock, asset, card, do, published

TODAY = dt.date.today()
yuan = st.decimals(0, 100_000, places=2)


def test_a_printer_worked_by_hand():
    told = Spared(Decimal(1200), 72, 48, Decimal(40), Decimal(60))
    assert (told.lost_life, told.saving) == (Decimal("400.00"), Decimal("700.00"))


def test_a_loan_counts_the_days_it_was_used():
    told = Spared(Decimal(7305), 60, 60, Decimal(0), Decimal(0), used_days=73)
    assert (told.share.quantize(Decimal("0.0001")), told.saving) == (Decimal("0.0400"), Decimal("292.00"))


@given(yuan, st.integers(1, 400), st.integers(0, 400), yuan, yuan)
def test_a_deal_never_saves_more_than_a_new_one_costs(price: Decimal, life: int, left: int, transport: Decimal, repair: Decimal):
    told = Spared(price, life, left, transport, repair)
    assert told.saving <= told.price
    assert told.saving + told.lost_life + transport + repair == price


def given_away(stock: Stock, number: str = "P-1") -> Deal:
    (pk,) = published(stock, number)
    do("warehouse.reallocate_item", stock.archivist, {"id": pk, "unit": stock.archive.pk, "place": stock.there.pk})
    return Deal.objects.get(item=pk)


def test_the_price_comes_from_the_ledgers_own_purchases_where_there_are_enough(stock: Stock):
    for number, cost in enumerate(("900", "1000", "1400")):
        card(stock, f"N-{number}", cost=cost, acquired_on=TODAY - dt.timedelta(days=90))
    deal = given_away(stock)
    assert (deal.price_source, deal.price) == ("purchases", Decimal("1100.00")), "the printer's own purchase is one of four"
    assert len(deal.inputs["entries"]) == 4


def test_without_purchases_the_ceiling_of_the_standard_stands_and_is_cited(stock: Stock):
    deal = given_away(stock)
    assert (deal.price_source, deal.price) == ("ceiling", Decimal(1200))
    assert "27号" in deal.inputs["price_citation"]


def test_the_total_is_not_the_sum_of_new_prices(stock: Stock):
    deals = [given_away(stock, number) for number in ("P-1", "P-2")]
    assert sum(deal.saving for deal in deals) < sum(deal.price for deal in deals)


def test_the_same_bytes_come_out_after_the_card_has_changed(stock: Stock):
    for number, cost in enumerate(("900", "1000", "1400")):
        card(stock, f"N-{number}", cost=cost, acquired_on=TODAY - dt.timedelta(days=90))
    deal = given_away(stock)
    before, paper = canonical(deal), certificate(deal)
    do("ledger.edit_asset", stock.keeper, {"id": asset(deal.item_id).pk, "name": "改名", "cost": "1"})
    card(stock, "N-9", cost="50")
    again = Deal.objects.get(pk=deal.pk)
    assert (canonical(again), certificate(again)) == (before, paper)
    assert paper.startswith(b"%PDF")


def test_the_reckoning_shows_every_line(stock: Stock):
    lines = reckoning_of(given_away(stock))
    assert [line[0] for line in lines] == ["参照价", "减：新品多出的寿命", "减：搬运", "减：修复", "节约"]
    assert lines[-1][2] == f"{Deal.objects.get().saving:,.2f}"


def test_damage_that_the_owner_bears_is_taken_off(stock: Stock):
    (pk,) = published(stock, "P-1")
    due = {"due_on": TODAY + dt.timedelta(days=30), "purpose": "展览"}
    do("warehouse.lend_item", stock.archivist, {"id": pk, "unit": stock.archive.pk, **due})
    broken = {"grade_in": "d", "damage": "damaged", "damage_note": "摔坏", "repair_cost": "300", "compensation": "200"}
    do("warehouse.return_item", stock.keeper, {"id": Loan.objects.get().pk, **broken})
    assert Deal.objects.get().inputs["repair"] == "100"


@pytest.mark.parametrize(("prices", "middle"), [([], None), ([3], 3), ([1, 9], 5), ([9, 1, 2], 2)])
def test_the_median_is_the_middle_price(prices: list[int], middle: int | None):
    assert median([Decimal(price) for price in prices]) == middle


def test_windows_follow_each_other():
    assert windows(dt.date(2026, 11, 1), 7, 7) == (dt.date(2026, 11, 7), dt.date(2026, 11, 14))


def test_months_left_count_down_to_none():
    assert months_left(dt.date(2020, 1, 31), 72, dt.date(2025, 1, 30)) == 13
    assert months_left(dt.date(2010, 1, 1), 72, dt.date(2026, 1, 1)) == 0
    assert months_left(None, 72, dt.date(2026, 1, 1)) is None


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres():
    assert kilometres((31, 117), (32, 117)) == pytest.approx(111.2, abs=0.1)


def test_the_compound_is_the_outermost_place():
    assert (compound_of("7/12/40/"), compound_of("")) == (7, None)
