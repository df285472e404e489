"""资产年报 of a unit and year, as known at an instant: computed from entries alone, each row proved by the movements of the year."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from gongjia.domains.accounting.stepping import NOTHING, Row, Table, Unbalanced, Vector, minus, parts, plus
from gongjia.domains.accounting.subtree import units_within
from gongjia.domains.accounting.topics import MOVED_IN, MOVED_OUT, TOPICS, Place
from gongjia.ledger.asof import CardState, Moment, formers, states
from gongjia.ledger.choices import AssetStatus, EntryKind
from gongjia.ledger.models import Asset, Category, Entry
from gongjia.standards.engine.dimensions import current_code
from gongjia.standards.rulebook.loading import load

FOLLOWED = ("unit", "category", "status")
CHUNK = 900
Seen = Callable[[str, str, str, int, Vector, Vector], None]
"""Called with topic, row, what (opening, closing or a kind), card, what it adds and what it takes: how a figure leads to its rows."""


@dataclass(frozen=True)
class Asked:
    """Whose report, of which year, by the knowledge of which instant."""

    unit: int
    year: int
    known: dt.datetime

    @property
    def opening(self) -> dt.date:
        return dt.date(self.year - 1, 12, 31)

    @property
    def closing(self) -> dt.date:
        return dt.date(self.year, 12, 31)


@dataclass
class Report:
    """The tables by topic, with how many rows were proved."""

    asked: Asked
    tables: dict[str, Table] = field(default_factory=lambda: {topic.key: Table() for topic in TOPICS})
    entering: Vector = NOTHING
    leaving: Vector = NOTHING
    proved: int = 0


class _Cards:
    """What entries do not carry, as it was at the instant: read from the card, and back from the audit where it changed later."""

    def __init__(self, known: dt.datetime) -> None:
        rows = Asset.objects.values_list("pk", "account_subject", "acquisition", "disposal", "on_books")
        self.subject, self.acquisition, self.disposal, self.on_books = {}, {}, {}, {}
        for pk, subject, acquisition, disposal, on_books in rows.iterator(chunk_size=10_000):
            self.subject[pk], self.acquisition[pk], self.disposal[pk], self.on_books[pk] = subject, acquisition, disposal, on_books
        columns = {"account_subject": self.subject, "acquisition": self.acquisition, "disposal": self.disposal, "on_books": self.on_books}
        for name, changed in formers(tuple(columns), known).items():
            columns[name].update(changed)
        # A disposal takes a card off the books; until then it stood on them.
        gone = Entry.objects.filter(status_to=AssetStatus.DISPOSED, recorded_at__lte=known)
        self.on_books.update(dict.fromkeys(gone.values_list("asset", flat=True), True))


class _Reckoning:
    """One report while it is being made."""

    def __init__(self, asked: Asked, seen: Seen | None) -> None:
        self.asked, self.seen, self.report = asked, seen, Report(asked)
        self.units = units_within(asked.unit, asked.closing, asked.known)
        self.cards, self.still = _Cards(asked.known), dict[Place, Row]()
        book = load()
        found = Category.objects.values_list("pk", "edition", "code")
        self.codes: dict[int | None, str] = {pk: current_code(book, edition, code) for pk, edition, code in found}

    def place(self, pk: int, state: CardState | None) -> Place | None:
        """Return where a card stands in the report, None where it does not."""
        if state is None or not state.held or state.unit not in self.units or not self.cards.on_books.get(pk, True):
            return None
        return Place(state.unit or 0, self.codes.get(state.category, ""), state.status, self.cards.subject.get(pk, ""))

    def run(self) -> Report:
        opening = states(Moment(self.asked.opening, self.asked.known))
        closing = states(Moment(self.asked.closing, self.asked.known))
        moved = self._moved()
        changes = self._changes()
        for pk in sorted(closing.keys() | opening.keys()):
            if pk not in moved:
                self._still(pk, opening.get(pk), closing[pk], changes.get(pk, ()))
        self._spread()
        for pk, entries in self._entries(sorted(moved)):
            self._step_through(pk, entries, closing.get(pk))
        self.report.proved = sum(table.prove(key) for key, table in self.report.tables.items())
        return self.report

    # -- cards that stayed where they were --------------------------------------------------------------------------

    def _still(self, pk: int, was: CardState | None, now: CardState, changes: Sequence[tuple[str, Vector, Vector]]) -> None:
        """Add a card to all that stand where it stands: topics are asked once for each such place, not for each card."""
        place = self.place(pk, now)
        if place is None:
            return
        row = self.still.setdefault(place, Row())
        row.opening, row.closing = plus(row.opening, vector(was)), plus(row.closing, vector(now))
        for kind, up, down in changes:
            row.move(kind, up, down)
        for topic in TOPICS if self.seen is not None else ():
            if (key := None if topic.flow else topic.row_of(place)) is not None:
                self._tell(topic.key, key, "opening", pk, vector(was), NOTHING)
                self._tell(topic.key, key, "closing", pk, vector(now), NOTHING)
                for kind, up, down in changes:
                    self._tell(topic.key, key, kind, pk, up, down)

    def _spread(self) -> None:
        """Hand what stood still to the rows of every topic."""
        for place, row in self.still.items():
            for topic in TOPICS:
                if (key := None if topic.flow else topic.row_of(place)) is not None:
                    table = self.report.tables[topic.key]
                    table.open(key, row.opening)
                    table.close(key, row.closing)
                    for kind in row.added.keys() | row.taken.keys():
                        table.row(key).move(kind, row.added.get(kind, NOTHING), row.taken.get(kind, NOTHING))

    def _tell(self, topic: str, row: str, what: str, pk: int, up: Vector, down: Vector) -> None:
        if self.seen is not None and (up, down) != (NOTHING, NOTHING):
            self.seen(topic, row, what, pk, up, down)

    def _span(self) -> tuple[str, list[Any]]:
        ops = connection.ops
        days = [ops.adapt_datefield_value(day) for day in (self.asked.opening, self.asked.closing)]
        return "e.effective_on > %s AND e.effective_on <= %s AND e.recorded_at <= %s", [
            *days,
            ops.adapt_datetimefield_value(self.asked.known),
        ]

    def _moved(self) -> set[int]:
        """Return the cards that were registered in the year, or changed unit, class or state in it."""
        where, params = self._span()
        changed = " OR ".join(f"COALESCE(e.{name}_from_id, 0) <> COALESCE(e.{name}_to_id, 0)" for name in ("unit", "category"))
        sql = f"SELECT DISTINCT e.asset_id FROM ledger_entry e WHERE {where} AND ({changed} OR e.status_from <> e.status_to)"  # noqa: S608
        return {row[0] for row in fetched(sql, params)}

    def _changes(self) -> dict[int, list[tuple[str, Vector, Vector]]]:
        """Return what each kind of entry of the year added to and took from each card."""
        where, params = self._span()
        columns = ("quantity_delta", "cost_delta", "depreciation_delta")
        up = ", ".join(f"SUM(CASE WHEN e.{name} > 0 THEN e.{name} ELSE 0 END)" for name in columns)
        down = ", ".join(f"SUM(CASE WHEN e.{name} < 0 THEN -e.{name} ELSE 0 END)" for name in columns)
        sql = f"SELECT e.asset_id, e.kind, {up}, {down} FROM ledger_entry e WHERE {where} GROUP BY e.asset_id, e.kind"  # noqa: S608
        found: dict[int, list[tuple[str, Vector, Vector]]] = defaultdict(list)
        for pk, kind, *cells in fetched(sql, params):
            a, b, c, d, e, f = map(int, cells)
            found[pk].append((kind, (0, a, b, c), (0, d, e, f)))
        return found

    # -- cards that moved -------------------------------------------------------------------------------------------

    def _entries(self, ids: Sequence[int]) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """Yield the known entries of each card up to the closing day, in their sequence."""
        for start in range(0, len(ids), CHUNK):
            rows: dict[int, list[dict[str, Any]]] = defaultdict(list)
            known = Entry.objects.filter(recorded_at__lte=self.asked.known, effective_on__lte=self.asked.closing)
            found = known.filter(asset__in=ids[start : start + CHUNK])
            for row in found.order_by("asset", "seq").values():
                rows[row["asset_id"]].append(row)
            yield from rows.items()

    def _step_through(self, pk: int, entries: Sequence[Mapping[str, Any]], closing: CardState | None) -> None:
        """Apply the entries of the year one by one upon the state before it; every step is told by its kind."""
        fold = _Fold()
        for entry in entries:
            if entry["effective_on"] <= self.asked.opening:
                fold.apply(entry)
        was = fold.state()
        self._ends(pk, was, "opening")
        for entry in entries:
            if entry["effective_on"] > self.asked.opening:
                fold.apply(entry)
                now = fold.state()
                self._step(pk, entry["kind"], was, now)
                was = now
        if closing is None or vector(was) != vector(closing) or (was and seen_as(was)) != seen_as(closing):
            raise Unbalanced(f"{pk}: {was} != {closing}")
        self._ends(pk, was, "closing")

    def _ends(self, pk: int, state: CardState | None, what: str) -> None:
        place = self.place(pk, state)
        for topic in TOPICS if place is not None else ():
            key = topic.row_of(place) if not topic.flow else None  # type: ignore[arg-type]
            table = self.report.tables[topic.key]
            (table.open if what == "opening" else table.close)(key, vector(state))
            if key is not None:
                self._tell(topic.key, key, what, pk, vector(state), NOTHING)

    def _step(self, pk: int, kind: str, was: CardState | None, now: CardState | None) -> None:
        before, after = self.place(pk, was), self.place(pk, now)
        if before is not None and after is None and now is not None and now.status == AssetStatus.DISPOSED:
            kind = EntryKind.DISPOSE.value
        left, right = vector(was) if before else NOTHING, vector(now) if after else NOTHING
        for topic in TOPICS:
            if topic.flow:
                continue
            a, b = (topic.row_of(place) if place else None for place in (before, after))
            self.report.tables[topic.key].step(kind, a, left, b, right)
            self._tell_step(topic.key, kind, pk, (a, left), (b, right))
        if before is None and after is not None:
            self._enter(pk, kind, right)
        if before is not None and after is None:
            self._leave(pk, kind, left)

    def _tell_step(self, topic: str, kind: str, pk: int, before: tuple[str | None, Vector], after: tuple[str | None, Vector]) -> None:
        (a, left), (b, right) = before, after
        if a == b and a is not None:
            self._tell(topic, a, kind, pk, *parts(minus(right, left)))
        elif a != b:
            if a is not None:
                self._tell(topic, a, kind, pk, NOTHING, left)
            if b is not None:
                self._tell(topic, b, kind, pk, right, NOTHING)

    def _enter(self, pk: int, kind: str, value: Vector) -> None:
        """A card comes into the whole: by its way of acquisition, or from outside the scope."""
        key = self.cards.acquisition.get(pk, "") if kind == EntryKind.REGISTER else kind if kind == EntryKind.REVERSE else MOVED_IN
        row = self.report.tables["allocation"].row(key)
        row.move(kind, value, NOTHING)
        row.closing = plus(row.closing, value)
        self.report.entering = plus(self.report.entering, value)
        self._tell("allocation", key, kind, pk, value, NOTHING)

    def _leave(self, pk: int, kind: str, value: Vector) -> None:
        """A card goes out of the whole: by its form of disposal, or to outside the scope."""
        key = self.cards.disposal.get(pk, "") if kind == EntryKind.DISPOSE else kind if kind == EntryKind.REVERSE else MOVED_OUT
        row = self.report.tables["disposal"].row(key)
        row.move(kind, value, NOTHING)
        row.closing = plus(row.closing, value)
        self.report.leaving = plus(self.report.leaving, value)
        self._tell("disposal", key, kind, pk, value, NOTHING)


class _Fold:
    """A card's state while entries come one by one, in any order of days: of a field, the entry recorded last holds."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.last: dict[str, int] = {}
        self.sums = [0, 0, 0]
        self.any = False

    def apply(self, entry: Mapping[str, Any]) -> None:
        self.any = True
        for index, name in enumerate(("quantity_delta", "cost_delta", "depreciation_delta")):
            self.sums[index] += int(entry[name] * 100)
        for name in FOLLOWED:
            before, after = (entry[f"{name}_{end}" if name == "status" else f"{name}_{end}_id"] for end in ("from", "to"))
            if before != after and entry["seq"] > self.last.get(name, 0):
                self.values[name], self.last[name] = after, entry["seq"]

    def state(self) -> CardState | None:
        if not self.any:
            return None
        get = self.values.get
        return CardState(get("unit"), None, None, get("category"), get("status") or "", *self.sums)


def seen_as(state: CardState) -> tuple[int | None, int | None, str]:
    """Return what of a state decides where the card stands."""
    return state.unit, state.category, state.status


def vector(state: CardState | None) -> Vector:
    """Return what a card adds to the row that it stands in."""
    return (1, state.quantity, state.cost, state.accumulated) if state is not None else NOTHING


def fetched(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        return list(cursor.fetchall())


def reckon(asked: Asked, seen: Seen | None = None) -> Report:
    """Return the report with every row proved; `seen` is told each card behind each figure."""
    return _Reckoning(asked, seen).run()
