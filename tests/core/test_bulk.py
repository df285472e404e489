"""Set-based writing equals row-by-row writing, on every database."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection, transaction

from gongjia.core import bulk
from gongjia.ledger.models import Asset
from tests.people import Town

pytestmark = pytest.mark.django_db


def test_rows_written_in_bulk_read_like_rows_written_one_by_one(town: Town) -> None:
    values = {"name": "桌", "unit": town.water, "cost": Decimal("12.30"), "acquired_on": dt.date(2020, 2, 29), "secret": True}
    single = Asset.objects.create(number="A", **values)
    columns = {"unit_id": town.water.pk, **{name: value for name, value in values.items() if name != "unit"}}
    [pk] = bulk.insert(Asset, 1, number=["B"], created_at=single.created_at, **columns)
    fields = [field.attname for field in Asset._meta.concrete_fields if field.name not in ("id", "number")]
    one, two = (Asset.objects.values(*fields).get(pk=key) for key in (single.pk, pk))
    assert one == two


def test_keys_come_back_in_order_and_the_next_row_does_not_collide(town: Town) -> None:
    keys = bulk.insert(Asset, 3, number=["A", "B", "C"], name="桌", unit_id=town.water.pk)
    after = Asset.objects.create(number="D", name="桌", unit=town.water)
    assert keys == sorted(keys) and after.pk not in keys
    assert [Asset.objects.get(pk=key).number for key in keys] == ["A", "B", "C"]


def test_many_rows_keep_their_order_and_a_text_that_they_share_comes_back_as_it_was(town: Town) -> None:
    count, name, model = 2 * bulk._TOGETHER + 7, 'it\'s a "桌", 100% -- ?', ""
    numbers = [f"N-{number}" for number in range(count)]
    costs = [None if number % 3 else Decimal(number) for number in range(count)]
    keys = bulk.insert(Asset, count, number=numbers, name=name, model=model, unit_id=town.water.pk, fiscal_cost=costs, secret=True)
    rows = Asset.objects.filter(pk__in=keys).order_by("pk").values_list("number", "fiscal_cost", "name", "model", "secret", "place")
    assert list(rows) == [(number, cost, name, model, True, None) for number, cost in zip(numbers, costs, strict=True)]


def test_a_misspelt_column_is_an_error(town: Town) -> None:
    with pytest.raises(TypeError, match="numbr"):
        bulk.insert(Asset, 1, numbr=["A"], name="桌", unit_id=town.water.pk)


def test_updates_set_each_row_to_its_own_value(town: Town) -> None:
    keys = bulk.insert(Asset, 2, number=["A", "B"], name="桌", unit_id=town.water.pk)
    bulk.update(Asset, keys, cost=[Decimal("1.50"), Decimal(2)], place_id=None, status="idle")
    assert list(Asset.objects.order_by("pk").values_list("cost", "status")) == [(Decimal("1.50"), "idle"), (Decimal("2.00"), "idle")]


@pytest.mark.django_db(transaction=True)
def test_bulk_writing_needs_a_transaction(town: Town) -> None:
    assert not connection.in_atomic_block
    with pytest.raises(transaction.TransactionManagementError):
        bulk.insert(Asset, 1, number=["A"], name="桌", unit_id=town.water.pk)
