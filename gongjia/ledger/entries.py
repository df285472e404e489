"""Appending entries: what each change of a card means as a movement, and how a batch of movements is reversed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Max

from gongjia.core import bulk
from gongjia.core.action import Context
from gongjia.core.reservations import refuse_reserved
from gongjia.core.writing import Change
from gongjia.ledger.choices import EntryKind
from gongjia.ledger.models import Entry

PAIRS = {"unit_id": "unit", "place_id": "place", "custodian_id": "custodian", "category_id": "category", "status": "status"}
DELTAS = {"quantity": "quantity_delta", "cost": "cost_delta", "accumulated": "depreciation_delta"}
_KINDS = (
    ("unit_id", EntryKind.TRANSFER),
    ("cost", EntryKind.REVALUE),
    ("accumulated", EntryKind.DEPRECIATE),
    ("status", EntryKind.STATUS),
    ("custodian_id", EntryKind.HAND_OVER),
    ("place_id", EntryKind.MOVE),
    ("category_id", EntryKind.RECLASSIFY),
    ("quantity", EntryKind.SPLIT),
)


_MANY = 10_000  # from so many cards on, the last entry of all is found in one pass


def _column(field: str) -> str:
    return field if field.startswith("status") else f"{field}_id"


def append_first(context: Context, ids: Sequence[int], columns: Mapping[str, Any]) -> None:
    """Append the registering entry of new cards, from the same columns that were inserted."""
    count = len(ids)
    to = {_column(f"{name}_to"): columns[attribute] for attribute, name in PAIRS.items() if attribute in columns}
    deltas = {delta: columns[attribute] for attribute, delta in DELTAS.items() if attribute in columns}
    effective = [day or context.on for day in columns.get("acquired_on", [None] * count)]
    _insert(context, count, asset_id=list(ids), kind=EntryKind.REGISTER.value, seq=1, effective_on=effective, **to, **deltas)


def append_changes(
    context: Context, changes: Sequence[Change], kind: EntryKind | None = None, note: str = "", held_too: bool = False
) -> None:
    """Append one entry for each change that touches unit, place, custodian, class, state, quantity or value.

    Raises Refused for a card that somebody else's request reserves, unless `held_too`: a reform moves the request as well.
    """
    moved = [change for change in changes if any(name in change.after for name in (*PAIRS, *DELTAS))]
    if not moved:
        return
    columns: dict[str, list[Any]] = {}
    for attribute, name in PAIRS.items():
        empty = "" if name == "status" else None
        columns[_column(f"{name}_from")] = [change.before.get(attribute, empty) for change in moved]
        columns[_column(f"{name}_to")] = [change.after.get(attribute, empty) for change in moved]
    for attribute, delta in DELTAS.items():
        columns[delta] = [_difference(change, attribute) for change in moved]
    kinds = [kind.value if kind else _kind_of(change) for change in moved]
    ids = [change.pk for change in moved]
    if not held_too:
        refuse_reserved("ledger.asset", ids, context.request_key)
    _insert(context, len(moved), asset_id=ids, kind=kinds, seq=_next_seq(ids), effective_on=context.on, note=note, **columns)


def _difference(change: Change, attribute: str) -> Decimal:
    """Return by how much the stored amount changes: both ends are rounded before they are compared."""
    if attribute not in change.after:
        return Decimal(0)
    stored = Entry._meta.get_field(DELTAS[attribute]).to_python
    return stored(change.after[attribute]) - stored(change.before[attribute])


def _kind_of(change: Change) -> str:
    return next(kind.value for name, kind in _KINDS if name in change.after)


def _next_seq(ids: Sequence[int]) -> list[int]:
    last: dict[int, int] = {}
    if len(ids) > _MANY:
        rows = Entry.objects.order_by().values_list("asset").annotate(Max("seq"))
        last.update(rows)
        return [last.get(pk, 0) + 1 for pk in ids]
    for start in range(0, len(ids), 900):
        rows = Entry.objects.filter(asset__in=ids[start : start + 900]).order_by().values_list("asset").annotate(Max("seq"))
        last.update(rows)
    return [last.get(pk, 0) + 1 for pk in ids]


def _insert(context: Context, count: int, **columns: Any) -> None:
    batch = context.batch.pk if context.batch else None
    bulk.insert(
        Entry, count, recorded_at=context.now, batch_id=batch, actor_id=context.actor_id, request_key=context.request_key, **columns
    )


def append_amounts(
    context: Context, ids: Sequence[int], kind: EntryKind, on: dt.date, note: str = "", seq: Sequence[int] = (), **deltas: Sequence[Any]
) -> None:
    """Append one entry a card that changes its value alone and moves nothing, effective on a day; reservations do not hinder it."""
    columns: dict[str, Any] = {DELTAS[name]: values for name, values in deltas.items()}
    _insert(context, len(ids), asset_id=list(ids), kind=kind.value, seq=seq or _next_seq(ids), effective_on=on, note=note, **columns)


def append_reversals(context: Context, batch_id: int, held_too: bool = False) -> None:
    """Append the reversal of every entry of a batch: what went from A to B goes back, every delta with its sign turned."""
    entries = list(Entry.objects.filter(batch=batch_id).order_by("-id").values())
    columns: dict[str, list[Any]] = {}
    for name in PAIRS.values():
        before, after = _column(f"{name}_from"), _column(f"{name}_to")
        columns[before] = [entry[after] for entry in entries]
        columns[after] = [entry[before] for entry in entries]
    for delta in DELTAS.values():
        columns[delta] = [-entry[delta] for entry in entries]
    ids = [entry["asset_id"] for entry in entries]
    if not held_too:
        refuse_reserved("ledger.asset", ids, context.request_key)
    _insert(
        context,
        len(entries),
        asset_id=ids,
        kind=EntryKind.REVERSE.value,
        seq=_next_seq(ids),
        effective_on=[entry["effective_on"] for entry in entries],
        reverses_id=[entry["id"] for entry in entries],
        **columns,
    )
