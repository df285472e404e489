"""A plan is uploaded, read, matched, accepted; the floor, the stack, the map and the audit are looked at."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.browsing import ALL_LOOKS, DESKTOP, PHONE_EN, Look, Visitors, shoot
from gongjia.demo.drawings import Wanted, dxf_of

HOUSE = "行政中心2号楼"


def building(page: Page) -> str:
    """Open the building and return its address."""
    page.goto("/offices/building/?q=YC-XZ2")
    page.goto(str(page.locator("table.list tbody tr").filter(has_text="YC-XZ2").first.get_attribute("data-url")))
    return page.url


def drawn(page: Page, floor: str) -> None:
    """Open a floor that is current."""
    page.locator("[data-testid=floor]").filter(has_text=re.compile(rf"^\s*{floor}\s*$")).first.click()
    expect(page.locator("svg.floor")).to_be_visible()


@pytest.mark.parametrize("look", [DESKTOP, PHONE_EN], ids=lambda look: look.name)
def test_a_drawing_becomes_the_current_version_of_a_floor(visitors: Visitors, look: Look, tmp_path: Path) -> None:
    page = visitors.enter("space", look)
    building(page)
    page.get_by_test_id("upload").click()
    rooms = [Wanted(f"04{number:02d}", "办公室", Decimal(18 + number)) for number in range(1, 7)]
    page.locator("input[type=file]").set_input_files(dxf_of(rooms, tmp_path / "四层平面图.dxf"))
    page.locator("[name=storey]").fill("4层")
    shoot(page, f"drawing-upload-{look.name}")
    page.get_by_test_id("submit").click()
    expect(page.get_by_test_id("job")).to_have_attribute("data-state", "done", timeout=90_000)
    page.get_by_test_id("result-page").click()
    expect(page.get_by_test_id("layers")).to_contain_text("房间轮廓")
    shoot(page, f"drawing-layers-{look.name}")
    page.get_by_test_id("match").first.click()
    shoot(page, f"drawing-match-{look.name}")
    page.get_by_test_id("accept").click()
    expect(page.get_by_test_id("message")).to_be_visible()
    expect(page.get_by_test_id("versions")).to_be_visible()


@pytest.mark.parametrize("look", ALL_LOOKS, ids=lambda look: look.name)
def test_a_floor_is_coloured_and_its_rooms_open(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("space", look)
    building(page)
    drawn(page, "2层")
    for scheme in ("unit", "vacancy", "person", "energy", "finding"):
        page.get_by_test_id(f"by-{scheme}").click()
        expect(page.get_by_test_id(f"by-{scheme}")).to_have_attribute("aria-current", "true")
    page.locator("svg.floor .rooms a > path").nth(1).click()
    expect(page.get_by_test_id("room-panel")).to_be_visible()
    expect(page).to_have_url(re.compile(r"room=\d+"))
    shoot(page, f"floor-finding-{look.name}")
    page.get_by_test_id("by-use").click()
    expect(page.get_by_test_id("by-use")).to_have_attribute("aria-current", "true")
    expect(page.get_by_test_id("room-panel")).to_be_visible()
    shoot(page, f"floor-{look.name}")
    page.locator("#stage").focus()
    for key in ("+", "+", "ArrowLeft"):
        page.keyboard.press(key)
    expect(page.locator("#stage")).to_have_class(re.compile("zoomed"))
    page.keyboard.press("0")
    expect(page.locator("#stage")).not_to_have_class(re.compile("zoomed"))


@pytest.mark.parametrize("look", ALL_LOOKS, ids=lambda look: look.name)
def test_stack_map_and_audit(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("space", look)
    building(page)
    page.get_by_test_id("stack").click()
    expect(page.locator("svg.stack .segment").first).to_be_visible()
    shoot(page, f"stack-{look.name}")
    page.get_by_test_id("cut-vacancy").click()
    expect(page.get_by_test_id("legend")).to_contain_text(look.says("空置", "Vacant"))
    page.goto("/drawings/map/")
    expect(page.locator("svg.map .bubble").first).to_be_visible()
    shoot(page, f"map-{look.name}")
    page.goto("/drawings/audit/")
    shoot(page, f"drawing-audits-{look.name}")
    page.get_by_test_id("audits").get_by_role("link").filter(has_text=re.compile(rf"^{HOUSE}$")).click()
    for ground in ("area", "undrawn", "loose"):
        expect(page.locator(f"tr[data-grounds~={ground}]").first).to_be_visible()
    shoot(page, f"drawing-audit-{look.name}")
