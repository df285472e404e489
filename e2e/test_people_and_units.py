"""A leaver with open items; two bureaux that become one, and two again."""

from __future__ import annotations

import datetime as dt
import sqlite3

import pytest
from playwright.sync_api import expect

from e2e.browsing import DESKTOP, DESKTOP_EN, PHONE, PHONE_EN, Look, Visitors, shoot
from e2e.sharing import Asking
from e2e.site import Site

TODAY = dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date().isoformat()
HOLDERS = """
SELECT p.id FROM org_person p JOIN ledger_asset a ON a.custodian_id = p.id
WHERE p.status = 'active' AND p.closed_on IS NULL AND a.closed_on IS NULL GROUP BY p.id
HAVING COUNT(*) BETWEEN 1 AND 6 AND SUM(a.status NOT IN ('in_use', 'idle')) = 0 ORDER BY p.id
"""
MERGED = """
SELECT u.code FROM org_unit u JOIN org_unit r ON r.id = u.parent_id WHERE u.kind = 'body' AND u.tier = 'municipal' AND u.closed_on IS NULL
AND u.nature = 'administrative' AND u.code NOT IN ('YC-JG', 'YC-SL') ORDER BY u.code
"""


def rows(site: Site, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(site.home / "gongjia.sqlite3") as database:
        return database.execute(sql).fetchall()


@pytest.mark.parametrize(("look", "nth"), [(DESKTOP, 0), (PHONE_EN, 1)], ids=lambda one: getattr(one, "name", ""))
def test_a_leaver_with_open_items_goes_when_the_list_is_empty(visitors: Visitors, site: Site, look: Look, nth: int) -> None:
    person = rows(site, HOLDERS)[nth][0]
    clerk = Asking(visitors, "assets", look)
    page = clerk.page
    page.goto(f"/org/person/{person}/")
    held = page.get_by_test_id("hand-over-list").locator("tbody a")
    items = [link.get_attribute("href") or "" for link in held.all()]
    cards = [item for item in items if item.startswith("/ledger/")]
    assert cards
    clerk.shoot("leaver")
    leave = f"/org/person/{person}/do/custody.leave_person/"
    clerk.fill(leave, {"status": "left"}, left_on=TODAY)
    expect(page.get_by_test_id("problems")).to_be_visible()
    clerk.shoot("leaver-refused")
    for card in cards:
        clerk.fill(f"{card}do/custody.return_asset/", {})
        expect(page.get_by_test_id("message")).to_be_visible()
    for (seat,) in rows(
        site, f"SELECT id FROM offices_occupancy WHERE person_id = {person} AND valid_to IS NULL AND superseded_at IS NULL"
    ):
        clerk.fill(f"/offices/occupancy/{seat}/do/offices.vacate_room/", {"valid_to": TODAY})
    clerk.fill(leave, {"status": "left"}, left_on=TODAY)
    expect(page.get_by_test_id("message")).to_be_visible()
    page.goto(f"/org/person/{person}/")
    expect(page.get_by_test_id("hand-over-list")).to_have_count(0)


@pytest.mark.parametrize(("look", "nth"), [(DESKTOP_EN, 0), (PHONE, 2)], ids=lambda one: getattr(one, "name", ""))
def test_two_bureaux_are_merged_and_the_merger_is_taken_back(visitors: Visitors, site: Site, look: Look, nth: int) -> None:
    units = [str(row[0]) for row in rows(site, MERGED)]
    clerk = Asking(visitors, "assets", look)
    page = clerk.page
    clerk.fill("/reform/plan/new/", {"title": "机构合并", "unit": "YC", "document": "云编〔2026〕1号", "effective_on": TODAY})
    plan = page.url
    page.get_by_test_id("add-step").click()
    form = page.get_by_test_id("form")
    form.locator("[name=verb][value=merge]").check()
    form.locator("[name=unit]").fill(units[nth])
    form.locator("[name=target]").fill(units[nth + 1])
    form.get_by_test_id("submit").click()
    before = rows(site, "SELECT unit_id, COUNT(*), SUM(cost) FROM ledger_asset GROUP BY unit_id ORDER BY unit_id")
    clerk.fill(f"{plan}do/reform.carry_out_plan/", {})
    clerk.drafted()
    clerk.submit()
    last = clerk.signed_by("chief", "office", "finance", "chief")
    expect(last.get_by_test_id("standing")).to_have_attribute("data-state", "done")
    page.goto(plan)
    expect(page.get_by_test_id("balance").locator("th")).to_have_count(4)
    clerk.shoot("reform-done")
    clerk.fill(f"{plan}do/reform.reverse_plan/", {"reason": "暂缓"})
    expect(page.get_by_test_id("message")).to_be_visible()
    assert rows(site, "SELECT unit_id, COUNT(*), SUM(cost) FROM ledger_asset GROUP BY unit_id ORDER BY unit_id") == before
    shoot(page, f"reform-reversed-{look.name}")
