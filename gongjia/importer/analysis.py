"""From a file to a proposal: which sheet, which header, which column is which field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from gongjia.importer.errors import Unreadable
from gongjia.importer.fields import Target
from gongjia.importer.headers import Heading, Table, find_table, table_at
from gongjia.importer.mapping import Match, Vocabulary, propose
from gongjia.importer.profile import Profile, matches, recognise, said
from gongjia.importer.reading import read
from gongjia.importer.sheets import Workbook
from gongjia.importer.targets import Ledger, ledger

FILE = "file"
"""The source of rows whose profile names none."""


@dataclass(slots=True)
class Column:
    """One field of the target with the columns that feed it."""

    match: Match
    headings: list[Heading]

    @property
    def target(self) -> Target:
        return self.match.target


@dataclass(slots=True)
class Analysis:
    """A file understood: the table, the ledger, the columns of each field, and constants for the others."""

    workbook: Workbook
    table: Table
    ledger: Ledger
    columns: list[Column]
    profile: Profile
    fixed: dict[str, Any] = field(default_factory=dict)

    def heading_of(self, name: str) -> Heading | None:
        """Return the first column that feeds a field."""
        return next((column.headings[0] for column in self.columns if column.target.name == name), None)

    @property
    def unmapped(self) -> list[Heading]:
        """Return the headings that feed no field."""
        used = {heading.index for column in self.columns for heading in column.headings}
        return [heading for heading in self.table.headings if heading.index not in used and heading.title]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user decided before or after looking: profile, sheet, header row (zero-based) and its depth, constants."""

    profile: Profile | None = None
    sheet: str = ""
    header: int | None = None
    depth: int = 1
    fixed: Mapping[str, Any] = field(default_factory=dict)


def analyse(path: Path, name: str, into: str, wish: Wish = Wish()) -> Analysis:
    """Read a file and propose how it becomes rows of a ledger; raise `Unreadable` or `NoTarget`."""
    ledger(into)  # before a large file is read for nothing
    return understand(read(path, name), into, wish)


def understand(workbook: Workbook, into: str, wish: Wish) -> Analysis:
    """Propose table and columns of a workbook that is read already."""
    target = ledger(into)
    table = choose_table(workbook, target, wish)
    profile = wish.profile or recognise(table, into) or Profile(into=into)
    if profile.refuse:
        raise Unreadable("no_ledger", workbook.name, table.sheet.name, what=said(profile.refuse, get_language() or "zh"))
    return settle(workbook, table, target, profile, wish)


def settle(workbook: Workbook, table: Table, target: Ledger, profile: Profile, wish: Wish) -> Analysis:
    """Match columns by the profile, else by their names; raise `Unreadable` when nothing matches."""
    if profile.rules:
        columns = [Column(match, headings) for match, headings in matches(profile, table, target.targets)]
    else:
        columns = [Column(match, [match.heading]) for match in propose(table, target.targets)]
    if not columns:
        headers = "、".join(heading.title for heading in table.headings if heading.title)
        raise Unreadable("nothing_mapped", workbook.name, table.sheet.name, target=str(target.resource.label), headers=headers)
    named = {column.target.name for column in columns}
    fixed = {name: value for name, value in {**profile.fixed, **wish.fixed}.items() if name not in named}
    return Analysis(workbook, table, target, columns, replace(profile, into=target.resource.key, source=profile.source or FILE), fixed)


def choose_table(workbook: Workbook, target: Ledger, wish: Wish) -> Table:
    """Take sheet and header where the user or the profile names them, else search."""
    profile = wish.profile or Profile()
    sheet_name = wish.sheet or profile.sheet
    header, depth = (wish.header, wish.depth) if wish.header is not None else (None, 1)
    if header is None and profile.header:
        header, depth = profile.header[0] - 1, profile.header[1]
    knows = Vocabulary(target.targets).knows
    if header is None:
        return find_table(workbook, knows, sheet_name)
    sheet = workbook.sheet(sheet_name) if sheet_name else next((s for s in workbook.sheets if s.height > header + depth), None)
    if sheet is None or sheet.height <= header + depth:
        raise Unreadable("no_table", workbook.name, sheet_name)
    return table_at(sheet, header, depth)
