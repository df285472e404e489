"""A lease that ends: the gate finds owned space, the reason is written down, signed, and the lease is renewed; the report is filed."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

from e2e.browsing import ALL_LOOKS, DESKTOP, PHONE_EN, Look, Visitors, shoot
from e2e.sharing import Asking

GATE = "[data-gate='leasing.own_first']"
SIGNERS = ("chief", "bureau_head", "office", "finance")


def ask_for_a_renewal(visitors: Visitors, look: Look) -> Asking:
    """Ask for a further year of the first lease that own space might replace; leaves a draft."""
    asking = Asking(visitors, "space", look)
    asking.page.goto("/leasing/expiring/")
    asking.shoot("leases-ending")
    row = asking.page.get_by_test_id("endings").locator("tbody tr:not([data-known='0'])").first
    last = dt.date.fromisoformat(row.locator("td.days").inner_text().split()[0])
    address = row.locator("td.first a").get_attribute("href")
    first = last + dt.timedelta(days=1)
    until = last + dt.timedelta(days=365)
    given = {"starts_on": first.isoformat(), "ends_on": until.isoformat(), "annual_rent": "36000", "reason": "业务窗口仍在使用"}
    asking.fill(f"{address}do/leasing.renew_lease/", {}, **given)
    asking.drafted()
    return asking


@pytest.mark.parametrize("look", ALL_LOOKS, ids=lambda look: look.name)
def test_a_renewal_meets_own_space_and_says_why_it_is_not_used(visitors: Visitors, look: Look) -> None:
    visitors.expect_fault("404")  # of those who might sign, one does not see this unit's requests
    asking = ask_for_a_renewal(visitors, look)
    gate = asking.page.locator(GATE)
    expect(gate).to_have_attribute("data-verdict", "question")
    expect(gate.get_by_test_id("space").first).to_be_visible()
    for item in gate.get_by_test_id("refuse").all():
        item.check()
    for field in gate.locator("input[type=text]").all():
        field.fill("没有临街窗口")
    asking.shoot("own-first")
    gate.locator("form .btn").last.click()
    expect(asking.page.locator(GATE)).to_have_attribute("data-verdict", "warning")
    asking.submit()
    asking.signed_by(*SIGNERS)
    asking.page.goto(asking.address)
    expect(asking.page.locator(GATE)).to_contain_text("没有临街窗口")
    expect(asking.page.get_by_test_id("standing")).to_have_attribute("data-state", "done")


@pytest.mark.parametrize("look", [DESKTOP, PHONE_EN], ids=lambda look: look.name)
def test_the_report_is_looked_at_and_filed_under_its_exact_name(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("space", look, "/publishing/office-return/")
    expect(page.get_by_test_id("file-name")).to_have_text("安徽省云川市-349900000000")
    expect(page.get_by_test_id("kept-out")).to_be_visible()
    shoot(page, f"office-return-{look.name}")
    page.get_by_test_id("file").click()
    page.get_by_test_id("recompute").click()
    shoot(page, f"office-return-again-{look.name}")
    expect(page.locator("#main")).to_contain_text(look.says("一字不差", "same to the byte"))


@pytest.mark.parametrize("look", [DESKTOP, PHONE_EN], ids=lambda look: look.name)
def test_gaps_of_titles_and_the_ledgers_of_a_unit_are_pages(visitors: Visitors, look: Look) -> None:
    page = visitors.enter("space", look, "/leasing/gaps/")
    expect(page.get_by_test_id("progress")).to_be_visible()
    shoot(page, f"title-gaps-{look.name}")
    page.goto("/publishing/ledger_line/")
    page.goto("/publishing/ledgers/")
    shoot(page, f"ledgers-{look.name}")
    page.goto("/leasing/letting/")
    expect(page.locator("table.list tbody tr")).not_to_have_count(0)
    shoot(page, f"lettings-{look.name}")
