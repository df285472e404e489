"""Every figure equals a plain count of its own, and the rows that its link opens add up to it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict

from gongjia.core.indicator import Figure, Indicator, indicators
from gongjia.core.query import filtered
from gongjia.core.resource import resources
from gongjia.ledger.models import Asset
from gongjia.org.models import AuthorisedPosts, Unit
from gongjia.web.asked import read_address
from tests.dashboards.holdings import ON, card
from tests.people import SINCE, Town

SUMS = {
    "ledger.cost_by_unit": lambda row: row.cost,
    "ledger.net_by_unit": lambda row: row.net,
    "ledger.cost_by_class": lambda row: row.cost,
    "ledger.net_by_class": lambda row: row.net,
    "ledger.idle_cost_by_unit": lambda row: row.cost,
    "standards.idle_cost_by_unit": lambda row: row.cost,
    "offices.office_area_by_unit": lambda row: row.place.usable_area,
}
Queries = Any
COUNTED = [indicator for indicator in indicators if indicator.key.split(".")[0] in ("ledger", "offices", "vehicles", "standards")]


def opened(indicator: Indicator, figure: Figure, town: Town) -> list:
    """The rows that the list behind a figure shows."""
    path = Unit.objects.get(pk=figure.unit_id).path if figure.unit_id else ""
    resource = resources[indicator.resource]
    rows = filtered(resource, town.inspector, read_address(resource, QueryDict(figure.query)).query(path))
    return [row for row in rows if not figure.unit_id or resource.units_of([row.pk])[row.pk] == figure.unit_id]


@pytest.mark.parametrize("indicator", COUNTED, ids=lambda indicator: indicator.key)
def test_the_rows_behind_every_figure_add_up_to_it(indicator: Indicator, town: Town):
    figures = [figure for figure in indicator.figures(town.inspector, ON, "") if figure.query]
    count = SUMS.get(indicator.key, lambda row: getattr(row, "count", 1))
    for figure in figures:
        assert figure.value == sum(count(row) for row in opened(indicator, figure, town)), figure


@pytest.mark.parametrize("indicator", COUNTED, ids=lambda indicator: indicator.key)
def test_an_indicator_shows_a_stranger_nothing_and_obeys_the_unit(indicator: Indicator, town: Town):
    assert list(indicator.figures(town.stranger, ON, "")) == []
    units = {figure.unit_id for figure in indicator.figures(town.inspector, ON, town.water.path)}
    assert units <= {town.water.pk, None}


@pytest.mark.parametrize("indicator", COUNTED, ids=lambda indicator: indicator.key)
def test_an_indicator_is_at_most_four_queries_whatever_the_row_count(
    indicator: Indicator, town: Town, django_assert_max_num_queries: Queries
):
    indicator.figures(town.inspector, ON, "")  # grants are read once a person
    with django_assert_max_num_queries(4):  # PostgreSQL is handed the visible units by their keys: one more
        list(indicator.figures(town.inspector, ON, town.city.path))


def test_what_is_owned_leaves_out_what_is_disposed_of_or_off_the_books(town: Town):
    held = [a for a in Asset.objects.all() if a.on_books and a.status != "disposed" and a.closed_on is None]
    for key, value in (("cards", len(held)), ("cost", sum(a.cost for a in held)), ("net", sum(a.cost - a.accumulated for a in held))):
        for by in ("unit", "class"):
            figures = indicators[f"ledger.{key}_by_{by}"].figures(town.inspector, ON, "")
            assert sum(figure.value for figure in figures) == value
    assert len(held) == 6


def test_classes_carry_the_name_of_the_catalogue_and_cards_without_one_are_counted_apart(town: Town):
    found = {str(figure.label): figure.value for figure in indicators["ledger.cost_by_class"].figures(town.inspector, ON, "")}
    assert found == {"信息化设备": Decimal("12000.50"), "家具": Decimal(800), "未分类": Decimal(1860000)}


def test_vehicles_stand_against_the_quota_of_their_unit(town: Town):
    held = indicators["vehicles.held_by_unit"].figures(town.inspector, ON, "")
    quota = indicators["vehicles.quota_by_unit"].figures(town.inspector, ON, "")
    assert [(f.unit_id, f.value) for f in (*held, *quota)] == [(town.water.pk, 2), (town.water.pk, 1)]


def test_only_leases_that_end_within_ninety_days_count_as_ending(town: Town):
    assert [(f.unit_id, f.value) for f in indicators["offices.leases_ending"].figures(town.inspector, ON, "")] == [(town.archive.pk, 1)]


def test_the_area_allowed_is_posts_times_the_limit_of_their_level(town: Town):
    AuthorisedPosts.objects.create(unit=town.water, level="division_chief", count=1, valid_from=SINCE)
    AuthorisedPosts.objects.create(unit=town.water, level="staff", count=10, valid_from=SINCE)
    found = indicators["offices.authorised_area_by_unit"].figures(town.inspector, ON, "")
    assert [(f.unit_id, f.value) for f in found] == [(town.water.pk, 24 * 1 + 9 * 10)]  # 发改投资〔2014〕2674号, 市级


def test_the_day_before_the_standard_of_2014_the_area_allowed_was_that_of_1999(town: Town):
    AuthorisedPosts.objects.create(unit=town.water, level="division_chief", count=1, valid_from=dt.date(2010, 1, 1))
    found = indicators["offices.authorised_area_by_unit"].figures(town.inspector, dt.date(2014, 11, 23), "")
    assert [f.value for f in found] == [12]


def test_only_findings_that_stand_and_are_not_excused_wait(town: Town):
    found = indicators["standards.findings_by_rule"].figures(town.inspector, ON, "")
    assert {f.key: f.value for f in found} == {"ledger.price:breach": 1, "ledger.price:doubt": 1, "ledger.idle_too_long:cannot_decide": 1}


def test_only_findings_that_block_count_as_grounds(town: Town):
    assert [(f.unit_id, f.value) for f in indicators["standards.breaches_by_unit"].figures(town.inspector, ON, "")] == [(town.water.pk, 1)]


def test_the_course_of_findings_counts_what_was_found_and_cured_on_each_day(town: Town):
    found = indicators["standards.findings_over_time"].figures(town.inspector, ON, "")
    assert [((ON - f.label).days, f.key, f.value) for f in found] == [(30, "found", 4), (1, "cured", 1), (0, "found", 1)]


def test_an_asset_counts_as_idle_too_long_on_the_hundred_and_eighty_first_day(town: Town):
    lasting = [card(town.archive, f"I-{n}", "10", status="idle", idle_since=ON - dt.timedelta(days=n)) for n in (180, 181)]
    found = indicators["standards.idle_cost_by_unit"].figures(town.inspector, ON, town.archive.path)
    assert [f.value for f in found] == [lasting[1].cost]
