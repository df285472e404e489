"""The filter menu and its chips."""

import pytest
from django.http import QueryDict

from gongjia.core.resource import resources
from gongjia.web.asked import Asked, read_address
from gongjia.web.filters import chips_of, menus_of

ASSETS = resources["ledger.asset"]


def asked(query: str) -> Asked:
    return read_address(ASSETS, QueryDict(query))


def menu(name: str, query: str = ""):
    return next(one for one in menus_of(ASSETS, asked(query)) if one.name == name)


def test_only_columns_that_filter_are_offered():
    assert {one.name for one in menus_of(ASSETS, asked(""))} == {name for name, column in ASSETS.by_name.items() if column.filter}


def test_a_state_is_chosen_from_its_list():
    found = menu("status", "status=idle")
    assert (found.kind, found.value) == ("choice", "idle")
    assert ("idle", "闲置") in [(code, str(label)) for code, label in found.choices]


def test_a_date_is_filtered_by_its_range():
    found = menu("acquired_on", "acquired_on__gte=2020-01-01&acquired_on__lte=2020-12-31")
    assert (found.kind, found.input, found.low, found.high) == ("range", "date", "2020-01-01", "2020-12-31")


CHIPS = [
    ("status=idle", "使用状况：闲置"),
    ("status=idle&status=lent", "使用状况：闲置、出借"),
    ("acquired_on__gte=2020-01-01", "取得日期 ≥ 2020-01-01"),
    ("acquired_on__empty=1", "取得日期：空"),
    ("acquired_on__empty=0", "取得日期：不空"),
    ("cost__lte=5000", "原值 ≤ 5000 元"),
]


@pytest.mark.parametrize(("query", "words"), CHIPS)
def test_a_chip_says_its_condition(query: str, words: str):
    [chip] = chips_of(ASSETS, asked(query))
    assert str(chip.label) == words


def test_a_chip_leads_to_the_list_without_its_condition():
    first, _second = chips_of(ASSETS, asked("status=idle&cost__gte=100&sort=number"))
    assert first.url == "/ledger/asset/?sort=number&cost__gte=100"
