"""The limits of one term as relations: which regime each unit is under, when some version speaks to it, and every limit by key and date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from gongjia.core.check import Check, Term
from gongjia.standards.engine.store import Store
from gongjia.standards.rulebook.binding import Coverage, Limit, Resolution, resolve
from gongjia.standards.rulebook.forms import UNBOUNDED

_INTEGERS = ("regime", "x_from", "x_to", "num", "lift", "den")


@dataclass(frozen=True)
class Limits:
    """What a term brings to the join; `limits` and `coverage` explain the numbers that the join hands back."""

    term: Term
    keys: tuple[str, ...]
    quantities: tuple[str, ...]
    limits: list[Limit]
    coverage: list[Coverage]
    relation: str


def bring(store: Store, check: Check, number: int, term: Term) -> Limits:
    """Resolve a term against all units of the store and put its relations there."""
    found = resolve(store.book, term.table, term.limit, store.signatures)
    name = f"{check.key.replace('.', '_')}_{number}"
    store.put(f"limits_{name}", _limit_table(found.keys, found.limits))
    store.put(f"coverage_{name}", _coverage_table(found.coverage))
    regimes = pa.table(
        {
            "signature": pa.array(range(len(store.signatures)), pa.int32()),
            "regime": pa.array([found.regimes[each] for each in store.signatures], pa.int32()),
        }
    )
    store.put(f"regimes_{name}", regimes)
    if check.listed:
        store.put(f"listed_{name}", _listed_table(found.keys.index(check.listed), found))
    quantities = tuple(sorted({limit.of for limit in found.limits if limit.of}))
    return Limits(term, found.keys, quantities, found.limits, found.coverage, name)


def _listed_table(place: int, found: Resolution) -> pa.Table:
    """When which value of the listed key is named by a row that speaks to the regime; an unknown value is listed always."""
    named = {(limit.regime, limit.key[place], limit.valid_from, limit.valid_to) for limit in found.limits}
    rows = sorted(named | {(regime, "", date.min, date.max) for regime in found.regimes.values()})
    types = {"regime": pa.int32(), "listed": pa.string(), "valid_from": pa.date32(), "valid_to": pa.date32()}
    return pa.table({name: pa.array([row[n] for row in rows], kind) for n, (name, kind) in enumerate(types.items())})


def _limit_table(keys: tuple[str, ...], limits: list[Limit]) -> pa.Table:
    columns: dict[str, Any] = {"limit_id": pa.array(range(len(limits)), pa.int32())}
    for place in range(len(keys)):
        columns[f"k{place}"] = pa.array([limit.key[place] for limit in limits], pa.string())
    for name in _INTEGERS:
        columns[name] = pa.array([_integer(limit, name) for limit in limits], pa.int64())
    columns["valid_from"] = pa.array([limit.valid_from for limit in limits], pa.date32())
    columns["valid_to"] = pa.array([limit.valid_to for limit in limits], pa.date32())
    columns["kind"] = pa.array([limit.kind for limit in limits], pa.string())
    columns["quantity"] = pa.array([limit.of for limit in limits], pa.string())
    columns["blocks"] = pa.array([limit.blocks for limit in limits], pa.bool_())
    return pa.table(columns)


def _integer(limit: Limit, name: str) -> int | None:
    value = getattr(limit, name)
    return value if value is not None else {"x_from": -1, "x_to": UNBOUNDED}.get(name)


def _coverage_table(coverage: list[Coverage]) -> pa.Table:
    return pa.table(
        {
            "coverage_id": pa.array(range(len(coverage)), pa.int32()),
            "regime": pa.array([each.regime for each in coverage], pa.int64()),
            "valid_from": pa.array([each.valid_from for each in coverage], pa.date32()),
            "valid_to": pa.array([each.valid_to for each in coverage], pa.date32()),
        }
    )
