"""What the ledger was on a day, by what had been recorded at an instant: one fold over the entries, in the database.

A field's last value is found by one number, sequence x 2^32 + key, so that one pass over the entries gives the whole state.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from gongjia.core.models import AuditEntry
from gongjia.core.periods import today
from gongjia.ledger.choices import AssetStatus

STEP = 1 << 32
MASK = STEP - 1
STATUSES = tuple(AssetStatus.values)
KEYS = ("unit", "place", "custodian", "category")


@dataclass(frozen=True)
class Moment:
    """A business day, and the instant whose knowledge counts."""

    on: dt.date
    known: dt.datetime

    @property
    def params(self) -> list[Any]:
        return [connection.ops.adapt_datefield_value(self.on), connection.ops.adapt_datetimefield_value(self.known)]


def now() -> Moment:
    """Return today by what is known now."""
    return Moment(today(), timezone.now())


def _number(end: str) -> str:
    words = " ".join(f"WHEN '{status}' THEN {number}" for number, status in enumerate(STATUSES, 1))
    return f"CASE e.status_{end} {words} ELSE 0 END"


def _last(field: str) -> str:
    """Return the aggregate whose low half is the key that the last entry about a field gave it."""
    before, after = (
        (_number("from"), _number("to")) if field == "status" else (f"COALESCE(e.{field}_from_id, 0)", f"COALESCE(e.{field}_to_id, 0)")
    )
    return f"MAX(CASE WHEN {before} <> {after} THEN e.seq * {STEP} + {after} END) AS {field}_last"


def fold_sql(where: str = "") -> str:
    """Return the SELECT of every card's state: keys, sums as whole numbers, and the status as its number; takes (day, instant)."""
    lasts = ", ".join(_last(field) for field in (*KEYS, "status"))
    keys = ", ".join(f"NULLIF({field}_last & {MASK}, 0) AS {field}_id" for field in KEYS)
    return f"""
SELECT asset_id, {keys}, COALESCE(status_last & {MASK}, 0) AS status, quantity, cost, accumulated FROM (
  SELECT e.asset_id, {lasts}, SUM(e.quantity_delta) AS quantity, SUM(e.cost_delta) AS cost, SUM(e.depreciation_delta) AS accumulated
  FROM ledger_entry e WHERE e.effective_on <= %s AND e.recorded_at <= %s {where} GROUP BY e.asset_id) folded"""  # noqa: S608 - names come from here


HELD = f"s.unit_id IS NOT NULL AND s.status NOT IN (0, {STATUSES.index(AssetStatus.DISPOSED) + 1})"


@dataclass(frozen=True)
class Wanted:
    """Which cards: of these units (None: all), of a class prefix, in a state; on the books only, unless said otherwise."""

    units: tuple[int, ...] | None = None
    prefix: str = ""
    status: str = ""
    text: str = ""
    books_only: bool = True


def numbers(values: Iterable[int]) -> str:
    """Write whole numbers as an SQL list; no list is too long for a statement, and nothing else can stand in it; none is no key."""
    return ", ".join(str(int(value)) for value in values) or "0"


def _conditions(wanted: Wanted, moment: Moment) -> tuple[str, list[Any]]:
    parts, params = [HELD], []
    if wanted.units is not None:
        parts.append(f"s.unit_id IN ({numbers(wanted.units)})")
    if wanted.prefix:
        parts.append("c.code LIKE %s" if wanted.prefix != "-" else "s.category_id IS NULL")
        params += [f"{wanted.prefix}%"] if wanted.prefix != "-" else []
    if wanted.status in STATUSES:
        parts.append(f"s.status = {STATUSES.index(wanted.status) + 1}")
    if wanted.text:
        parts.append("(a.number LIKE %s OR a.name LIKE %s)")
        params += [f"%{wanted.text}%"] * 2
    if wanted.books_only:
        part, more = _on_books(moment)
        parts, params = [*parts, part], [*params, *more]
    return " AND ".join(parts), params


def _on_books(moment: Moment) -> tuple[str, list[Any]]:
    """A card that a disposal took off the books stood on them before it; other changes are read back from the audit."""
    changed = former("on_books", moment.known)
    off, on = ([pk for pk, value in changed.items() if value is wanted] for wanted in (False, True))
    gone = "EXISTS (SELECT 1 FROM ledger_entry d WHERE d.asset_id = a.id AND d.status_to = %s AND d.recorded_at <= %s)"
    part = f"(a.on_books AND a.id NOT IN ({numbers(off)}) OR a.id IN ({numbers(on)}) OR {gone})"
    return part, [AssetStatus.DISPOSED.value, moment.params[1]]


