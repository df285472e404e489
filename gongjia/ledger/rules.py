"""Arithmetic of cards from values only: the state at a date as known at an instant, folded from entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

FOLLOWED = ("unit", "place", "custodian", "category", "status")


@dataclass
class State:
    """What a card is: the sum of its deltas and the last value of each followed field."""

    quantity: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)
    accumulated: Decimal = Decimal(0)
    values: dict[str, Any] = field(default_factory=dict)


def fold(entries: Iterable[Mapping[str, Any]], effective: dt.date, recorded: dt.datetime) -> State:
    """Return the state at (effective, recorded): entries with both times at or before, in any order of arrival.

    Of several entries about a field, the one recorded last holds, from its day on: a movement that is entered late, for an
    earlier day, stands over what was entered before it, as it does on the card itself. Each entry maps `effective_on`,
    `recorded_at`, `seq`, the three deltas, and `<field>_from` / `<field>_to`.
    """
    known = [entry for entry in entries if entry["effective_on"] <= effective and entry["recorded_at"] <= recorded]
    state = State()
    for entry in sorted(known, key=lambda entry: entry["seq"]):
        state.quantity += entry["quantity_delta"]
        state.cost += entry["cost_delta"]
        state.accumulated += entry["depreciation_delta"]
        for name in FOLLOWED:
            before, after = entry.get(f"{name}_from"), entry.get(f"{name}_to")
            if before != after:
                state.values[name] = after
    return state
