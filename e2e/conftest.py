"""One site and one browser a session; a watched set of pages for each journey."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from e2e.browsing import CHROMIUM, Visitors, launch
from e2e.site import Site, installed, template


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running installation of the small demo city."""
    own = tmp_path_factory.mktemp("site")
    shared = own.parent.parent if own.parent.name.startswith("popen-") else own.parent  # the workers of one run share one template
    made = installed(own, template(shared))
    try:
        yield made.start()
    finally:
        made.stop()


@pytest.fixture(scope="package")
def everyone(site: Site) -> Iterator[Visitors]:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield Visitors(site, browser, playwright)
        browser.close()


@pytest.fixture
def visitors(everyone: Visitors) -> Iterator[Visitors]:
    """People at their screens; the test fails on any console error, page error, foreign request or answer of 500."""
    with everyone.watched() as watched:
        yield watched
