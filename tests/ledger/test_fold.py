"""The entries of a card, folded, are the card: in any order of arrival, as of any day, as known at any instant."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongjia.core.action import actions
from gongjia.core.undo import undo_batch
from gongjia.ledger.models import Asset, Entry
from gongjia.ledger.rules import fold
from tests.people import Town

FAR = dt.date(2100, 1, 1)
AMOUNTS = st.lists(st.integers(-500, 900), min_size=1, max_size=12)


def entry(seq: int, cents: int) -> dict[str, Any]:
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=seq)
    return {
        "seq": seq,
        "effective_on": moment.date(),
        "recorded_at": moment,
        "cost_delta": Decimal(cents),
        "quantity_delta": Decimal(0),
        "depreciation_delta": Decimal(0),
        "unit_from": seq - 1,
        "unit_to": seq,
    }


@given(AMOUNTS, st.randoms())
def test_any_order_of_arrival_gives_the_same_state(amounts: list[int], random: Any) -> None:
    entries = [entry(seq, cents) for seq, cents in enumerate(amounts, 1)]
    shuffled = random.sample(entries, len(entries))
    now = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
    assert fold(shuffled, FAR, now) == fold(entries, FAR, now)
    assert fold(entries, FAR, now).cost == sum(amounts)
    assert fold(entries, FAR, now).values["unit"] == len(amounts)


def test_what_was_recorded_later_was_not_known_before() -> None:
    entries = [entry(1, 100), {**entry(2, 50), "recorded_at": dt.datetime(2027, 1, 15, tzinfo=dt.UTC)}]
    year_end = dt.date(2026, 12, 31)
    assert fold(entries, year_end, dt.datetime(2027, 1, 1, tzinfo=dt.UTC)).cost == 100
    assert fold(entries, year_end, dt.datetime(2027, 2, 1, tzinfo=dt.UTC)).cost == 150


def state_of(pk: int) -> dict[str, Any]:
    rows = Entry.objects.filter(asset=pk).values()
    named = [{name.removesuffix("_id"): value for name, value in row.items()} for row in rows]
    folded = fold(named, FAR, timezone.now())
    return {"cost": folded.cost, "quantity": folded.quantity, "accumulated": folded.accumulated, **folded.values}


def card_of(pk: int) -> dict[str, Any]:
    names = ("cost", "quantity", "accumulated", "unit", "place", "custodian", "category", "status")
    return Asset.objects.values(*names).get(pk=pk)


@pytest.mark.django_db
def test_the_card_equals_its_folded_entries_after_every_kind_of_change(town: Town, django_user_model: Any) -> None:
    root = django_user_model.objects.create_superuser("root", password="a-long-password-1")
    made = {"number": "A", "name": "桌", "unit": "YC-SW", "cost": "100", "category": "A02010105", "place": "0612", "custodian": "P001"}
    pk = actions["ledger.register_asset"].run(root, made)
    for key, change in (
        ("ledger.edit_asset", {"cost": "80.5", "quantity": "2", "accumulated": "10"}),
        ("ledger.change_status", {"status": "idle"}),
        ("ledger.transfer_asset", {"unit": "YC-DA"}),
        ("ledger.edit_asset", {"category": None}),
    ):
        actions[key].run(root, {"id": pk, **change}, request_key="QQ-1")
        assert state_of(pk) == card_of(pk)


@pytest.mark.django_db
def test_an_undone_edit_leaves_the_card_as_it_was_and_both_movements_in_the_ledger(town: Town) -> None:
    pk = actions["ledger.register_asset"].run(town.clerk, {"number": "A", "name": "桌", "unit": "YC-SW", "cost": "100"})
    before = card_of(pk)
    undo_batch(town.clerk, actions["ledger.edit_asset"].run_many(town.clerk, [{"id": pk, "cost": "70"}]).batch)
    assert card_of(pk) == before
    assert [row.cost_delta for row in Entry.objects.filter(asset=pk).order_by("seq")] == [100, -30, 30]


@pytest.mark.django_db
def test_an_entry_can_be_neither_changed_nor_deleted(town: Town) -> None:
    with pytest.raises(TypeError):
        Entry.objects.update(note="x")
    with pytest.raises(TypeError):
        Entry.objects.all().delete()
