"""Nothing is bought that somebody else has idle; what is lent comes back and is looked at."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

from e2e.browsing import ALL_LOOKS, DESKTOP, PHONE, PHONE_EN, Look, Visitors, shoot
from e2e.sharing import Asking

PRINTERS = "ZJ-PR"
SIGNERS = ("bureau_head", "office", "finance", "chief")
TODAY = dt.datetime.now(dt.UTC).date().isoformat()
SOON = (dt.date.fromisoformat(TODAY) + dt.timedelta(days=20)).isoformat()


def budget(visitors: Visitors) -> None:
    """Enter a line of the budget that pays for equipment."""
    clerk = Asking(visitors, "bureau", DESKTOP)
    line = {"code": "ZB-2026-SB", "unit": "YC-JG", "year": "2026", "subject": "31002", "name": "办公设备购置", "amount": "50000"}
    clerk.fill("/costs/budgetline/new/", line)
    expect(clerk.page.get_by_test_id("message")).to_be_visible()


def test_of_three_printers_two_come_from_two_streets_away_and_one_is_bought(visitors: Visitors) -> None:
    budget(visitors)
    clerk = Asking(visitors, "bureau", PHONE_EN)
    what = {"unit": "YC-JG", "category": "A02021003", "name": "A4黑白打印机", "quantity": "3", "unit_price": "1180", "use": "新设窗口"}
    clerk.fill("/acquisition/orderline/new/", what)
    clerk.drafted()
    found = clerk.page.get_by_test_id("found").filter(has_text=PRINTERS)
    expect(found).to_have_count(2)
    for item in found.all():
        item.get_by_test_id("take").check()
    clerk.shoot("share-first")
    clerk.page.locator("[data-gate='warehouse.share_first'] form .btn").last.click()
    expect(clerk.page.locator("[data-gate='warehouse.share_first']")).to_have_attribute("data-verdict", "clear")
    pays = clerk.page.locator("[data-gate='costs.budget']")
    pays.locator("[name=line]").fill("ZB-2026-SB")
    pays.locator("form .btn").last.click()
    expect(pays).to_have_attribute("data-verdict", "clear")
    clerk.submit()
    last = clerk.signed_by(*SIGNERS)
    expect(last.get_by_test_id("standing")).to_have_attribute("data-state", "done")
    shoot(last, "share-first-done")
    last.goto(f"/ledger/asset/?q={PRINTERS}&sort=number")
    expect(last.locator("table.list tbody tr").filter(has_text="机关事务管理局")).to_have_count(2)
    last.goto("/acquisition/orderline/")
    expect(last.locator("table.list tbody tr").filter(has_text="A4黑白打印机").first).to_contain_text("1")
    last.goto("/warehouse/stock_check/")
    expect(last.locator("table.list tbody tr")).not_to_have_count(0)
    receive_and_label(visitors)


def receive_and_label(visitors: Visitors) -> None:
    """Receive the one that was bought: one receipt, one card, its paper and its label."""
    page = visitors.enter("bureau", DESKTOP, "/acquisition/orderline/?q=A4黑白打印机&sort=-number")
    page.goto(page.locator("table.list tbody tr").filter(has_text="A4黑白打印机").locator("a.to").first.get_attribute("href") or "")
    page.get_by_test_id("receive").click()
    form = page.get_by_test_id("form")
    expect(form.locator("[name=quantity]")).to_have_value("1.00")
    for name, value in {"received_on": TODAY, "inspector": "验收员", "serials": "SN-2026-0001"}.items():
        form.locator(f"[name={name}]").fill(value)
    form.get_by_test_id("submit").click()
    expect(page.get_by_test_id("received-cards").locator("tbody tr")).to_have_count(1)
    expect(page.get_by_test_id("received-cards")).to_contain_text("SN-2026-0001")
    shoot(page, "share-first-received")
    for paper in ("打印验收单", "打印标签"):
        printed = page.request.get(page.get_by_role("link", name=paper, exact=True).get_attribute("href") or "")
        assert printed.body().startswith(b"%PDF"), paper


def test_what_was_lent_for_an_event_comes_back_damaged(visitors: Visitors) -> None:
    asking = Asking(visitors, "requester", DESKTOP)
    page = asking.page
    page.goto("/warehouse/window/?emergency=1&q=移动发电机")
    page.get_by_test_id("good").first.get_by_role("link").last.click()
    name = page.locator("h1").inner_text()
    page.get_by_test_id("act-warehouse.lend_item").click()
    form = page.get_by_test_id("form")
    form.locator("[name=due_on]").fill(SOON)
    form.locator("[name=purpose]").fill("防汛演练")
    form.get_by_test_id("submit").click()
    asking.drafted()
    asking.submit()
    last = asking.signed_by("head", "office", "chief")
    expect(last.get_by_test_id("standing")).to_have_attribute("data-state", "done")
    keeper = visitors.enter("assets", PHONE, "/warehouse/loan/?returned_on__empty=1&sort=-lent_on")
    keeper.locator("table.list tbody tr").filter(has_text="防汛演练").locator("a.to").first.click()
    keeper.goto(keeper.url.split("?")[0].rstrip("/") + "/do/warehouse.return_item/")
    form = keeper.get_by_test_id("form")
    form.locator("[name=grade_in]").select_option("d")
    form.locator("[name=damage][value=damaged]").check()
    form.locator("[name=damage_note]").fill("外壳开裂")
    form.locator("[name=repair_cost]").fill("300")
    form.locator("[name=inspector]").fill("仓管员")
    form.get_by_test_id("submit").click()
    expect(keeper.get_by_test_id("message")).to_be_visible()
    shoot(keeper, "returned-412")
    keeper.goto(f"/warehouse/item/?q={name}&state=stored")
    expect(keeper.locator("table.list tbody tr")).to_have_count(1)


@pytest.mark.parametrize("look", ALL_LOOKS, ids=lambda look: look.name)
def test_the_window_is_searched_filtered_and_starred(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("requester", look, "/warehouse/window/")
    shoot(page, f"window-{look.name}")
    page.get_by_test_id("shop-search").locator("[name=q]").fill("yjzm")
    expect(page.get_by_test_id("good")).to_have_count(4)
    star = page.get_by_test_id("star").first
    star.click()
    expect(page.get_by_test_id("star").first).to_have_attribute("aria-pressed", "true")
    page.goto("/warehouse/window/?starred=1")
    expect(page.get_by_test_id("good")).to_have_count(1)
    page.get_by_test_id("good").get_by_role("link").last.click()
    expect(page.get_by_test_id("offer")).to_be_visible()
    shoot(page, f"offer-{look.name}")
    page.go_back()
    page.get_by_test_id("star").first.click()


@pytest.mark.parametrize("look", [DESKTOP, PHONE_EN], ids=lambda look: look.name)
def test_a_label_is_typed_where_no_camera_reads_it(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("requester", look, "/warehouse/scan/")
    page.get_by_test_id("scan-code").fill("YJ-WZ-移动-02")
    page.get_by_test_id("scan-code").press("Enter")
    expect(page.get_by_test_id("offer")).to_be_visible()
    page.goto("/warehouse/scan/?code=nothing")
    expect(page.get_by_test_id("scan-none")).to_be_visible()


@pytest.mark.parametrize("look", [DESKTOP, PHONE_EN], ids=lambda look: look.name)
def test_a_plan_is_reckoned_pinned_and_reckoned_again(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("assets", look, "/warehouse/matching/")
    page.get_by_test_id("run").click()
    expect(page.get_by_test_id("job")).to_have_attribute("data-state", "done", timeout=90_000)
    page.goto("/warehouse/matching/")
    shoot(page, f"matching-{look.name}")
    pair = page.locator("[data-state=proposed]").first
    wanted = pair.get_attribute("data-pair")
    pair.get_by_test_id("pin").click()
    page.get_by_test_id("run").click()
    expect(page.get_by_test_id("job")).to_have_attribute("data-state", "done", timeout=90_000)
    page.goto("/warehouse/matching/")
    expect(page.locator(f"[data-pair='{wanted}']")).to_have_attribute("data-state", "pinned")
