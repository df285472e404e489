"""What a card must serve at least, by which clause, and when that is full."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from gongjia.ledger.models import Asset
from gongjia.standards.lifespans import full_years_after, lifespan, of_asset, traits_of
from tests.people import Town, unit

ON = dt.date(2026, 11, 24)


@pytest.fixture
def desktop(town: Town) -> Asset:
    """A desktop computer of March 2022."""
    return Asset.objects.create(unit=town.water, number="S-1", name="台式机", category=town.desktop, acquired_on=dt.date(2022, 3, 1))


def test_a_desktop_serves_six_years_under_the_standard_of_2016(desktop: Asset):
    life = of_asset(desktop, ON)
    assert (life.years, life.full_on, life.reached) == (6, dt.date(2028, 3, 1), False)
    assert "财资〔2016〕27号" in life.citation


def test_the_day_before_any_table_bound_there_is_no_least_age(desktop: Asset):
    assert of_asset(desktop, dt.date(1990, 1, 1)) is None


def test_a_vehicle_may_be_renewed_after_eight_years(town: Town):
    life = lifespan(dt.date(2018, 1, 1), town.water, "vehicle_renewal", "years", {}, ON)
    assert (life.years, life.reached) == (8, True)


def test_a_card_without_class_or_date_has_none(desktop: Asset, town: Town):
    assert of_asset(Asset(unit=town.water, category=None), ON) is None
    assert of_asset(Asset(unit=town.water, category=town.desktop), ON) is None


def test_a_department_is_bound_like_the_body_it_stands_in(town: Town):
    office = unit("YC-SW-1", "办公室", town.water, kind="department", nature="enterprise")
    assert traits_of(office) == traits_of(town.water)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 50))
def test_years_are_full_on_the_same_day_or_the_first_of_march(start: dt.date, years: int):
    full = full_years_after(start, Decimal(years))
    assert full.year == start.year + years
    assert (full.month, full.day) in ((start.month, start.day), (3, 1))


def test_the_page_of_a_card_cites_the_clause_of_its_least_age(desktop: Asset, town: Town, client: Client):
    client.force_login(town.inspector)
    page = client.get(f"/ledger/asset/{desktop.pk}/").content.decode()
    assert 'data-testid="lifespan"' in page
    assert "财资〔2016〕27号" in page
