"""A rented building and idle rooms of our own: planned with a bound, pinned, planned again, accepted as requests."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from e2e.browsing import ALL_LOOKS, DESKTOP, Look, Visitors, shoot

RENTED, IDLE = ("新城大厦", "滨河大厦"), ("老干部活动中心", "旧机关院", "工信局")


def planned(visitors: Visitors, look: Look) -> Page:
    """Reckon the plan of a few buildings and return its page."""
    page = visitors.enter("assets", look, "/allocation/")
    for box in page.locator("fieldset.choose label").all():
        words = box.inner_text()
        box.locator("input").set_checked(any(name in words for name in RENTED + IDLE))
    page.get_by_test_id("run").click()
    expect(page.get_by_test_id("job")).to_have_attribute("data-state", "done", timeout=90_000)
    page.goto("/allocation/")
    return page


@pytest.mark.parametrize("look", ALL_LOOKS, ids=lambda look: look.name)
def test_the_page_shows_the_bound_the_floors_and_the_moves(visitors: Visitors, look: Look) -> None:
    page = planned(visitors, look)
    expect(page.get_by_test_id("picture").locator("svg").first).to_be_visible()
    expect(page.get_by_test_id("parts").locator("tbody tr")).not_to_have_count(0)
    expect(page.get_by_test_id("phase").first).to_be_visible()
    expect(page.locator("main")).to_contain_text(look.says("可以证明", "proven"))
    shoot(page, f"allocation-{look.name}", 3200)


def test_a_pin_is_obeyed_and_an_accepted_plan_becomes_requests(visitors: Visitors) -> None:
    page = planned(visitors, DESKTOP)
    row = page.get_by_test_id("phase").locator("tbody tr").filter(has=page.get_by_test_id("pin")).first
    person = row.get_attribute("data-person")
    row.get_by_test_id("pin").click()
    expect(page.get_by_test_id("marks")).to_be_visible()
    page.get_by_test_id("run").click()
    expect(page.get_by_test_id("job")).to_have_attribute("data-state", "done", timeout=90_000)
    page.goto("/allocation/")
    expect(page.locator(f"tr[data-person='{person}']")).to_have_count(0)
    page.get_by_test_id("accept").click()
    expect(page.get_by_test_id("message").or_(page.get_by_test_id("standing")).first).to_be_visible()
    shoot(page, "allocation-accepted")
