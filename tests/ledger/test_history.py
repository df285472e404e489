"""A card's past: what it was on a day, as known on another, and how its movements read."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from gongjia.core.action import actions
from gongjia.core.periods import today
from gongjia.ledger.history import movements, state_at
from gongjia.ledger.models import Asset
from tests.people import Town


@pytest.fixture
def card(town: Town) -> Asset:
    """A card of the water bureau, bought in 2022, handed over and written up today."""
    raw = {"number": "S-1", "name": "台式机", "unit": "YC-SW", "cost": "5000", "acquired_on": "2022-03-01", "place": "0612"}
    pk = actions["ledger.register_asset"].run(town.clerk, raw)
    actions["ledger.edit_asset"].run(town.clerk, {"id": pk, "custodian": "P001", "cost": "5600"})
    return Asset.objects.get(pk=pk)


def test_a_card_did_not_exist_the_day_before_it_was_acquired(card: Asset):
    assert state_at(card.pk, dt.date(2022, 2, 28), today()).values == {}


def test_a_card_was_not_known_before_it_was_recorded(card: Asset):
    assert state_at(card.pk, today(), today() - dt.timedelta(days=1)).values == {}


def test_before_the_change_the_card_had_its_first_cost_and_no_custodian(card: Asset):
    state = state_at(card.pk, today() - dt.timedelta(days=1), today())
    assert (state.cost, state.values.get("custodian")) == (Decimal("5000.00"), None)


def test_the_state_of_today_is_the_card(card: Asset):
    state = state_at(card.pk, today(), today())
    assert (state.cost, state.values["custodian"], state.values["place"]) == (card.cost, card.custodian_id, card.place_id)


def test_movements_say_from_what_to_what_and_by_how_much(card: Asset, django_assert_num_queries: Any):
    with django_assert_num_queries(1):
        newest = movements(card.pk, 10)[0]
    assert [(str(m.label), m.before, m.after) for m in newest.moved] == [("使用人", "–", "周立新")]
    assert [(str(label), words) for label, words in newest.amounts] == [("原值", "+600.00")]


def test_the_page_of_a_card_shows_its_movements_and_net_value(card: Asset, town: Town, client: Client):
    client.force_login(town.clerk)
    page = client.get(f"/ledger/asset/{card.pk}/").content.decode()
    assert 'data-testid="movements"' in page
    assert "5,600 元" in page


def test_the_state_of_a_day_is_a_page_and_a_part_of_a_page(card: Asset, town: Town, client: Client):
    client.force_login(town.clerk)
    address = f"/ledger/asset/{card.pk}/state/?on=2023-01-01&known={today()}"
    assert "5,000.00" in client.get(address).content.decode()
    assert "<html" not in client.get(address, headers={"HX-Request": "true"}).content.decode()


def test_the_state_of_a_card_is_closed_to_a_stranger(card: Asset, town: Town, client: Client):
    client.force_login(town.stranger)
    assert client.get(f"/ledger/asset/{card.pk}/state/").status_code == 404
