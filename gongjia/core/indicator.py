"""Indicator: how much, per unit and period. A figure is always linked to the rows that it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gongjia.core.registry import Registry


@dataclass(frozen=True)
class Figure:
    """One number of an indicator: for a unit or a kind, with the list that shows its rows; `parts` are numbers counted with it."""

    value: Decimal | int
    label: Any = ""
    unit_id: int | None = None
    key: str = ""
    query: str = ""
    parts: Mapping[str, Decimal | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Indicator:
    """A counted number. `figures(user, on, unit_path)` returns it split by `by` ("unit", "kind", …)."""

    key: str
    label: Any
    unit: str
    by: str
    resource: str
    figures: Callable[[Any, dt.date, str], Sequence[Figure]] = field(repr=False)
    kind: str = "integer"
    help: Any = ""


indicators: Registry[Indicator] = Registry("indicator")


def indicator(
    key: str, *, label: Any, unit: str, by: str, resource: str, kind: str = "integer", help: Any = ""
) -> Callable[[Callable[[Any, dt.date, str], Sequence[Figure]]], Indicator]:
    """Declare a function `(user, on, unit_path) -> figures` as the indicator `key`."""

    def declare(function: Callable[[Any, dt.date, str], Sequence[Figure]]) -> Indicator:
        return indicators.add(key, Indicator(key, label, unit, by, resource, function, kind, help))

    return declare
