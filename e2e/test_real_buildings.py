"""A real register of buildings goes through the browser, every row accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.browsing import DESKTOP, Visitors
from e2e.wizard import Wizard
from tests.conftest import real_data  # noqa: F401 - a fixture

ROWS = 4451


@pytest.mark.slow
def test_the_buildings_of_a_federal_landlord_are_imported_through_the_browser(visitors: Visitors, real_data: Path) -> None:  # noqa: F811
    found = sorted((real_data / "buildings").glob("*buildings*.xlsx"))
    if not found:
        pytest.skip("the folder of real input files holds no workbook of buildings")
    wizard = Wizard(visitors.enter("assets", DESKTOP, "/imports/"), DESKTOP)
    wizard.upload(found[0], into="offices.building")
    wizard.page.locator("[name=fixed-unit]").fill("YC-JG")
    wizard.preview()
    assert wizard.counts()[0] == ROWS == sum(wizard.counts()[1:])
    wizard.shoot("gsa")
    wizard.commit()
    expect(wizard.page.get_by_test_id("counts")).to_be_visible()
    assert sum(wizard.counts()[1:]) == ROWS
