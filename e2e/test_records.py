"""One record: its panels, its form that loses nothing, and who may not see it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.browsing import ALL_LOOKS, DESKTOP, PHONE_EN, Look, Visitors, shoot

CITY_ASSET = "/ledger/asset/?q=便携式计算机&within=6"


def first_of(page: Page, path: str) -> str:
    """Open the first record of a list and return its address."""
    page.goto(path)
    address = page.get_by_test_id("list").locator("tbody tr").first.get_attribute("data-url")
    assert address
    page.goto(address)
    return address


@pytest.mark.parametrize("look", ALL_LOOKS, ids=lambda look: look.name)
def test_a_card_shows_facts_movements_findings_documents_and_audit(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("assets", look)
    first_of(page, "/ledger/asset/?status=idle")
    expect(page.get_by_test_id("facts").first).to_be_visible()
    for panel in ("movements", "findings", "documents", "audit"):
        expect(page.locator(f"[data-testid^=panel-][id*={panel}]")).to_be_visible()
    shoot(page, f"asset-{look.name}")


@pytest.mark.parametrize("look", [DESKTOP, PHONE_EN], ids=lambda look: look.name)
def test_a_form_with_an_error_keeps_what_was_typed(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("assets", look)
    address = first_of(page, "/ledger/asset/?status=in_use")
    page.goto(f"{address}edit/")
    page.locator("[name=brand]").fill("清溪牌")
    page.locator("[name=cost]").fill("一千二")
    page.get_by_test_id("submit").click()
    expect(page.get_by_test_id("problems")).to_be_visible()
    expect(page.locator("[name=brand]")).to_have_value("清溪牌")
    expect(page.locator("[name=cost]")).to_have_value("一千二")
    shoot(page, f"form-{look.name}")
    page.locator("[name=cost]").fill("1200")
    page.get_by_test_id("submit").click()
    expect(page.get_by_test_id("facts").first).to_contain_text("清溪牌")


def test_a_form_left_half_filled_is_a_draft_when_one_comes_back(visitors: Visitors) -> None:
    page = visitors.enter("assets", DESKTOP, "/ledger/asset/new/")
    page.locator("[name=name]").fill("档案密集架")
    page.goto("/")
    page.goto("/ledger/asset/new/")
    expect(page.locator("#draft-note")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("档案密集架")


@pytest.mark.parametrize("look", [DESKTOP, PHONE_EN], ids=lambda look: look.name)
def test_a_record_of_a_foreign_unit_is_not_there(visitors: Visitors, look: Look) -> None:
    visitors.expect_fault("404")
    address = first_of(visitors.enter("assets", look), "/ledger/asset/?sort=number")
    page = visitors.enter("county", look)
    answer = page.goto(address)
    assert answer is not None and answer.status == 404
    expect(page.get_by_test_id("empty")).to_be_visible()
    shoot(page, f"not-found-{look.name}")


@pytest.mark.parametrize("path", ["/imports/", "/standards/simulate/", "/cockpit/", "/standards/finding/"])
def test_a_page_without_permission_says_which_one_is_missing(visitors: Visitors, path: str) -> None:
    visitors.expect_fault("403")
    page = visitors.enter("dispatcher", DESKTOP)
    answer = page.goto(path)
    assert answer is not None and answer.status == 403
    expect(page.get_by_test_id("empty")).to_contain_text(re.compile("你没有“.+”的权限"))
    shoot(page, "forbidden-1440-zh")


def test_a_figure_of_one_county_counts_only_that_county(visitors: Visitors) -> None:
    page = visitors.enter("county", DESKTOP, "/ledger/asset/")
    units = page.get_by_test_id("list").locator("tbody tr td:nth-child(5)").all_inner_texts()
    assert units and all("石桥" in unit for unit in units)
