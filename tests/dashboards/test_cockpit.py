"""The cockpit: for whom it opens, what it adds up, and that every mark opens its rows."""

import re
from html import unescape

import pytest
from django.test import Client

from gongjia.dashboards.cockpit import panes_of
from gongjia.dashboards.headline import headline
from gongjia.dashboards.looking import Look
from gongjia.ledger.models import Asset
from gongjia.web.scope import Scope
from tests.dashboards.holdings import ON
from tests.people import Town

ALL = Scope("", "")


@pytest.fixture
def page(town: Town, client: Client) -> str:
    """The cockpit as the inspector of the whole city sees it."""
    client.force_login(town.inspector)
    return client.get("/cockpit/").content.decode()


def test_a_stranger_does_not_see_the_cockpit(town: Town, client: Client):
    client.force_login(town.stranger)
    assert client.get("/cockpit/").status_code == 403
    assert client.get("/cockpit/?wall=1").status_code == 403


def test_every_link_of_the_cockpit_opens(page: str, client: Client):
    links = {unescape(link) for link in re.findall(r'href="(/[^"]+)"', page.split("<main")[1]) if "static" not in link}
    assert len(links) > 30
    assert {link: client.get(link).status_code for link in links if client.get(link).status_code != 200} == {}


def test_a_mark_opens_as_many_rows_as_it_counts(page: str, town: Town, client: Client):
    pane = next(pane for pane in panes_of(Look(town.inspector, ON, ALL)) if pane.key == "owned-unit")
    for mark in pane.marks:
        shown = client.get(mark.url).content.decode().count("data-id=")
        assert mark.cells[0].words == str(shown), mark.label


def test_the_bars_of_a_pane_add_up_to_the_figure_at_the_head(town: Town):
    look = Look(town.inspector, ON, ALL)
    owned = next(pane for pane in panes_of(look) if pane.key == "owned-unit")
    held = Asset.objects.filter(on_books=True).exclude(status="disposed")
    assert round(sum(sum(mark.values) for mark in owned.marks), 2) == float(sum(card.cost for card in held))
    assert next(iter(headline(look))).value == str(held.count())


def test_the_cockpit_of_a_unit_counts_that_unit_alone(town: Town):
    look = Look(town.inspector, ON, Scope(town.archive.name, town.archive.path, town.archive.pk))
    owned = next(pane for pane in panes_of(look) if pane.key == "owned-class")
    assert [(mark.label, mark.end) for mark in owned.marks] == [("未分类", "150.0 万元")]


def test_one_unit_alone_is_not_compared_with_itself(town: Town):
    look = Look(town.inspector, ON, Scope(town.archive.name, town.archive.path, town.archive.pk))
    assert {"owned-unit", "units"}.isdisjoint(pane.key for pane in panes_of(look))


def test_what_exceeds_a_quota_is_drawn_beyond_the_limit(town: Town):
    vehicles = next(pane for pane in panes_of(Look(town.inspector, ON, ALL)) if pane.key == "vehicles")
    assert [(list(mark.values), mark.limit, mark.end) for mark in vehicles.marks] == [([1.0, 1.0], 1.0, "2 / 1 辆")]


def test_findings_that_came_and_went_draw_a_course(town: Town):
    trend = next(pane for pane in panes_of(Look(town.inspector, ON, ALL)) if pane.key == "trend")
    assert [list(mark.values) for mark in trend.marks] == [[4, 4, 0], [3, 0, 1], [4, 1, 0]]


def test_the_cockpit_is_read_in_few_queries_whatever_there_is_to_count(town: Town, django_assert_max_num_queries):  # noqa: ANN001
    look = Look(town.inspector, ON, ALL)
    with django_assert_max_num_queries(36):
        list(headline(look)), list(panes_of(look))


def test_the_wall_shows_the_same_charts_without_menu_or_tables(town: Town, client: Client):
    client.force_login(town.inspector)
    wall = client.get("/cockpit/?wall=1").content.decode()
    assert wall.count("data-chart=") == 8
    assert 'class="side"' not in wall
    assert "<details" not in wall
