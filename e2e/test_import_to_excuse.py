"""A clerk imports a bad workbook, mends it, commits; the inspector finds what it broke, reads the clause, excuses it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from e2e.browsing import DESKTOP, DESKTOP_EN, PHONE, PHONE_EN, Look, Visitors
from e2e.oversight import PRICE, Inspection
from e2e.wizard import Wizard
from e2e.workbooks import UNIT, bad_workbook

BOTH = pytest.mark.parametrize("look", [DESKTOP, PHONE_EN], ids=lambda look: look.name)


def previewed(visitors: Visitors, look: Look, path: Path) -> Wizard:
    wizard = Wizard(visitors.enter("assets", look, "/imports/"), look)
    wizard.upload(path)
    wizard.preview()
    return wizard


@pytest.mark.parametrize("look", [PHONE, DESKTOP_EN], ids=lambda look: look.name)
def test_a_heading_that_was_read_wrongly_is_corrected_by_hand(visitors: Visitors, tmp_path: Path, look: Look) -> None:
    wizard = Wizard(visitors.enter("assets", look, "/imports/"), look)
    wizard.upload(bad_workbook(tmp_path, f"H{look.width}"))
    wizard.read_again(row=2, depth=1)
    expect(wizard.column("价值/原值（万元）")).to_have_count(0)
    wizard.read_again(row=2, depth=2)
    expect(wizard.column("价值/原值（万元）")).to_have_value("cost")
    wizard.column("序号").select_option("note")
    wizard.shoot("columns")
    wizard.preview()
    assert wizard.counts() == [5, 2, 0, 0, 3]


@BOTH
def test_every_cell_that_cannot_be_right_says_why(visitors: Visitors, tmp_path: Path, look: Look) -> None:
    wizard = previewed(visitors, look, bad_workbook(tmp_path, f"W{look.width}"))
    wizard.shoot("preview")
    expect(wizard.problem(6)).to_contain_text("2019/13/5" if look is PHONE_EN else "月份不存在")
    expect(wizard.problem(7).locator("input[type=text]")).to_have_value("云川市航天局")
    expect(wizard.problem(8)).to_contain_text(f"W{look.width}-001")
    assert wizard.counts() == [5, 2, 0, 0, 3]


def test_the_workbook_comes_back_marked_and_the_batch_can_be_taken_back(visitors: Visitors, tmp_path: Path) -> None:
    wizard = previewed(visitors, DESKTOP, bad_workbook(tmp_path, "U"))
    wizard.commit()
    wizard.shoot("result")
    sheet = openpyxl.load_workbook(wizard.marked(tmp_path)).worksheets[0]
    noted = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment]
    assert {"H6", "E7", "B8"} <= set(noted)
    wizard.undo()
    wizard.page.goto("/ledger/asset/?q=U-001")
    expect(wizard.page.get_by_test_id("empty")).to_be_visible()


@BOTH
def test_what_was_imported_is_found_read_in_its_clause_and_excused(visitors: Visitors, tmp_path: Path, look: Look) -> None:
    name = imported(visitors, tmp_path, look)
    (evidence := tmp_path / "批复.pdf").write_bytes(b"%PDF-1.4 approval")
    inspection = Inspection(visitors.enter("inspector", look, "/standards/finding/"), look)
    inspection.sweep()
    inspection.search(PRICE, UNIT)
    inspection.shoot("findings")
    assert_clause(inspection, name)
    inspection.search(PRICE, UNIT)
    inspection.excuse(inspection.open(name), evidence)
    inspection.search(PRICE, UNIT)
    expect(inspection.row(name)).to_have_count(0)


def imported(visitors: Visitors, folder: Path, look: Look) -> str:
    """Import the workbook, mended on the page; return the name of its laptop, which is too dear."""
    mark = f"J{look.width}"
    wizard = previewed(visitors, look, bad_workbook(folder, mark))
    wizard.mend({6: "2019-12-05", 7: UNIT})
    wizard.mend({8: f"{mark}-005"})
    assert wizard.counts() == [5, 5, 0, 0, 0]
    wizard.commit()
    wizard.page.get_by_test_id("rows").click()
    expect(wizard.page.get_by_test_id("list").locator("tbody tr").first).to_contain_text(mark)
    return f"便携式计算机{mark}"


def assert_clause(inspection: Inspection, name: str) -> None:
    """Open the verdict and follow it to the table as printed."""
    verdict = inspection.open(name)
    expect(verdict).to_have_attribute("data-outcome", "doubt")
    expect(verdict.get_by_test_id("clause")).to_contain_text("财资〔2016〕27号")
    inspection.shoot("finding")
    expect(inspection.clause(verdict)).to_be_visible()
    inspection.shoot("clause")
