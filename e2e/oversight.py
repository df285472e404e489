"""The pages of the rules as an inspector uses them."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from e2e.browsing import Look, shoot

PRICE = "ledger.price"


class Inspection:
    """One inspector's browser over findings."""

    def __init__(self, page: Page, look: Look) -> None:
        self.page, self.look = page, look

    def sweep(self) -> None:
        """Judge everything again and follow the job to its result."""
        self.page.get_by_test_id("act-sweep").click()
        expect(self.page.get_by_test_id("job")).to_have_attribute("data-state", "done", timeout=90_000)
        self.page.get_by_test_id("result-page").click()

    def search(self, check: str, unit: str, **more: str) -> None:
        """Open what one check found in one unit, as the menus above the list would."""
        self.page.goto("/standards/finding/")
        self.page.get_by_test_id("menu-unit").locator("summary").click()
        self.page.get_by_test_id("menu-unit").get_by_role("link", name=re.compile(rf"^{unit} ?[\d,]*$")).click()
        address = self.page.url
        self.page.goto("&".join([address, f"check_key={check}", *(f"{name}={value}" for name, value in more.items())]))

    def row(self, text: str) -> Locator:
        return self.page.locator("table.list tbody tr").filter(has_text=text)

    def open(self, text: str) -> Locator:
        """Open one finding, beside the list where there is room, and return its verdict."""
        self.row(text).locator("a.to").click()
        verdict = self.page.get_by_test_id("verdict").filter(has_text=text)
        expect(verdict).to_be_visible()
        return verdict

    def clause(self, verdict: Locator) -> Locator:
        """Follow the clause into the rulebook and return the table as printed."""
        verdict.get_by_test_id("clause-link").click()
        expect(self.page).to_have_url(re.compile("/standards/rulebook/"))
        return self.page.get_by_test_id("printed")

    def excuse(self, verdict: Locator, evidence: Path) -> None:
        """Register an exception with its evidence."""
        verdict.get_by_test_id("act-excuse").click()
        form = self.page.get_by_test_id("form")
        form.locator("[name=reason]").fill("专用软件要求独立显卡，采购前已报批")
        form.locator("[name=document]").fill("云机管〔2026〕31号")
        form.locator("[name=valid_to]").fill("2030-12-31")
        form.locator("[name=evidence]").set_input_files(evidence)
        form.get_by_test_id("submit").click()
        expect(self.page.get_by_test_id("evidence")).to_contain_text(evidence.name)

    def shoot(self, step: str) -> None:
        shoot(self.page, f"{step}-{self.look.name}")
