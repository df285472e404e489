"""Repairs: a defect from the phone to the stars; the year's projects chosen under a budget, one pinned, accepted."""

from __future__ import annotations

import sqlite3

import pytest
from playwright.sync_api import expect

from e2e.browsing import ALL_LOOKS, DESKTOP, PHONE, Look, Visitors, shoot
from e2e.site import Site

ROOM = """
SELECT p.code FROM org_place p JOIN org_unit u ON u.id = p.unit_id
WHERE u.code = 'YC-SL' AND p.kind = 'room' AND p.closed_on IS NULL ORDER BY p.id DESC
"""
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763b8b0610300042c0215bc1af8910000000049454e44ae426082"
)


def rooms(site: Site) -> list[str]:
    """Return the rooms of the water bureau."""
    with sqlite3.connect(site.home / "gongjia.sqlite3") as database:
        return [code for (code,) in database.execute(ROOM)]


@pytest.mark.parametrize("look", ALL_LOOKS, ids=lambda look: look.name)
def test_a_defect_is_reported_mended_and_rated(visitors: Visitors, site: Site, look: Look) -> None:
    fault = look.says("茶水间水龙头关不紧", "茶水间水龙头滴水") + look.name
    reporter = visitors.enter("requester", look, f"/maintenance/report/?code={rooms(site)[ALL_LOOKS.index(look)]}")
    expect(reporter.get_by_test_id("spot")).to_be_visible()
    reporter.get_by_test_id("fault").fill(fault)
    reporter.get_by_test_id("photo").set_input_files({"name": "tap.png", "mimeType": "image/png", "buffer": PICTURE})
    reporter.locator("[name=trade][value=water]").check()
    reporter.locator("[name=urgency][value=urgent]").check()
    shoot(reporter, f"repair-report-{look.name}")
    reporter.get_by_test_id("send").click()
    expect(reporter.get_by_test_id("own").locator("[data-state=reported]").filter(has_text=fault)).to_be_visible()

    dispatcher = visitors.enter("space", look, "/maintenance/board/")
    card = dispatcher.locator("[data-column=reported] .ticket").filter(has_text=fault)
    shoot(dispatcher, f"repair-board-{look.name}")
    card.locator("[name=crew]").select_option(label="机关水电维修班")
    card.get_by_test_id("dispatch").click()
    expect(dispatcher.locator("[data-column=dispatched] .ticket").filter(has_text=fault)).to_be_visible()

    worker = visitors.enter("repair", look, "/maintenance/mine/")
    given = worker.get_by_test_id("work").locator(".ticket").filter(has_text=fault)
    expect(given.locator("img")).to_be_visible()
    given.get_by_test_id("accept").click()
    shoot(worker, f"repair-work-{look.name}")
    for name, value in (("work", "更换阀芯"), ("hours", "0.5"), ("part", "陶瓷阀芯"), ("unit_price", "35")):
        given.locator(f"[name={name}]").fill(value)
    given.get_by_test_id("finish").click()
    expect(given).to_have_count(0)

    reporter.goto("/maintenance/mine/")
    own = reporter.get_by_test_id("own").locator(".ticket").filter(has_text=fault)
    shoot(reporter, f"repair-mine-{look.name}")
    own.get_by_test_id("rate-5").click()
    expect(own).to_have_attribute("data-state", "confirmed")
    own.locator("h3 a").click()
    shoot(reporter, f"repair-ticket-{look.name}")


@pytest.mark.parametrize("look", ALL_LOOKS, ids=lambda look: look.name)
def test_the_years_projects_are_chosen_under_a_budget(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("space", look, "/maintenance/choose/?year=2027")
    page.locator("[name=budget]").fill("2600000")
    page.get_by_test_id("run").click()
    rows = page.get_by_test_id("candidates").locator("tbody tr")
    expect(rows).not_to_have_count(0)
    expect(page.get_by_test_id("neighbours")).to_be_visible()
    shoot(page, f"repair-choose-{look.name}")
    page.goto(str(rows.first.get_by_role("link").get_attribute("href")))
    expect(page.get_by_test_id("arithmetic")).to_be_visible()
    shoot(page, f"repair-project-{look.name}")
    page.goto("/maintenance/property/")
    expect(page.get_by_test_id("bars")).to_be_visible()
    shoot(page, f"repair-property-{look.name}")


def test_a_pinned_project_is_in_and_the_choice_becomes_a_request(visitors: Visitors) -> None:
    page = visitors.enter("space", DESKTOP, "/maintenance/choose/?year=2027")
    page.locator("[name=budget]").fill("2600000")
    page.get_by_test_id("run").click()
    out = page.get_by_test_id("candidates").locator("tr[data-chosen=False][data-mark=free]").first
    number = out.get_attribute("data-project")
    out.get_by_test_id("pin").click()
    pinned = page.locator(f"tr[data-project='{number}']")
    expect(pinned).to_have_attribute("data-mark", "pinned")
    expect(pinned).to_have_attribute("data-chosen", "True")
    shoot(page, "repair-pinned-1440-zh")
    page.get_by_test_id("accept").click()
    expect(page.get_by_test_id("standing")).to_have_attribute("data-state", "draft")
    shoot(page, "repair-request-1440-zh")
    phone = visitors.enter("space", PHONE, page.url)
    expect(phone.get_by_test_id("standing")).to_be_visible()
    shoot(phone, "repair-request-412-zh")
