"""Sharing as people do it: a clerk who asks, those who sign, a keeper who takes back."""

from __future__ import annotations

from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from e2e.browsing import DESKTOP, Look, Visitors, shoot


class Asking:
    """One request from its form to its last signature."""

    def __init__(self, visitors: Visitors, account: str, look: Look) -> None:
        self.visitors, self.look = visitors, look
        self.page = visitors.enter(account, look)
        self.address = ""

    def fill(self, path: str, prefilled: dict[str, str], **fields: str) -> None:
        """Fill the form of an action and hand it in: it becomes a draft."""
        self.page.goto(f"{path}?{urlencode(prefilled)}")
        for name, value in fields.items():
            self.page.get_by_test_id("form").locator(f"[name={name}]").fill(value)
        self.page.get_by_test_id("form").get_by_test_id("submit").click()

    def drafted(self) -> None:
        """Wait for the draft's page."""
        expect(self.page.get_by_test_id("standing")).to_have_attribute("data-state", "draft")
        self.address = self.page.url

    def submit(self) -> None:
        button = self.page.get_by_test_id("submit-request")
        (self.page.locator(".decide-bar button.p") if self.look.phone else button).first.click()
        expect(self.page.get_by_test_id("standing")).to_have_attribute("data-state", "running")

    def signed_by(self, *accounts: str) -> Page:
        """Let everybody whose turn it is agree, and return the page of the last."""
        page = self.page
        for account in accounts:
            page = self.visitors.enter(account, DESKTOP, self.address)
            if page.get_by_test_id("approve").count():
                page.get_by_test_id("approve").click()
                page.goto(self.address)
        return page

    def shoot(self, step: str) -> None:
        shoot(self.page, f"{step}-{self.look.name}")
