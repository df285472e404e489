"""Draft tables for the simulator: a book with some cells changed, in memory only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.forms import Form, read_form
from gongjia.standards.rulebook.loading import parse_text, read_table, x_places
from gongjia.standards.rulebook.schema import Row, Table, Version


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell of one row of one version set to another number or form."""

    version: str
    row: int
    value: str
    cell: Any


def draft(book: Rulebook, edits: Iterable[Edit]) -> Rulebook:
    """The book as it would read after the edits; raises KeyError, IndexError or BadForm for one that fits nothing."""
    for edit in edits:
        table, version = book.find(edit.version)
        row = version.rows[edit.row - 1]
        form = read_form(edit.cell, table.values[edit.value].places, x_places(book.codes))
        book = book.with_table(_with_row(table, version, edit.row, replace(row, values={**row.values, edit.value: form})))
    return book


def draft_table(book: Rulebook, name: str, text: str) -> Rulebook:
    """The book with one whole table written anew as YAML; raises BadTable where that cannot be read."""
    return book.with_table(read_table(name, parse_text(name, text), book.tables, x_places(book.codes)))


def _with_row(table: Table, version: Version, number: int, row: Row) -> Table:
    rows = (*version.rows[: number - 1], row, *version.rows[number:])
    versions = tuple(replace(each, rows=rows) if each.id == version.id else each for each in table.versions)
    return replace(table, versions=versions)


def differences(before: Rulebook, after: Rulebook) -> list[tuple[str, int, str, Any, Any]]:
    """(version, row, value, before, after) of every cell in which two drafts of the same tables differ."""
    return [
        (version.id, number, name, _printed(old, name), _printed(new.values, name))
        for key, table in after.tables.items()
        for version in table.versions
        for number, new in enumerate(version.rows, 1)
        for old in [_old_values(before, key, version.id, number)]
        for name in {**old, **new.values}
        if _printed(old, name) != _printed(new.values, name)
    ]


def _old_values(book: Rulebook, key: str, version_id: str, number: int) -> Mapping[str, Any]:
    versions = book.tables[key].versions if key in book.tables else ()
    rows = next((version.rows for version in versions if version.id == version_id), ())
    return rows[number - 1].values if number <= len(rows) else {}


def _printed(values: Mapping[str, Any], name: str) -> Any:
    cell = values.get(name)
    return cell.printed if isinstance(cell, Form) else cell
