"""Refused rows go back as the user's own workbook: cells marked, reasons beside, nothing that acts as a formula."""

from pathlib import Path

import openpyxl
import pytest

from gongjia.importer.annotate import Mark, annotate, harmless
from gongjia.importer.headers import Table, find_table
from gongjia.importer.reading import read

MARKS = [Mark(2, 1, "refused", "不是日期"), Mark(2, None, "warning", "提醒"), Mark(1, 0, "warning", "编号短")]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (["编号", "日期"], ["01", "2024-01-01"], ["02", "昨天"]):
        book.active.append(row)
    book["Sheet"]["A1"].font = openpyxl.styles.Font(bold=True)
    book.create_sheet("说明")["A1"] = "=1+1"
    book.save(tmp_path / "账.xlsx")
    return tmp_path / "账.xlsx"


def marked(path: Path, out: Path) -> tuple[Table, Path]:
    workbook = read(path)
    table = find_table(workbook)
    return table, annotate(path, workbook.format, table, MARKS, "导入结果", out)


def test_the_own_workbook_keeps_its_formats_sheets_and_formulas(own: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(marked(own, tmp_path / "out.xlsx")[1])
    assert book["Sheet"]["A1"].font.bold and book["说明"]["A1"].value == "=1+1"


def test_cells_are_filled_and_commented_and_the_reason_stands_beside(own: Path, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(marked(own, tmp_path / "out.xlsx")[1])["Sheet"]
    assert sheet["B3"].fill.fgColor.rgb.endswith("F4C7C3") and sheet["B3"].comment.text == "不是日期"
    assert [sheet.cell(row, 3).value for row in (1, 2, 3)] == ["导入结果", "编号短", "不是日期；提醒"]


def test_a_csv_comes_back_as_a_workbook_of_the_marked_rows(tmp_path: Path) -> None:
    path = tmp_path / "账.csv"
    path.write_text("编号,日期\n01,2024-01-01\n0200000000000000001,=HYPERLINK(1)\n", encoding="gbk")
    rows = list(openpyxl.load_workbook(marked(path, tmp_path / "out.csv")[1]).active.iter_rows(values_only=True))
    assert rows[2] == ("0200000000000000001", "'=HYPERLINK(1)", "不是日期；提醒")


@pytest.mark.parametrize(
    ("text", "safe"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("-cmd", "'-cmd"), ("-12.5", "-12.5"), ("+8613800000000", "+8613800000000"), ("a=b", "a=b")],
)
def test_text_that_could_act_as_a_formula_is_made_harmless(text: str, safe: str) -> None:
    assert harmless(text) == safe
