"""Gives the user's own workbook back with the bad cells marked and the reason beside each row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from gongjia.importer.headers import Table
from gongjia.importer.sheets import ERROR_WORDS, Cell

COLOURS = {"refused": "F4C7C3", "warning": "FCE8B2"}
COMMENTS = 2_000
OWN_CELLS = 600_000
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said about a row of the sheet (zero-based), and about which column of it when about one."""

    row: int
    column: int | None
    level: str
    message: str


def annotate(path: Path, kind: str, table: Table, marks: Sequence[Mark], title: str, out: Path) -> Path:
    """Write the marked workbook to `out` (its suffix is corrected) and return where it is.

    An .xlsx or .xlsm stays the user's own, with its formats and other sheets; anything else, or one too large to
    rebuild, becomes a new .xlsx that holds the marked rows.
    """
    if kind == "xlsx" and table.sheet.height * table.sheet.width <= OWN_CELLS:
        try:
            return mark_own(path, table, marks, title, out)
        except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, OSError):
            pass
    return mark_fresh(table, marks, title, out.with_suffix(".xlsx"))


def mark_own(path: Path, table: Table, marks: Sequence[Mark], title: str, out: Path) -> Path:
    """Mark cells inside the workbook as it was handed in; macros of an .xlsm stay."""
    macros = path.suffix.lower() == ".xlsm" or out.suffix.lower() == ".xlsm"
    with path.open("rb") as stream:
        workbook = openpyxl.load_workbook(stream, keep_vba=macros)
    sheet = workbook[table.sheet.name]
    beside = table.sheet.width + 1
    sheet.cell(table.header + 1, beside, title)
    fills = {level: PatternFill("solid", fgColor=colour) for level, colour in COLOURS.items()}
    for number, mark in enumerate(marks):
        cell = sheet.cell(mark.row + 1, (beside if mark.column is None else mark.column + 1))
        if type(cell).__name__ != "MergedCell":
            cell.fill = fills[mark.level]
            if number < COMMENTS and mark.column is not None:
                cell.comment = Comment(mark.message, title)
    for row, text in reasons(marks).items():
        sheet.cell(row + 1, beside, harmless(text))
    out = out.with_suffix(".xlsm" if macros else ".xlsx")
    workbook.save(out)
    return out


def reasons(marks: Iterable[Mark]) -> dict[int, str]:
    """Return the text beside each row: its remarks joined, refusals first."""
    ordered = sorted(marks, key=lambda mark: (mark.row, mark.level != "refused"))
    return {row: "；".join(dict.fromkeys(mark.message for mark in group)) for row, group in groupby(ordered, lambda m: m.row)}


def mark_fresh(table: Table, marks: Sequence[Mark], title: str, out: Path) -> Path:
    """Write the header and the marked rows into a new workbook; no text of theirs can act as a formula."""
    options: Mapping[str, Any] = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    workbook = xlsxwriter.Workbook(str(out), {**options, "default_date_format": "yyyy-mm-dd"})
    sheet = workbook.add_worksheet(sheet_name(table.sheet.name))
    bold = workbook.add_format({"bold": True})
    looks = {level: workbook.add_format({"bg_color": f"#{colour}", "num_format": "General"}) for level, colour in COLOURS.items()}
    sheet.write_row(0, 0, [*(heading.title for heading in table.headings), title], bold)
    sheet.freeze_panes(1, 0)
    coloured = {(mark.row, mark.column): looks[mark.level] for mark in sorted(marks, key=lambda mark: mark.level == "refused")}
    for line, (row, text) in enumerate(reasons(marks).items(), 1):
        for column, value in enumerate(table.sheet.row(row)):
            write(sheet, line, column, value, coloured.get((row, column)))
        sheet.write_string(line, table.sheet.width, text)
    workbook.close()
    return out


def write(sheet: Any, line: int, column: int, value: Cell, look: Any) -> None:
    """Write a cell as its own kind; text stays text, so that long ids and leading zeros survive."""
    if isinstance(value, str):
        if value or look:
            sheet.write_string(line, column, harmless(value), look) if value else sheet.write_blank(line, column, None, look)
    else:
        sheet.write(line, column, value, look)


def harmless(text: str) -> str:
    """Return text that a spreadsheet will not take for a formula, also after it was saved as CSV."""
    if text.startswith(FORMULA_STARTS) and text not in ERROR_WORDS and not text[1:].replace(".", "").replace(",", "").isdigit():
        return "'" + text
    return text


def sheet_name(name: str) -> str:
    """Return a name that a workbook accepts."""
    return "".join("_" if sign in "[]:*?/\\" else sign for sign in name).strip("' ")[:31] or "Sheet1"
