"""The demo city lives the whole life of an asset, in units that its clerks see and in others."""

from __future__ import annotations

from typing import Any

import pytest

from gongjia.core.resource import resources
from gongjia.demo.constants import TODAY
from gongjia.demo.counting import BOOKS
from gongjia.domains.acquisition.models import OrderLine
from gongjia.domains.costs.models import BudgetLine, total_used
from gongjia.domains.custody.models import Income, Letting, Repair
from gongjia.domains.disposal.choices import State, Way
from gongjia.domains.disposal.models import Disposal
from gongjia.domains.inventory.gathering import reconciled
from gongjia.domains.inventory.models import CountLine
from gongjia.ledger.models import Asset
from gongjia.org.models import Unit
from tests.city import City

APPS = ("costs", "acquisition", "custody", "disposal", "inventory", "reform")
SCOPED = [made for made in resources if made.scope and made.key.split(".")[0] in APPS]


@pytest.mark.parametrize("resource", SCOPED, ids=lambda made: made.key)
def test_every_table_has_rows_in_the_bureau_and_in_the_county(demo_city: City, resource: Any):
    for code in ("YC-JG", "SQ"):
        inside = Unit.objects.filter(path__startswith=demo_city.unit(code).path)
        assert resource.all_rows().filter(**{f"{resource.scope}__in": inside}).exists(), code


def test_every_way_out_is_gone_and_every_state_is_there(demo_city: City):
    pairs = set(Disposal.objects.values_list("way", "state"))
    assert {way for way, _state in pairs} == set(Way.values)
    assert {state for _way, state in pairs} == set(State.values)


def test_orders_wait_came_in_part_came_and_were_cancelled(demo_city: City):
    assert set(OrderLine.objects.values_list("state", flat=True)) == {"ordered", "partly", "received", "cancelled"}


def test_the_budget_has_been_used_by_what_was_bought_and_not_cancelled(demo_city: City):
    lines = list(BudgetLine.objects.exclude(used=0))
    assert lines
    assert all(line.used == total_used(line.pk) for line in lines)


def test_a_letting_is_overdue_and_some_rent_has_not_reached_the_treasury(demo_city: City):
    assert Letting.objects.filter(returned_on=None, due_on__lt=TODAY).count() == 2
    assert Income.objects.filter(remitted_on=None).exists() and Income.objects.exclude(remitted_on=None).exists()
    assert Repair.objects.filter(capitalised=True, months_added__gt=0).exists()


def test_the_count_of_the_bureau_found_something_of_every_kind(demo_city: City):
    found = set(CountLine.objects.filter(round__state="counted").values_list("found", flat=True))
    assert {"found", "moved", "missing", "surplus"} <= found


def test_the_reconciliation_explains_every_planted_difference(demo_city: City):
    made = reconciled(demo_city.unit("YC-JG"), BOOKS)
    (cost,) = made.accounts
    grounds = {difference.ground for difference in cost.differences}
    assert {"other_amount", "only_in_cards", "only_in_accounts", "not_written_off"} <= grounds
    assert cost.unexplained == 0
    assert made.things is not None and made.things.unexplained == 0


def test_nothing_is_in_two_places_of_its_life(demo_city: City):
    gone = Disposal.objects.exclude(state="cancelled").values("asset")
    assert not Letting.objects.filter(returned_on=None, asset__in=gone).exists()
    assert not Asset.objects.filter(pk__in=Disposal.objects.filter(state="done").values("asset")).exclude(status="disposed").exists()
