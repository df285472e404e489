"""The facts of a row: by group, with units, linked to what the reader may open."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from gongjia.core.action import actions
from gongjia.core.resource import resources
from gongjia.ledger.models import Asset
from gongjia.web.detailing import DetailPage, read_row, value_at
from tests.people import Town
from tests.web.cards import foreign, register

pytestmark = pytest.mark.django_db
ASSETS = resources["ledger.asset"]


def page(user: Any, pk: int) -> DetailPage:
    request = RequestFactory().get("/")
    request.user, request.session = user, {}
    return DetailPage(ASSETS, request, read_row(ASSETS, user, pk), panels=False)


def fact(found: DetailPage, label: str) -> Any:
    return next(one for group in found.groups for one in group.facts if str(one.label) == label)


def test_facts_stand_in_the_groups_of_the_card(town: Town):
    [pk] = register(town, 1)
    assert [group.label for group in page(town.clerk, pk).groups][:3] == ["基本信息", "财务信息", "使用信息"]


def test_a_unit_is_linked_for_those_who_may_open_it(town: Town):
    [pk] = register(town, 1)
    assert fact(page(town.clerk, pk), "单位").url == f"/org/unit/{town.water.pk}/"


def test_what_is_empty_is_not_filled(town: Town):
    [pk] = register(town, 1)
    assert not fact(page(town.clerk, pk), "品牌").filled
    assert fact(page(town.clerk, pk), "原值").filled


def test_the_state_is_named_beside_the_title(town: Town):
    [pk] = register(town, 1, status="idle", idle_since="2026-01-01")
    state = page(town.clerk, pk).state
    assert state is not None
    assert (state.text, state.tone) == ("闲置", "doubt")


def test_acts_are_those_that_may_be_done_in_the_unit_of_the_row(town: Town):
    [pk] = register(town, 1)
    assert "ledger.edit_asset" in [act.key for act in page(town.clerk, pk).acts]
    assert page(town.inspector, pk).acts == []


def test_acts_that_make_no_sense_in_the_state_of_the_row_are_not_offered(town: Town):
    [pk] = register(town, 1, status="idle", idle_since="2026-01-01")
    here = [act.key for act in page(town.clerk, pk).acts]
    assert "custody.issue_asset" in here and "custody.return_asset" not in here
    Asset.objects.filter(pk=pk).update(status="disposed")
    assert [act.key for act in page(town.clerk, pk).acts] == ["ledger.edit_asset"]


def test_what_is_done_comes_before_what_is_asked_for_and_the_dire_last(town: Town):
    [pk] = register(town, 1, status="idle", idle_since="2026-01-01")
    found = [actions[act.key] for act in page(town.clerk, pk).acts]
    assert [(act.danger, act.by_request) for act in found] == sorted((act.danger, act.by_request) for act in found)


def test_a_foreign_row_is_not_read(town: Town):
    assert read_row(ASSETS, town.clerk, foreign(town)) is None


def test_a_missing_link_on_the_way_is_nothing(town: Town):
    assert value_at(town.water, "parent__name") == "云川市"
    assert value_at(town.city, "parent__name") is None
