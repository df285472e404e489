"""Figures lead to the rows they count, and say the same number there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.browsing import ALL_LOOKS, DESKTOP, Look, Visitors, shoot

COUNT = re.compile(r"([\d,]+)\+?\s*(?:条|张|辆|份|records|rows|total)|(?:共|of|all)\s*([\d,]+)")


def number(text: str) -> int:
    """Return the first whole number in a text."""
    found = re.search(r"\d[\d,]*", text)
    assert found, text
    return int(found[0].replace(",", ""))


def counted(page: Page) -> int:
    """Return how many rows the list says it holds in all."""
    return int(re.findall(r"\d[\d,]*", page.locator(".pager span").first.inner_text())[-1].replace(",", ""))


@pytest.mark.parametrize("look", ALL_LOOKS, ids=lambda look: look.name)
def test_the_cockpit_draws_what_is_owned_and_what_breaks_the_rules(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("chief", look, "/cockpit/")
    expect(page.locator(".chart canvas, .chart svg")).not_to_have_count(0)
    shoot(page, f"cockpit-{look.name}")
    page.goto("/one-page/")
    expect(page.get_by_test_id("strip")).to_be_visible()
    shoot(page, f"one-page-{look.name}")


def test_each_counting_figure_of_the_cockpit_opens_as_many_rows(visitors: Visitors) -> None:
    page = visitors.enter("chief", DESKTOP, "/cockpit/")
    figures = page.get_by_test_id("strip").locator("a.figure")
    told = [(one.get_attribute("href"), one.locator("i").inner_text(), one.locator("strong").inner_text()) for one in figures.all()]
    counting = [(href, number(text)) for href, unit, text in told if unit in ("张", "条", "辆", "份")]
    assert len(counting) >= 3
    for href, shown in counting:
        page.goto(str(href))
        assert counted(page) == shown, href


def test_a_number_in_the_table_under_a_picture_opens_as_many_rows(visitors: Visitors) -> None:
    page = visitors.enter("chief", DESKTOP, "/cockpit/")
    page.get_by_test_id("pane-idle").locator("summary").click()
    link = page.get_by_test_id("table-idle").locator("td.n a").first
    shown = number(link.inner_text())
    link.click()
    expect(page.get_by_test_id("list")).to_be_visible()
    assert counted(page) == shown
