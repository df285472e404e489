"""Check: which facts meet which standard. A declaration only; `standards` evaluates it as one join."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from gongjia.core.registry import Registry

Compare = Literal["<=", ">=", "between", "==", "true"]


@dataclass(frozen=True)
class Check:
    """One rule over facts.

    `where` and `value` are SQL expressions over the fact columns (DuckDB dialect), evaluated on every fact; a fact outside
    `where` is not judged. `table` names the standard whose row, found by `keys` (table key → fact expression), gives `limit`
    (a value column of the table); without a table, `limit` is itself an expression. `value` compared with the limit by
    `compare` is the verdict; a fact whose row is missing "cannot be decided". `unit` is the unit of value and limit.
    """

    key: str
    label: Any
    facts: str
    value: str
    compare: Compare
    limit: str
    unit: str
    table: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    where: str = "true"
    head_count: str = ""
    event_on: str = "event_on"
    arithmetic: Any = ""
    advice: Any = ""
    missing: Any = ""
    group: str = ""
    kind: Literal["limit", "contradiction"] = "limit"
    evidence: Sequence[str] = ()


checks: Registry[Check] = Registry("check")


def declare_check(made: Check) -> Check:
    """Declare a check under its key."""
    return checks.add(made.key, made)
