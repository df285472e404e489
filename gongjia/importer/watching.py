"""What a profile remarks on in the cells of a file: `when: repeated`, `when: "<= 0"`, `when: empty` …"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gongjia.importer.dates import NotADate, read_date
from gongjia.importer.headers import Table
from gongjia.importer.numbers import NotANumber, number
from gongjia.importer.profile import Profile, Watch, heading_named
from gongjia.importer.sheets import Cell, is_blank
from gongjia.importer.transforms import text_of

COMPARE = re.compile(r"(<=|>=|<|>|==)\s*(.+)")
ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b, "<": lambda a, b: a < b, ">": lambda a, b: a > b, "==": lambda a, b: a == b,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remark:
    """A watch that holds: the data row (None for the whole column), the column, and the parameters of its sentence."""

    watch: Watch
    row: int | None
    column: int
    params: dict[str, object]


def remarks(profile: Profile, table: Table) -> list[Remark]:
    """Return every remark of a profile on a table, watch by watch."""
    found: list[Remark] = []
    for watch in profile.watch:
        headings = [heading_named(table, title) for title in watch.columns]
        if headings[0] is None or None in headings:
            continue
        columns = [table.values(heading.index) for heading in headings if heading]
        rows = holding(watch.when, columns)
        found += gathered(watch, headings[0].index, columns[0], rows)
    return found


def gathered(watch: Watch, column: int, cells: Sequence[Cell], rows: list[tuple[int, int | None]]) -> list[Remark]:
    """One remark a row, or one for the column with the count."""
    if watch.once:
        first = text_of(cells[rows[0][0]]) if rows else ""
        return [Remark(watch, None, column, {"count": len(rows), "value": first})] if rows else []
    return [Remark(watch, row, column, {"value": text_of(cells[row]), "first": first}) for row, first in rows]


def holding(when: str, columns: Sequence[Sequence[Cell]]) -> list[tuple[int, int | None]]:
    """Return the rows in which a condition holds, each with the earlier row that it refers to, if any."""
    if when == "repeated":
        return repeated(list(zip(*columns, strict=True)))
    if when == "repeated elsewhere":
        return repeated_elsewhere(columns[0], columns[1])
    if when == "all empty":
        return [(row, None) for row in range(len(columns[0]))] if all(map(is_blank, columns[0])) else []
    test = condition(when)
    verdicts = {cell: test(cell) for cell in set(columns[0])}
    return [(row, None) for row, cell in enumerate(columns[0]) if verdicts[cell]]


def repeated(keys: Sequence[tuple[Cell, ...]]) -> list[tuple[int, int | None]]:
    first: dict[tuple[str, ...], int] = {}
    found: list[tuple[int, int | None]] = []
    for row, key in enumerate(keys):
        plain = tuple(text_of(part).strip() for part in key)
        if any(plain) and first.setdefault(plain, row) != row:
            found.append((row, first[plain]))
    return found


def repeated_elsewhere(values: Sequence[Cell], owners: Sequence[Cell]) -> list[tuple[int, int | None]]:
    """Return the rows whose value was first seen with another owner, once for each further owner."""
    first: dict[str, tuple[str, int]] = {}
    seen: set[tuple[str, str]] = set()
    found: list[tuple[int, int | None]] = []
    for row, (value, owner) in enumerate(zip(map(text_of, values), map(text_of, owners), strict=True)):
        if not value.strip():
            continue
        known, at = first.setdefault(value.strip(), (owner, row))
        if known != owner and (value.strip(), owner) not in seen:
            seen.add((value.strip(), owner))
            found.append((row, at))
    return found


def condition(when: str) -> Callable[[Cell], bool]:
    """Return the test of one cell that a condition's words describe."""
    if when == "empty":
        return is_blank
    if when.startswith("in "):
        words = {word.strip().casefold() for word in when[3:].split("|")}
        return lambda cell: text_of(cell).strip().casefold() in words
    if when.startswith("matches "):
        pattern = re.compile(when[8:])
        return lambda cell: not is_blank(cell) and bool(pattern.search(text_of(cell).strip()))
    compared = COMPARE.fullmatch(when)
    if compared is None:
        raise ValueError(when)
    return comparison(ORDERS[compared[1]], operand(compared[2].strip()))


def operand(text: str) -> Decimal | date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Decimal(text)


def comparison(order: Callable[[Any, Any], bool], limit: Decimal | date) -> Callable[[Cell], bool]:
    """Compare as dates where the limit is a date, else as numbers; what cannot be compared does not hold."""

    def test(cell: Cell) -> bool:
        if is_blank(cell):
            return False
        try:
            return order(read_date(cell)[0] if isinstance(limit, date) else number(cell), limit)
        except (NotADate, NotANumber, ArithmeticError, ValueError):
            return False

    return test
