"""The browser: how it is started, what it looks like, and everything it must never report."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response, WebError, expect

from e2e.site import Site

CHROMIUM = os.environ.get("GONGJIA_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage", "--font-render-hinting=none", "--lang=zh-CN",
]  # fmt: skip
PATIENCE = int(os.environ.get("GONGJIA_PATIENCE", "30")) * 1000  # milliseconds; a loaded machine is slow, not wrong
LOUD = ("error", "warning")


@dataclass(frozen=True)
class Look:
    """A screen width and a language."""

    width: int
    language: str = "zh-hans"

    @property
    def phone(self) -> bool:
        return self.width < 600

    @property
    def name(self) -> str:
        return f"{self.width}-{self.language[:2]}"

    def says(self, chinese: str, english: str) -> str:
        """Return the one of two wordings that this language shows."""
        return english if self.language == "en" else chinese


DESKTOP, PHONE = Look(1440), Look(412)
DESKTOP_EN, PHONE_EN = Look(1440, "en"), Look(412, "en")
ALL_LOOKS = [DESKTOP, PHONE, DESKTOP_EN, PHONE_EN]


@dataclass
class Faults:
    """What went wrong behind the page: console errors and warnings, page errors, foreign requests, answers of 500."""

    home: str
    found: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self.console)
        context.on("weberror", self.page_error)
        context.on("request", self.request)
        context.on("response", self.response)

    def note(self, words: str) -> None:
        if not any(known in words for known in self.expected):
            self.found.append(words)

    def console(self, message: ConsoleMessage) -> None:
        if message.type in LOUD:
            self.note(f"console {message.type}: {message.text} ({message.location.get('url', '')})")

    def page_error(self, error: WebError) -> None:
        self.note(f"page error: {error.error} ({error.page.url if error.page else 'a closed page'})")

    def request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.home}/", "data:", "blob:")):
            self.note(f"foreign request: {request.url}")

    def response(self, response: Response) -> None:
        if response.status >= 500:
            self.note(f"answer {response.status}: {response.url}")


def launch(playwright: Playwright, more: Sequence[str] = ()) -> Browser:
    """Start the system's Chromium without anything that speaks to strangers, with `more` flags."""
    expect.set_options(timeout=PATIENCE)
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *more])


class Visitors:
    """People at their screens: opens a page as an account, watched until the end of the test."""

    def __init__(self, site: Site, browser: Browser, playwright: Playwright) -> None:
        self.site, self.browser, self.playwright = site, browser, playwright
        self.faults = Faults(site.url)
        self.contexts: list[BrowserContext] = []
        self.cookies: dict[str, list[Any]] = {}

    def enter(self, account: str = "", look: Look = DESKTOP, path: str = "/") -> Page:
        """Open `path` signed in as a demo account, or as nobody."""
        context = self.browser.new_context(
            base_url=self.site.url, viewport={"width": look.width, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai",
            has_touch=look.phone, is_mobile=look.phone, reduced_motion="reduce", accept_downloads=True,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        self.faults.watch(context)
        self.contexts.append(context)
        context.add_cookies([{"name": "django_language", "value": look.language, "url": self.site.url}])
        page = context.new_page()
        if account:
            self.sign_in(context, page, account)
        page.goto(path)
        return page

    def sign_in(self, context: BrowserContext, page: Page, account: str) -> None:
        """Use a one-time link once a session, and its cookie afterwards."""
        if account not in self.cookies:
            page.goto(self.site.link(account))
            self.cookies[account] = [one for one in context.cookies() if one["name"] == "sessionid"]
        context.add_cookies(self.cookies[account])

    def expect_fault(self, words: str) -> None:
        """Let a fault pass that the journey provokes."""
        self.faults.expected += (words,)

    @contextmanager
    def watched(self) -> Iterator[Visitors]:
        """Serve one test: afterwards all its pages are closed and every fault fails it."""
        self.faults.found, self.faults.expected = [], ()
        yield self
        for context in self.contexts:
            context.close()
        self.contexts = []
        assert not self.faults.found, "\n".join(self.faults.found)


def shoot(page: Page, name: str, tallest: int = 2200) -> None:
    """Leave a picture of the page, as on a screen high enough, in the folder that GONGJIA_SHOTS names, if it names one."""
    if not (folder := os.environ.get("GONGJIA_SHOTS")):
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    size = page.viewport_size or {"width": 1440, "height": 900}
    whole = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(whole, tallest))})
    page.screenshot(path=Path(folder, f"{name}.png"))
    page.set_viewport_size(size)
