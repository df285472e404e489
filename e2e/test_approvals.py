"""Asking and signing as people do it: a transfer through three signatures, a batch, a route that is drawn and checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.browsing import ALL_LOOKS, DESKTOP, PHONE_EN, Look, Visitors, shoot
from e2e.sharing import Asking

ROUTES = Path(__file__).resolve().parents[1] / "gongjia" / "approvals" / "routes"
CARDS = "/ledger/asset/?status=in_use&sort=-number"


def ask_for_a_transfer(visitors: Visitors, look: Look, nth: int) -> Asking:
    """Ask for the transfer of the nth card of one's own unit to the bureau; leaves a draft."""
    asking = Asking(visitors, "requester", look)
    asking.page.goto(CARDS)
    address = asking.page.get_by_test_id("list").locator("tbody tr").nth(nth).get_attribute("data-url")
    asking.fill(f"{address}do/ledger.transfer_asset/", {}, unit="YC-JG")
    asking.drafted()
    return asking


def agree(page: Page, look: Look, words: str) -> None:
    """Sign as one does on this screen: with the thumb on a phone, else beside the opinion."""
    page.locator("#id-note").fill(words)
    if look.phone:
        page.get_by_test_id("approve-bar").click()
        page.locator("#confirm button[value=yes]").click()
    else:
        page.get_by_test_id("approve").click()
    expect(page.get_by_test_id("message")).to_be_visible()


@pytest.mark.parametrize(("nth", "look"), enumerate(ALL_LOOKS), ids=[look.name for look in ALL_LOOKS])
def test_a_transfer_goes_through_three_signatures_and_is_carried_out(visitors: Visitors, nth: int, look: Look) -> None:
    asking = ask_for_a_transfer(visitors, look, nth)
    asking.page.locator("#id-reason").fill("处室合并后设备闲置，调给新设窗口。")
    expect(asking.page.locator(".drawing .djs-element").first).to_be_visible()
    asking.shoot("request-draft")
    asking.submit()
    expect(asking.page.get_by_test_id("held")).to_be_visible()
    page = visitors.enter("head", look, asking.address)
    expect(page.locator(".drawing .djs-element.open")).to_have_count(1)
    shoot(page, f"request-sign-{look.name}")
    agree(page, look, "同意调出")
    for account in ("bureau_head", "office"):
        page = visitors.enter(account, look, asking.address)
        agree(page, look, "同意")
    expect(page.get_by_test_id("standing")).to_have_attribute("data-state", "done")
    expect(page.get_by_test_id("history")).to_contain_text("同意调出")
    shoot(page, f"request-done-{look.name}")


def test_what_is_sent_back_is_changed_and_submitted_again(visitors: Visitors) -> None:
    asking = ask_for_a_transfer(visitors, DESKTOP, 5)
    asking.submit()
    page = visitors.enter("head", DESKTOP, asking.address)
    page.get_by_test_id("return").click()
    expect(page.locator(".toast")).to_be_visible()
    page.locator("#id-note").fill("请写明事由")
    page.get_by_test_id("return").click()
    expect(page.get_by_test_id("standing")).to_have_attribute("data-state", "returned")
    asking.page.goto(asking.address)
    expect(asking.page.get_by_test_id("standing")).to_contain_text("请写明事由")
    asking.page.locator("#id-reason").fill("按调剂计划办理")
    asking.submit()
    asking.page.get_by_test_id("withdraw").click()
    asking.page.locator("#confirm button[value=yes]").click()
    expect(asking.page.get_by_test_id("standing")).to_have_attribute("data-state", "withdrawn")


@pytest.mark.parametrize(("first", "look"), [(7, DESKTOP), (10, PHONE_EN)], ids=lambda value: getattr(value, "name", ""))
def test_what_waits_is_decided_at_once_and_the_rest_is_named(visitors: Visitors, first: int, look: Look) -> None:
    for nth in range(first, first + 2):
        ask_for_a_transfer(visitors, DESKTOP, nth).submit()
    page = visitors.enter("head", look, "/approvals/waiting/")
    shoot(page, f"waiting-{look.name}")
    boxes = page.locator("input[name=pick]")
    waiting = boxes.count()
    for box in boxes.all():
        box.check()
    page.get_by_test_id("batch-approve").click()
    page.locator("#confirm button[value=yes]").click()
    expect(page.get_by_test_id("done").locator("li")).to_have_count(waiting)
    shoot(page, f"batch-{look.name}")


@pytest.mark.parametrize("look", [DESKTOP, PHONE_EN], ids=lambda look: look.name)
def test_a_route_is_drawn_and_checked_before_it_goes_live(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("office", look, "/approvals/routes/upload/")
    sound = (ROUTES / "three_step.bpmn").read_text(encoding="utf-8")
    page.locator("#id-key").fill("own")
    page.locator("#id-actions").fill("custody.let_asset")
    page.locator("summary").filter(has=page.locator("xpath=../textarea")).click()
    page.locator("#bpmn").fill(re.sub(r'value="unit_head"', 'value="nobody"', sound))
    page.get_by_test_id("check").click()
    expect(page.get_by_test_id("flaws")).to_be_visible()
    shoot(page, f"route-flaws-{look.name}")
    page.locator("#bpmn").fill(sound)
    page.get_by_test_id("check").click()
    expect(page.locator(".drawing .djs-element").first).to_be_visible()
    expect(page.get_by_test_id("publish")).to_be_visible()
    shoot(page, f"route-sound-{look.name}")


def test_the_form_of_a_request_comes_on_paper(visitors: Visitors) -> None:
    asking = ask_for_a_transfer(visitors, DESKTOP, 13)
    for shape, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        link = asking.page.get_by_test_id(shape).get_attribute("href")
        assert asking.page.request.get(f"{visitors.site.url}{link}").body().startswith(start)
