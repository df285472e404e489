"""A return in words: tables with their headings, values by kind, cells that lead to their rows; and the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjia.domains.accounting.sheets import Sheet
from gongjia.org.choices import Nature, Tier
from gongjia.publishing.crosschecks import Check
from gongjia.publishing.form import Column, Form, TableForm
from gongjia.publishing.reckoning import OWN_LENT, OWN_USED, USED, Cell, Line, Made
from gongjia.web.addresses import row_url
from gongjia.web.wording import number

NUMBERS = ("area", "count", "money")


def ownership_words(code: str) -> str:
    """Return a kind of ownership as the report names it."""
    return {OWN_USED: _("自有并由党政机关使用"), OWN_LENT: _("自有、出租出借给外单位"), USED: _("非自有而使用（含租用）")}[code]


def words(column: Column, value: str) -> str:
    """Return a cell's value in words."""
    if not value:
        return ""
    if column.key == "ownership":
        return ownership_words(value)
    if column.key in ("level", "nature"):
        return str(dict((Tier if column.key == "level" else Nature).choices).get(value, value))
    return number(value) if column.kind in NUMBERS else value


@dataclass(frozen=True)
class Shown:
    """One cell as it is drawn; `url` opens the rows behind it."""

    words: str
    url: str = ""
    number: bool = False
    label: str = ""


@dataclass(frozen=True)
class Told:
    """One table as it is drawn."""

    form: TableForm
    heads: list[tuple[str, bool, bool]]
    """Title, whether it is 待核, whether it is a number."""
    lines: list[list[Shown]]


def told(made: Made, form: Form, query: dict[str, Any]) -> list[Told]:
    """Return all tables; those that are kept out have no rows."""
    return [_table(table, made.tables.get(table.key, []), query) for table in form.tables]


def _table(form: TableForm, lines: Sequence[Line], query: dict[str, Any]) -> Told:
    heads = [(heading(column), not column.seen, column.kind in NUMBERS) for column in form.columns]
    return Told(form, heads, [[_shown(form, column, line, query) for column in form.columns] for line in lines])


def _shown(form: TableForm, column: Column, line: Line, query: dict[str, Any]) -> Shown:
    cell = line.cells.get(column.key, Cell(""))
    return Shown(words(column, cell.value), _url(form, column, line, cell, query), column.kind in NUMBERS, heading(column))


def _url(form: TableForm, column: Column, line: Line, cell: Cell, query: dict[str, Any]) -> str:
    if cell.refs is None or not cell.refs[1]:
        return ""
    if len(cell.refs[1]) == 1:
        return row_url(cell.refs[0], cell.refs[1][0])
    return f"{reverse('publishing:rows')}?{urlencode({**query, 'table': form.key, 'row': line.key, 'column': column.key})}"


def heading(column: Column) -> str:
    """Return the heading of a column with its unit."""
    return f"{column.title}（m²）" if column.kind == "area" else column.title


def marked(column: Column) -> str:
    """Return the heading as the workbook has it: what was not seen in the official form says so."""
    return heading(column) if column.seen else f"{heading(column)}[{_('待核')}]"


def sheets(made: Made, form: Form, checks: Sequence[Check]) -> list[Sheet]:
    """Return the return as sheets: its tables, the one that is kept out with its reason, and the cross-checks."""
    found: list[Sheet] = []
    for table in form.tables:
        name = f"{table.number} {table.title}"
        if table.out:
            found.append((name[:31], [_("说明")], [[table.out]]))
            continue
        rows = [[_value(column, line.cells.get(column.key, Cell(""))) for column in table.columns] for line in made.tables[table.key]]
        found.append((name[:31], [marked(column) for column in table.columns], rows))
    result = [
        [check.words, check.left, check.right, _("通过") if check.holds else _("未通过"), "；".join(check.broken)] for check in checks
    ]
    found.append((_("表间校核"), [_("校核"), _("左边"), _("右边"), _("结果"), _("未通过的行")], result))
    return found


def _value(column: Column, cell: Cell) -> Any:
    if column.kind in NUMBERS and cell.value:
        return float(cell.value)
    return words(column, cell.value)