def former(field: str, known: dt.datetime) -> dict[int, Any]:
    """Return, by card, what a field was at an instant where it was changed later: entries do not carry it, the audit does."""
    return formers((field,), known)[field]


def formers(fields: Sequence[str], known: dt.datetime) -> dict[str, dict[int, Any]]:
    """Return the same for several fields, in one pass over the audit."""
    later = AuditEntry.objects.filter(subject="ledger.asset", at__gt=known, before__has_any_keys=list(fields)).order_by("-id")
    found: dict[str, dict[int, Any]] = {field: {} for field in fields}
    for pk, before in later.values_list("subject_id", "before"):
        for field in before.keys() & found.keys():
            found[field][pk] = before[field]
    return found


def _joined(columns: str, moment: Moment, wanted: Wanted, tail: str) -> tuple[str, list[Any]]:
    where, params = _conditions(wanted, moment)
    sql = f"""
WITH s AS ({fold_sql()})
SELECT {columns} FROM s JOIN ledger_asset a ON a.id = s.asset_id LEFT JOIN ledger_category c ON c.id = s.category_id
WHERE {where} {tail}"""  # noqa: S608 - values are parameters
    return sql, [*moment.params, *params]


def _fetch(sql: str, params: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        return list(cursor.fetchall())


@dataclass(frozen=True)
class Total:
    """Cards, quantity, cost and accumulated depreciation of one group; money in 分, quantity in hundredths."""

    key: int | None
    cards: int
    quantity: int
    cost: int
    accumulated: int

    @property
    def net(self) -> int:
        return self.cost - self.accumulated


_SUMS = "COUNT(*), CAST(SUM(s.quantity) AS BIGINT), CAST(SUM(s.cost) AS BIGINT), CAST(SUM(s.accumulated) AS BIGINT)"


def totals(moment: Moment, by: str, wanted: Wanted = Wanted()) -> list[Total]:
    """Return what was held, grouped by "unit", "category", "status", "place" or "custodian"."""
    column = "s.status" if by == "status" else f"s.{by}_id"
    sql, params = _joined(f"{column}, {_SUMS}", moment, wanted, f"GROUP BY {column} ORDER BY {column}")
    return [Total(*row) for row in _fetch(sql, params)]


@dataclass(frozen=True)
class Held:
    """One card as it was."""

    pk: int
    number: str
    name: str
    unit: int
    category: int | None
    place: int | None
    custodian: int | None
    status: str
    quantity: int
    cost: int
    accumulated: int

    @property
    def net(self) -> int:
        return self.cost - self.accumulated


_CARD = "a.id, a.number, a.name, s.unit_id, s.category_id, s.place_id, s.custodian_id, s.status, s.quantity, s.cost, s.accumulated"


def cards(moment: Moment, wanted: Wanted = Wanted(), after: int = 0, limit: int = 0) -> list[Held]:
    """Return the cards held, in the order of their keys, from behind the key `after` on; number and name are those of now."""
    tail = f"AND a.id > {int(after)} ORDER BY a.id" + (f" LIMIT {int(limit)}" if limit else "")
    sql, params = _joined(_CARD, moment, wanted, tail)
    rows: list[list[Any]] = [[*row[:7], STATUSES[row[7] - 1], *map(int, row[8:])] for row in _fetch(sql, params)]
    return [Held(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class CardState:
    """One card's state as keys and whole numbers; a unit of None: not there yet, or taken back."""

    unit: int | None
    place: int | None
    custodian: int | None
    category: int | None
    status: str
    quantity: int
    cost: int
    accumulated: int

    @property
    def held(self) -> bool:
        return self.unit is not None and self.status not in ("", AssetStatus.DISPOSED)


def states(moment: Moment, ids: Sequence[int] | None = None) -> dict[int, CardState]:
    """Return the state of every card, or of some, by primary key; cards without an entry by then are left out."""
    sql = fold_sql("" if ids is None else f"AND e.asset_id IN ({numbers(ids)})")
    names = ("", *STATUSES)
    rows: list[list[Any]] = [[row[0], *row[1:5], names[row[5]], *map(int, row[6:])] for row in _fetch(sql, moment.params)]
    return {pk: CardState(*state) for pk, *state in rows}
