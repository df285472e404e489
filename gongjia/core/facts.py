"""Facts: a named table of what is so on a day, read by one SQL text from the database, judged column-wise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from gongjia.core.registry import Registry

FactType = Literal["int", "text", "date", "bool", "money", "area", "decimal1", "decimal2", "decimal3"]


@dataclass(frozen=True)
class FactColumn:
    """One column of facts; money and area arrive as the database's scaled integers."""

    name: str
    type: FactType
    label: Any = ""


@dataclass(frozen=True)
class Facts:
    """Facts of one subject.

    `sql` is the same text on SQLite and PostgreSQL; it takes the named parameters `on` (date, ISO text) and selects exactly
    `columns` in order. The first three columns are always `subject_id`, `unit_id` and `event_on` (the date by which a rule binds).
    """

    key: str
    subject: str
    sql: str
    columns: Sequence[FactColumn]
    label: Any = ""
    scope_column: str = "unit_id"
    params: Callable[[], dict[str, Any]] | None = None


facts: Registry[Facts] = Registry("facts")


def declare_facts(made: Facts) -> Facts:
    """Declare facts under their key."""
    return facts.add(made.key, made)
