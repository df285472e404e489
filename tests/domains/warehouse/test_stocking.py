"""The way in: registered, taken in by request, appraised, stored, published; and what is refused on it."""

from __future__ import annotations

import datetime as dt

import pytest

from gongjia.core.action import actions
from gongjia.core.problems import NeedsRequest, Refused
from gongjia.domains.warehouse.models import Passage, StockItem
from gongjia.ledger.models import Entry
from tests.domains.warehouse.stock import Stock, asset, card, do, published, state, taken_in


def test_an_idle_asset_goes_step_by_step_into_the_window(stock: Stock):
    (pk,) = published(stock, "P-1")
    item = StockItem.objects.get(pk=pk)
    assert (item.state, item.title, item.category_code, item.grade) == ("published", "A4黑白打印机", "A02021003", "b")
    assert asset(pk).status == "idle"
    assert item.compound_id and item.building_id == stock.here.parent_id


def test_nobody_takes_in_without_a_request(stock: Stock):
    pk = card(stock, "P-1")
    do("warehouse.register_idle", stock.keeper, {"asset": pk})
    with pytest.raises(NeedsRequest):
        actions["warehouse.take_in"].run(stock.keeper, {"id": pk})


def test_no_step_is_left_out(stock: Stock):
    pk = card(stock, "P-1")
    do("warehouse.register_idle", stock.keeper, {"asset": pk})
    with pytest.raises(Refused, match="待盘活"):
        do("warehouse.publish_item", stock.keeper, {"id": pk})


def test_the_remaining_life_comes_from_the_standard_when_nobody_says_it(stock: Stock):
    (pk,) = taken_in(stock, "P-1", acquired_on=dt.date.today() - dt.timedelta(days=730))
    assert StockItem.objects.get(pk=pk).remaining_months in (48, 49), "six years of least service, two of them gone"


def test_secret_property_stays_out(stock: Stock):
    pk = card(stock, "P-1", secret=True)
    with pytest.raises(Refused, match="涉密"):
        do("warehouse.register_idle", stock.keeper, {"asset": pk})


def test_a_physical_item_needs_a_shelf_and_is_moved_to_it(stock: Stock):
    pk = card(stock, "P-1")
    do("warehouse.register_idle", stock.keeper, {"asset": pk})
    do("warehouse.take_in", stock.keeper, {"id": pk, "storage": "physical"})
    do("warehouse.appraise_item", stock.keeper, {"id": pk, "grade": "c"})
    with pytest.raises(Refused, match="库位"):
        do("warehouse.store_item", stock.keeper, {"id": pk})
    (shelf,) = do("warehouse.register_shelf", stock.keeper, {"parent": stock.there.pk, "code": "A-01", "name": "仓储区 A-01"})
    do("warehouse.store_item", stock.keeper, {"id": pk, "place": shelf})
    assert (asset(pk).place_id, Entry.objects.filter(asset=pk).last().kind) == (shelf, "move")


def test_what_is_of_no_use_is_not_shown(stock: Stock):
    (pk,) = taken_in(stock, "P-1", grade="e")
    with pytest.raises(Refused, match="无使用价值"):
        do("warehouse.publish_item", stock.keeper, {"id": pk})


def test_the_own_unit_takes_back_what_it_offered(stock: Stock):
    (pk,) = published(stock, "P-1")
    do("warehouse.withdraw_item", stock.keeper, {"id": pk})
    assert (state(pk), asset(pk).status) == ("out", "in_use")
    assert list(Passage.objects.order_by("pk").values_list("kind", flat=True)) == ["in", "withdraw"]


def test_what_left_once_can_come_again(stock: Stock):
    (pk,) = published(stock, "P-1")
    do("warehouse.withdraw_item", stock.keeper, {"id": pk})
    do("warehouse.register_idle", stock.keeper, {"asset": pk, "cause": "over_age"})
    item = StockItem.objects.get(pk=pk)
    assert (item.state, item.cause, item.stored_on) == ("registered", "over_age", None)


def test_nothing_is_registered_twice(stock: Stock):
    pk = card(stock, "P-1")
    with pytest.raises(Refused, match="已经登记"):
        do("warehouse.register_idle", stock.keeper, {"asset": pk}, {"asset": pk})
