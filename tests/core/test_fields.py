"""Exact numbers: what goes in comes out, sums are exact, and rounding is half up at the door."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from gongjia.core.fields import AreaField, MoneyField
from gongjia.ledger.models import Asset
from tests.people import Town

CENTS = st.integers(-(10**15), 10**15)


@given(CENTS)
def test_every_amount_of_cents_survives_the_round_trip(cents: int) -> None:
    money, amount = MoneyField(), Decimal(cents).scaleb(-2)
    assert money.from_db_value(money.get_prep_value(amount), None, None) == amount


@pytest.mark.parametrize(
    ("given_text", "kept"), [("0.005", "0.01"), ("2.675", "2.68"), ("-0.005", "-0.01"), ("12", "12.00"), (1.1, "1.10")]
)
def test_more_places_are_rounded_half_up(given_text: object, kept: str) -> None:
    assert MoneyField().to_python(given_text) == Decimal(kept)


def test_a_word_is_not_a_number() -> None:
    with pytest.raises(ValidationError, match="很多"):
        AreaField().to_python("很多")


def test_sums_and_filters_see_yuan_not_cents(town: Town) -> None:
    for number, cost in (("A", "0.10"), ("B", "0.20"), ("C", "1234567890.12")):
        Asset.objects.create(number=number, name="桌", unit=town.water, cost=Decimal(cost))
    assert Asset.objects.aggregate(total=Sum("cost"))["total"] == Decimal("1234567890.42")
    assert Asset.objects.filter(cost__gte=Decimal("0.20")).count() == 2
    assert Asset.objects.order_by("cost").values_list("cost", flat=True).first() == Decimal("0.10")


def test_the_migration_knows_places_and_unit() -> None:
    _name, _path, _args, kwargs = AreaField(null=True).deconstruct()
    assert kwargs == {"null": True, "places": 2, "unit": "m²"}
