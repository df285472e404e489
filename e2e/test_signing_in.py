"""Who may come in, and how: a one-time link, a password, a lock after too many failures."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from e2e.browsing import ALL_LOOKS, DESKTOP, PHONE, Look, Visitors, shoot
from e2e.site import PASSWORD, Site


def typed(page: Page, name: str, password: str) -> None:
    form = page.get_by_test_id("sign-in")
    form.locator("#username").fill(name)
    form.locator("#password").fill(password)
    form.get_by_test_id("submit").click()


def test_a_one_time_link_signs_in_once(visitors: Visitors, site: Site) -> None:
    link = site.fresh_links()["dispatcher"]
    page = visitors.enter(path=link)
    expect(page.get_by_test_id("user-menu")).to_be_visible()
    visitors.expect_fault("404")
    stranger = visitors.enter(path=link)
    expect(stranger.get_by_test_id("problems")).to_be_visible()


@pytest.mark.parametrize("look", ALL_LOOKS, ids=lambda look: look.name)
def test_a_password_signs_in_and_the_city_is_called_invented(visitors: Visitors, look: Look) -> None:
    page = visitors.enter(look=look, path="/ledger/asset/")
    expect(page.locator(".demo")).to_contain_text("349900")
    shoot(page, f"sign-in-{look.name}")
    typed(page, "auditor", PASSWORD)
    expect(page.get_by_test_id("list")).to_be_visible()
    page.get_by_test_id("user-menu").click()
    page.get_by_test_id("sign-out").click()
    expect(page.get_by_test_id("sign-in")).to_be_visible()


@pytest.mark.parametrize("look", [DESKTOP], ids=lambda look: look.name)
def test_five_failures_lock_the_account_even_for_its_password(visitors: Visitors, look: Look) -> None:
    visitors.expect_fault("429")
    page = visitors.enter(look=look, path="/sign-in/")
    for attempt in range(5):
        typed(page, "locked", f"wrong-{attempt}")
        expect(page.get_by_test_id("problems")).to_be_visible()
    typed(page, "locked", PASSWORD)
    expect(page.get_by_test_id("problems")).to_contain_text("15")
    assert page.get_by_test_id("user-menu").count() == 0


def test_the_language_is_chosen_before_signing_in(visitors: Visitors) -> None:
    page = visitors.enter(look=PHONE, path="/sign-in/")
    page.get_by_test_id("language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_test_id("submit")).to_have_text("Sign in")
