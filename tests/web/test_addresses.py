"""Addresses are built in one place, and each of them is one of ours."""

import pytest
from django.urls import resolve

from gongjia.core.action import actions
from gongjia.core.resource import resources
from gongjia.org.models import Unit
from gongjia.web.addresses import action_url, list_url, resource_of, row_url, title_path

ASSETS, BUILDINGS = resources["ledger.asset"], resources["offices.building"]


def test_a_list_has_its_filters_in_the_address():
    assert list_url(ASSETS, [("status", "idle"), ("q", "打印机")]) == "/ledger/asset/?status=idle&q=%E6%89%93%E5%8D%B0%E6%9C%BA"


def test_a_row_stands_under_its_table():
    assert row_url("ledger.asset", 7) == "/ledger/asset/7/"


ACTS = [
    ("ledger.register_asset", None, "/ledger/asset/new/"),
    ("ledger.edit_asset", 7, "/ledger/asset/7/edit/"),
    ("ledger.transfer_asset", 7, "/ledger/asset/7/do/ledger.transfer_asset/"),
]


@pytest.mark.parametrize(("key", "pk", "url"), ACTS)
def test_an_action_has_its_own_address(key: str, pk: int | None, url: str):
    assert action_url(ASSETS, actions[key], pk) == url


@pytest.mark.parametrize("key", resources.keys())
def test_every_table_has_a_list_and_rows(key: str):
    assert resolve(list_url(resources[key]))
    assert resolve(row_url(key, 1))


def test_a_title_is_a_column_or_a_path():
    assert title_path(BUILDINGS) == "place__name"
    assert title_path(ASSETS) == "name"


def test_the_table_of_a_model_is_found():
    assert resource_of(Unit) is resources["org.unit"]
    assert resource_of(object) is None
