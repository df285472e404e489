"""A list as it is worked: search in Chinese and pinyin, chips, views, columns, bulk acts, export, keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.browsing import DESKTOP, DESKTOP_EN, PHONE, PHONE_EN, Look, Visitors, shoot

ASSETS = "/ledger/asset/"


def rows(page: Page) -> Locator:
    return page.get_by_test_id("list").locator("tbody tr")


@pytest.mark.parametrize(("look", "typed"), [(DESKTOP, "碎纸机"), (PHONE, "szj"), (DESKTOP_EN, "szj"), (PHONE_EN, "纸机")], ids=str)
def test_a_list_is_searched_while_typing(visitors: Visitors, look: Look, typed: str) -> None:
    page = visitors.enter("assets", look, ASSETS)
    page.locator("#q").press_sequentially(typed)
    expect(rows(page).first).to_contain_text("碎纸机")
    expect(page).to_have_url(re.compile(r"\?.*q="))
    shoot(page, f"list-{look.name}")


def test_a_filter_is_a_chip_that_stays_in_the_address_and_can_be_taken_away(visitors: Visitors) -> None:
    page = visitors.enter("assets", DESKTOP, ASSETS)
    page.get_by_test_id("filters").locator("summary").click()
    page.locator("#filter-status").select_option("idle")
    page.get_by_test_id("filters").get_by_role("button", name="应用").click()
    expect(rows(page).first).to_contain_text("闲置")
    page.reload()
    page.get_by_test_id("chips").locator("a.chip.on").click()
    expect(page).not_to_have_url(re.compile("status="))


def test_columns_are_chosen_and_kept_as_a_view(visitors: Visitors) -> None:
    page = visitors.enter("assets", DESKTOP, ASSETS)
    page.get_by_test_id("columns").locator("summary").click()
    page.get_by_test_id("columns").locator("input[value=brand]").check()
    page.get_by_test_id("columns").get_by_role("button", name="应用").click()
    expect(page.get_by_test_id("list").locator("thead")).to_contain_text("品牌")
    page.get_by_test_id("views").locator("summary").click()
    page.locator("#view-name").fill("带品牌")
    page.get_by_test_id("views").get_by_role("button", name="保存").click()
    page.goto(ASSETS)
    page.get_by_test_id("chips").get_by_role("link", name="带品牌").click()
    expect(page.get_by_test_id("list").locator("thead")).to_contain_text("品牌")


def test_marked_rows_change_state_together(visitors: Visitors) -> None:
    page = visitors.enter("assets", DESKTOP, f"{ASSETS}?q=茶水柜&status=in_use")
    for index in (0, 1):
        rows(page).nth(index).locator("input[name=pick]").check()
    expect(page.locator("#picked")).to_have_text("2")
    page.get_by_test_id("selection").locator("button[value='ledger.change_status']").click()
    page.get_by_test_id("form").locator("[name=status]").select_option("to_dispose")
    page.get_by_test_id("submit").click()
    expect(page.get_by_test_id("message")).to_contain_text("2")


@pytest.mark.parametrize("look", [DESKTOP, PHONE_EN], ids=lambda look: look.name)
def test_an_export_is_a_job_with_progress_whose_file_is_downloaded(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("assets", look, f"{ASSETS}?q=碎纸机")
    page.get_by_test_id("act-export").click()
    shoot(page, f"export-{look.name}")
    page.get_by_test_id("submit").click()
    expect(page.get_by_test_id("job")).to_have_attribute("data-state", "done")
    shoot(page, f"job-{look.name}")
    with page.expect_download() as waiting:
        page.get_by_test_id("result").click()
    assert waiting.value.suggested_filename.endswith(".xlsx")


def test_the_keyboard_walks_opens_and_searches(visitors: Visitors) -> None:
    page = visitors.enter("assets", DESKTOP, ASSETS)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(rows(page).first).to_have_class("on")
    expect(page.get_by_test_id("beside")).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("facts").first).to_be_visible()


@pytest.mark.parametrize(("look", "typed"), [(DESKTOP, "ycsjg"), (DESKTOP_EN, "公用房")], ids=str)
def test_one_search_finds_units_clauses_and_pages_from_anywhere(visitors: Visitors, look: Look, typed: str) -> None:
    page = visitors.enter("assets", look)
    page.keyboard.press("Control+k")
    page.locator("#palette input[type=search]").press_sequentially(typed)
    expect(page.get_by_test_id("hits").locator("a").first).to_be_visible()
    shoot(page, f"search-{look.name}")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(visitors.site.url + "/")
