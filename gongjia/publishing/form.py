"""The form of the return, as its YAML says: tables by topic, columns, which of them were seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

FOLDER = Path(__file__).parent / "returns"
OFFICE_SPACE = "office_space"
DIGITS = 12


@dataclass(frozen=True)
class Column:
    """One column; `seen` says whether it was read in the official form, `missing` that no ledger holds it."""

    key: str
    titles: dict[str, str]
    kind: str
    seen: bool
    missing: bool = False

    @property
    def title(self) -> str:
        return spoken(self.titles)


@dataclass(frozen=True)
class TableForm:
    """One table; `out` says why it is not filled in here."""

    key: str
    number: int
    titles: dict[str, str]
    columns: tuple[Column, ...]
    why_out: dict[str, str]

    @property
    def title(self) -> str:
        return spoken(self.titles)

    @property
    def out(self) -> str:
        return spoken(self.why_out) if self.why_out else ""


@dataclass(frozen=True)
class Form:
    """One version of the form, in force from a day."""

    id: str
    since: dt.date
    titles: dict[str, str]
    source: dict[str, str]
    tables: tuple[TableForm, ...]

    @property
    def title(self) -> str:
        return spoken(self.titles)

    @property
    def filled(self) -> tuple[TableForm, ...]:
        """The tables that are filled in here."""
        return tuple(table for table in self.tables if not table.why_out)

    def table(self, key: str) -> TableForm:
        return next(table for table in self.tables if table.key == key)


def spoken(titles: dict[str, str]) -> str:
    """Return a wording in the reader's language."""
    return titles["en"] if get_language() == "en" else titles["zh"]


def _column(raw: dict[str, Any]) -> Column:
    return Column(raw["key"], raw["title"], raw.get("kind", "text"), raw["seen"], raw.get("missing", False))


def _table(raw: dict[str, Any]) -> TableForm:
    return TableForm(raw["key"], raw["number"], raw["title"], tuple(map(_column, raw["columns"])), raw.get("out") or {})


@lru_cache(maxsize=4)
def versions(key: str = OFFICE_SPACE) -> tuple[Form, ...]:
    """Return all versions of a form, the oldest first."""
    raw = yaml.load((FOLDER / f"{key}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    made = (Form(one["id"], one["from"], raw["title"], raw["source"], tuple(map(_table, one["tables"]))) for one in raw["versions"])
    return tuple(sorted(made, key=lambda form: form.since))


def form_on(on: dt.date) -> Form | None:
    """Return the version in force on a day; None before the first."""
    return next((form for form in reversed(versions()) if form.since <= on), None)


def form_of(version: str) -> Form:
    """Return a version by its name."""
    return next(form for form in versions() if form.id == version)


def is_code(code: str) -> bool:
    """Say whether a text is a division code of twelve digits."""
    return len(code) == DIGITS and code.isascii() and code.isdigit()


def file_name(name: str, code: str) -> str:
    """Return the name of the file: full name of the division, hyphen, code of twelve digits; raises ValueError for any other code."""
    if not is_code(code):
        raise ValueError(code)
    return f"{name}-{code}"
