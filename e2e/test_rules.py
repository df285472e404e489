"""The rules before anything is done: simulate a stricter table, ask of a case that is in no ledger."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.browsing import ALL_LOOKS, DESKTOP, PHONE_EN, Look, Visitors, shoot

JOB = 60_000  # a simulation is a job of the worker
COUNTY_DEPUTY = "[name='a.20.max_m2']"  # 县级副职: 24 m² today


def open_findings(page: Page) -> str:
    page.goto("/standards/finding/")
    return page.get_by_test_id("strip").inner_text()


@pytest.mark.parametrize("look", [DESKTOP, PHONE_EN], ids=lambda look: look.name)
def test_a_stricter_room_table_shows_who_would_break_it_and_saves_nothing(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("chief", look)
    before = open_findings(page)
    page.goto("/standards/simulate/")
    page.locator(COUNTY_DEPUTY).fill("12")
    page.get_by_test_id("run").click()
    worse = page.get_by_test_id("simulated").locator("strong").first
    expect(worse).to_have_text(re.compile(r"^[1-9]"), timeout=JOB)
    shoot(page, f"simulate-{look.name}")
    expect(page.get_by_test_id("moved").locator("tr").filter(has_text=re.compile(r"24 m²\s*12 m²"))).not_to_have_count(0)
    assert open_findings(page) == before
    page.goto("/standards/simulate/")
    expect(page.locator(COUNTY_DEPUTY)).to_have_value("24")


@pytest.mark.parametrize("look", ALL_LOOKS, ids=lambda look: look.name)
def test_a_room_of_26_for_a_division_chief_of_a_municipal_body_is_two_too_many(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("assets", look, "/standards/ask/?check=offices.room_over_entitlement")
    form = page.get_by_test_id("ask-form")
    form.locator("[name=tier]").select_option("municipal")
    form.locator("[name='level.division_chief']").fill("1")
    form.locator("[name=area]").fill("26")
    form.get_by_test_id("submit").click()
    answer = page.get_by_test_id("answer")
    expect(answer.get_by_test_id("verdict")).to_have_attribute("data-outcome", "breach")
    expect(answer).to_contain_text("26 > 24")
    expect(answer.get_by_test_id("clause")).to_contain_text("发改投资〔2014〕2674号")
    shoot(page, f"ask-{look.name}")


@pytest.mark.parametrize("look", ALL_LOOKS, ids=lambda look: look.name)
def test_the_rulebook_opens_each_table_as_printed(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("auditor", look, "/standards/rulebook/")
    shoot(page, f"rulebook-{look.name}")
    page.goto("/standards/rulebook/office_room_area/")
    expect(page.get_by_test_id("printed").locator("tbody tr")).to_have_count(24)
    expect(page.get_by_test_id("touched")).to_be_visible()
    shoot(page, f"table-{look.name}")
