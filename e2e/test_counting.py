"""An inventory on a phone: scanned, ticked without a network, one thing missing, one without a card; then held against the books."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.browsing import DESKTOP, PHONE, PHONE_EN, Look, Visitors, launch, shoot
from e2e.camera import film_of, flags
from e2e.site import Site

ROOM = """
SELECT p.id, p.code, u.code FROM ledger_asset a JOIN org_place p ON p.id = a.place_id JOIN org_unit u ON u.id = p.unit_id
JOIN org_unit o ON o.id = a.unit_id
WHERE a.closed_on IS NULL AND a.status <> 'disposed' AND p.kind = 'room' AND o.id = u.id AND u.kind = 'body' AND u.tier = 'municipal'
GROUP BY p.id HAVING COUNT(*) BETWEEN 3 AND 8 ORDER BY p.id
"""


@dataclass(frozen=True)
class Room:
    """A room with its cards."""

    pk: int
    code: str
    unit: str
    cards: list[tuple[int, str]]


def room(site: Site, place: int) -> Room:
    """Return the room at a place of the list of rooms that hold a few cards of their own unit."""
    with sqlite3.connect(site.home / "gongjia.sqlite3") as database:
        pk, code, unit = database.execute(ROOM).fetchall()[place]
        rows = "SELECT id, number FROM ledger_asset WHERE place_id = ? AND closed_on IS NULL AND status <> 'disposed' ORDER BY number"
        return Room(pk, code, unit, database.execute(rows, [pk]).fetchall())


def open_round(page: Page, counted: Room) -> None:
    page.goto(f"/inventory/round/new/?title=抽查&unit={counted.unit}&due_on=2030-12-31")
    page.locator("[name=place]").fill(f"{counted.code} #{counted.pk}")
    page.get_by_test_id("submit").click()
    expect(page.get_by_test_id("round-strip")).to_be_visible()
    page.get_by_test_id("go-count").click()
    page.get_by_test_id("here").select_option(str(counted.pk))
    page.get_by_test_id("here").locator("xpath=..").locator("button").click()
    expect(page.get_by_test_id("lines").locator("tbody tr")).to_have_count(len(counted.cards))


@pytest.mark.parametrize(("look", "place"), [(PHONE, 0), (PHONE_EN, 1), (DESKTOP, 2)], ids=lambda one: getattr(one, "name", ""))
def test_a_round_with_one_missing_and_one_surplus(visitors: Visitors, site: Site, look: Look, place: int) -> None:
    counted = room(site, place)
    page = visitors.enter("assets", look, "/")
    open_round(page, counted)
    page.context.set_offline(True)
    for _pk, number in counted.cards[1:]:
        page.locator(f"[data-code='{number}']").click()
    expect(page.get_by_test_id("left")).to_contain_text(str(len(counted.cards) - 1))
    page.context.set_offline(False)
    expect(page.get_by_test_id("left")).to_have_text(look.says("全部已上传", "Everything is uploaded"))
    page.locator("details:has(#surplus-form) > summary").click()
    page.get_by_test_id("surplus-name").fill("饮水机")
    page.get_by_test_id("surplus").click()
    expect(page.get_by_test_id("log")).to_contain_text("饮水机")
    shoot(page, f"counting-{look.name}")
    page.reload()
    expect(page.get_by_test_id("progress")).to_contain_text(f"{len(counted.cards) - 1} / {len(counted.cards)}")


def test_the_code_of_a_label_is_read_by_the_camera(site: Site, everyone: Visitors, tmp_path: Path) -> None:
    counted = room(site, 3)
    film = film_of(f"{site.url}/ledger/asset/{counted.cards[0][0]}/", tmp_path / "label.y4m")
    browser = launch(everyone.playwright, flags(film))
    watching = Visitors(site, browser, everyone.playwright)
    watching.cookies = everyone.cookies
    with watching.watched():
        page = watching.enter("assets", PHONE, "/")
        open_round(page, counted)
        expect(page.get_by_test_id("log")).to_contain_text("：")
        row = page.locator(f"[data-asset='{counted.cards[0][0]}']")
        expect(row.locator("[data-state]")).to_have_text("相符")
        shoot(page, "camera-412")
    browser.close()
