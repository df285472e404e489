"""The rules of use, as people meet them: a retirement, a certificate in a stranger's hand, a walk through rooms, a unit's ceiling."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.browsing import ALL_LOOKS, DESKTOP, DESKTOP_EN, PHONE, PHONE_EN, Look, Visitors, shoot
from e2e.oversight import Inspection
from e2e.sharing import Asking
from e2e.site import Site

TODAY = dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date()
CHECK = "offices.left_person_holds_room"
SITTERS = """
SELECT p.id, r.id, r.name FROM org_person p JOIN offices_occupancy o ON o.person_id = p.id JOIN org_place r ON r.id = o.room_id
JOIN org_unit u ON u.id = r.unit_id LEFT JOIN ledger_asset a ON a.custodian_id = p.id AND a.closed_on IS NULL
WHERE p.status = 'active' AND p.closed_on IS NULL AND o.valid_to IS NULL AND o.superseded_at IS NULL AND r.use = 'office'
AND u.nature = 'administrative' GROUP BY p.id HAVING COUNT(a.id) = 0 AND COUNT(DISTINCT o.id) = 1 ORDER BY p.id
"""


def rows(site: Site, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(site.home / "gongjia.sqlite3") as database:
        return database.execute(sql).fetchall()


def let_days_pass(site: Site, person: object, days: int) -> None:
    """Let time go by for one retirement: instead of the clock, what was recorded of it moves back."""
    with sqlite3.connect(site.home / "gongjia.sqlite3", timeout=30) as database:
        for table, key, columns in (
            ("org_person", "id", ("left_on",)),
            ("org_post", "person_id", ("valid_to",)),
            ("usage_handback", "person_id", ("event_on", "due_on")),
        ):
            for name in columns:
                moved = f"UPDATE {table} SET {name} = date({name}, '-{days} days') WHERE {key} = ? AND {name} IS NOT NULL"
                database.execute(moved, (person,))


def sweep(visitors: Visitors, look: Look, room: object) -> Page:
    """Judge everything again, and return what is found of one room."""
    inspection = Inspection(visitors.enter("inspector", look, "/standards/finding/"), look)
    inspection.sweep()
    inspection.page.goto(f"/standards/verdicts/offices.room/{room}/")
    return inspection.page


@pytest.mark.parametrize(("look", "nth"), [(look, nth) for nth, look in enumerate(ALL_LOOKS)], ids=lambda one: getattr(one, "name", ""))
def test_retiring_opens_the_hand_back_which_is_late_and_then_closed(
    visitors: Visitors, site: Site, tmp_path: Path, look: Look, nth: int
) -> None:
    person, room, _name = rows(site, SITTERS)[nth]
    clerk = Asking(visitors, "assets", look)
    clerk.fill(f"/org/person/{person}/do/custody.leave_person/", {"status": "retired"}, left_on=TODAY.isoformat())
    expect(clerk.page.get_by_test_id("message")).to_be_visible()
    ((made,),) = rows(site, f"SELECT id FROM usage_handback WHERE person_id = {person}")
    keeper = visitors.enter("space", look, f"/usage/handback/{made}/")
    expect(keeper.get_by_test_id("deadline")).to_have_attribute("data-late", "0")
    shoot(keeper, f"hand-back-open-{look.name}")
    let_days_pass(site, person, 45)
    page = sweep(visitors, look, room)
    page.goto(f"/standards/finding/?check_key={CHECK}&sort=-found_on")
    assert rows(site, late(room)) == [("open",)]
    keeper.goto(f"/usage/handback/{made}/")
    expect(keeper.get_by_test_id("deadline")).not_to_have_attribute("data-late", "0")
    expect(keeper.get_by_test_id("to-finding")).to_be_visible()
    shoot(keeper, f"hand-back-late-{look.name}")
    hand_back(keeper, look, tmp_path)
    sweep(visitors, look, room)
    assert rows(site, late(room)) == []


def late(room: object) -> str:
    live = "cured_on IS NULL AND snapshot_id IS NULL"
    return f"SELECT state FROM standards_finding WHERE check_key = '{CHECK}' AND subject_id = {room} AND {live}"


def hand_back(keeper: Page, look: Look, folder: Path) -> None:
    """Look at the room, take the keys and a photo, and close the hand-back."""
    photo = folder / "room.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0 room")
    keeper.get_by_test_id("to-hand-back").click()
    form = keeper.get_by_test_id("form")
    form.locator("[name=keys_returned]").fill("2")
    form.locator("[name=inspector]").fill("钱文")
    form.locator("[name=photo]").set_input_files(photo)
    shoot(keeper, f"hand-back-form-{look.name}")
    form.get_by_test_id("submit").click()
    expect(keeper.get_by_test_id("message")).to_be_visible()
    expect(keeper.get_by_test_id("deadline")).to_contain_text(look.says("已腾退", "handed back"))
    shoot(keeper, f"hand-back-done-{look.name}")


@pytest.mark.parametrize("look", ALL_LOOKS, ids=lambda look: look.name)
def test_anybody_verifies_a_certificate_and_tells_an_altered_one(visitors: Visitors, site: Site, look: Look) -> None:
    (pk, number, mark), *_rest = rows(site, "SELECT id, number, mark FROM usage_certificate ORDER BY id")
    keeper = visitors.enter("space", look, f"/usage/certificate/{pk}/")
    expect(keeper.get_by_test_id("certified")).to_be_visible()
    shoot(keeper, f"certificate-{look.name}")
    address = keeper.get_by_test_id("to-public").get_attribute("href") or ""
    assert address.endswith(f"/verify/{number}/{mark}/")
    stranger = visitors.enter("", look, address)
    expect(stranger.get_by_test_id("standing")).to_have_attribute("data-state", "valid")
    expect(stranger.get_by_test_id("told")).to_contain_text(str(number))
    shoot(stranger, f"verify-{look.name}")
    visitors.expect_fault("404")
    stranger.goto(f"/verify/{number}/{str(mark)[::-1]}/")
    expect(stranger.get_by_test_id("standing")).to_have_attribute("data-state", "unknown")
    shoot(stranger, f"verify-altered-{look.name}")


@pytest.mark.parametrize("look", [DESKTOP_EN, PHONE], ids=lambda look: look.name)
def test_an_inspection_is_walked_room_by_room(visitors: Visitors, site: Site, tmp_path: Path, look: Look) -> None:
    ((pk,),) = rows(site, "SELECT id FROM usage_inspection ORDER BY id LIMIT 1")
    page = visitors.enter("space", look, f"/usage/inspection/{pk}/")
    page.get_by_test_id("to-walk").click()
    before = page.get_by_test_id("progress").inner_text()
    page.get_by_test_id("good").first.click()
    expect(page.get_by_test_id("progress")).not_to_have_text(before)
    shoot(page, f"walk-{look.name}")
    page.get_by_test_id("issue").last.click()
    form = page.get_by_test_id("form")
    form.locator("[name=kind]").select_option("damage")
    form.locator("[name=description]").fill("吊顶渗水")
    form.locator("[name=due_on]").fill((TODAY + dt.timedelta(days=20)).isoformat())
    form.locator("[name=photo]").set_input_files({"name": "p.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0"})
    form.get_by_test_id("submit").click()
    expect(page.get_by_test_id("message")).to_be_visible()
    page.goto(f"/usage/inspection/{pk}/")
    expect(page.get_by_test_id("issues")).to_contain_text("吊顶渗水")
    shoot(page, f"inspection-{look.name}")


@pytest.mark.parametrize("look", ALL_LOOKS, ids=lambda look: look.name)
def test_the_ceiling_of_a_unit_shows_its_whole_arithmetic(visitors: Visitors, site: Site, look: Look) -> None:
    ((unit,),) = rows(site, "SELECT id FROM org_unit WHERE code = 'YC-JG'")
    page = visitors.enter("space", look, f"/usage/ceiling/?unit={unit}")
    expect(page.get_by_test_id("held").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("÷ 0.65")
    shoot(page, f"ceiling-{look.name}", tallest=3000)
    page.locator("[name=height]").select_option("high_rise")
    page.get_by_test_id("ceiling-form").get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("÷ 0.6")
    expect(page).to_have_url(re.compile("height=high_rise"))


@pytest.mark.parametrize(("look", "kind"), [(DESKTOP, "publication"), (PHONE_EN, "filing")], ids=lambda one: getattr(one, "name", one))
def test_a_yearly_list_is_frozen_and_comes_on_paper(visitors: Visitors, site: Site, look: Look, kind: str) -> None:
    ((pk,),) = rows(site, f"SELECT id FROM usage_{kind} ORDER BY id LIMIT 1")
    page = visitors.enter("space", look, f"/usage/{kind}/{pk}/")
    expect(page.get_by_test_id("yearly")).to_be_visible()
    shoot(page, f"{kind}-{look.name}")
    with page.expect_download() as book:
        page.get_by_test_id("yearly-book").click()
    assert book.value.suggested_filename.endswith(".xlsx")
