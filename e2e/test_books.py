"""The books: a month is previewed, posted by the worker and found again; a day as known on another; a report that computes to the same."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.browsing import ALL_LOOKS, DESKTOP, PHONE, Look, Visitors, shoot

MONTH = "/accounting/depreciation/?month=2026-11"


@pytest.mark.parametrize("look", [DESKTOP, PHONE], ids=lambda look: look.name)
def test_a_county_posts_its_month_after_a_preview_and_only_what_differs_the_second_time(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("county" if look == DESKTOP else "assets", look, MONTH)
    page.get_by_test_id("preview").click()
    expect(page.get_by_test_id("reasons")).to_be_visible()
    shoot(page, f"depreciation-{look.name}")
    page.get_by_test_id("post").click()
    expect(page.get_by_test_id("job")).to_have_attribute("data-state", "done", timeout=90_000)
    page.goto(f"{MONTH}&preview=1")
    expect(page.get_by_test_id("versions")).to_be_visible()
    expect(page.get_by_test_id("post")).to_have_count(0)


@pytest.mark.parametrize("look", ALL_LOOKS, ids=lambda look: look.name)
def test_the_ledger_of_a_day_as_known_on_another_leads_to_its_cards(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("chief", look, "/accounting/as-of/?on=2025-12-31&known=2026-01-15&by=category")
    cards = page.get_by_test_id("totals").locator("tbody tr").first.locator("td.n").first.inner_text()
    shoot(page, f"as-of-{look.name}")
    page.get_by_test_id("totals").locator("tbody tr a").first.click()
    expect(page.get_by_test_id("strip").locator("strong").first).to_contain_text(cards.strip().splitlines()[-1])


@pytest.mark.parametrize("look", ALL_LOOKS, ids=lambda look: look.name)
def test_a_filed_report_computes_to_the_same_and_its_figures_lead_to_their_cards(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("chief", look, "/accounting/annual/?year=2025")
    page.get_by_test_id("filed").locator("tbody a").first.click()
    shoot(page, f"annual-{look.name}")
    page.get_by_test_id("topic-overview").locator("td.n a").first.click()
    expect(page.get_by_test_id("behind")).to_be_visible()
    page.go_back()
    page.get_by_test_id("recompute").click()
    expect(page.get_by_test_id("recomputed")).to_contain_text(look.says("一字不差", "The same to the byte"))
