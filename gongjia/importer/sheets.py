"""What a file becomes: a workbook of sheets of columns of plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | float | int | bool | date | datetime | time | timedelta
Column = Sequence[Cell]
Span = tuple[int, int, int, int]

ERROR_WORDS = frozenset({
    "#N/A", "#DIV/0!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#VALUE!", "#SPILL!", "#CALC!", "#GETTING_DATA",
})  # fmt: skip


def is_blank(value: Cell) -> bool:
    """True for an empty cell and for one that holds white space only."""
    return value == "" or (value.__class__ is str and not value.strip())


def letter(index: int) -> str:
    """Return the spreadsheet's name of a zero-based column: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


@dataclass(slots=True)
class Sheet:
    """One sheet, column by column; every column has the same height, an empty cell is ''."""

    name: str
    columns: list[Column] = field(default_factory=list)
    hidden: bool = False
    merged: list[Span] = field(default_factory=list)
    trouble: str = ""

    @property
    def height(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    @property
    def width(self) -> int:
        return len(self.columns)

    def row(self, index: int) -> list[Cell]:
        return [column[index] for column in self.columns]

    def rows(self, start: int = 0, stop: int | None = None) -> list[list[Cell]]:
        return [list(row) for row in zip(*(column[start:stop] for column in self.columns), strict=True)]


@dataclass(slots=True)
class Workbook:
    """A file as read: its name, the format found in its bytes, and its sheets in order."""

    name: str
    format: str
    sheets: list[Sheet]
    encoding: str = ""
    delimiter: str = ""

    def sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name.strip() == name.strip()), None)


def from_rows(name: str, rows: Sequence[Sequence[Cell]], hidden: bool = False) -> Sheet:
    """Build a sheet from ragged rows; short rows are filled with empty cells."""
    width = max(map(len, rows), default=0)
    padded = [row if len(row) == width else [*row, *[""] * (width - len(row))] for row in rows]
    return Sheet(name, [list(column) for column in zip(*padded, strict=True)], hidden)
