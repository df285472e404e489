"""Facts of one day in an in-memory column store: read once through Django's connection, then derived and judged there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

from gongjia.core.facts import Facts, facts
from gongjia.standards.engine import dimensions
from gongjia.standards.engine.reading import TYPES, read
from gongjia.standards.rulebook.binding import Signature
from gongjia.standards.rulebook.book import Rulebook

MACROS = """
CREATE MACRO full_years(a, b) AS datesub('year', a, b);
CREATE MACRO full_months(a, b) AS datesub('month', a, b);
CREATE MACRO part(days, span) AS least(99, (100 * days + span - 1) // span);
CREATE MACRO years_between(a, b) AS CASE WHEN b >= a THEN
    100 * full_years(a, b) + part(b - (a + to_years(CAST(full_years(a, b) AS INTEGER)))::DATE, 366) END;
CREATE MACRO months_between(a, b) AS CASE WHEN b >= a THEN
    100 * full_months(a, b) + part(b - (a + to_months(CAST(full_months(a, b) AS INTEGER)))::DATE, 31) END;
"""


@dataclass
class Store:
    """A column store with the facts of one day; `signatures` are the traits of the units, by the number that `units` carries."""

    on: dt.date
    book: Rulebook
    db: duckdb.DuckDBPyConnection
    signatures: list[Signature]
    rows: dict[str, int] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    brought: dict[str, list[Any]] = field(default_factory=dict)
    """The limits of checks that were judged here already: facts read anew meet the same limits."""

    def rule_by(self, book: Rulebook) -> None:
        """Judge by another book from now on: limits that the former brought are forgotten."""
        self.book = book
        self.brought.clear()

    def put(self, name: str, table: pa.Table, copied: bool = True) -> None:
        """Keep an Arrow table under a name: as a numbered table of the store, or as it is where it is only read once."""
        if not copied:
            self.db.register(name, table)
            return
        self.db.register("_incoming", table)
        self.db.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM _incoming")
        self.db.unregister("_incoming")

    def run(self, sql: str) -> duckdb.DuckDBPyConnection:
        """Execute SQL in which `$on` is the day of the facts."""
        return self.db.execute(sql.replace("$on", f"DATE '{self.on.isoformat()}'"))

    def fetch(self, sql: str) -> pa.Table:
        """Return the rows of a SELECT in which `$on` is the day of the facts."""
        return self.db.sql(sql.replace("$on", f"DATE '{self.on.isoformat()}'")).to_arrow_table()

    def count(self, name: str) -> int:
        """Return the rows of a relation."""
        return int(self.db.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0])


def open_store(on: dt.date, book: Rulebook, units: dimensions.Units | None = None) -> Store:
    """Return a store that knows the units and categories but no facts yet; two threads, as the machine it was measured on."""
    db = duckdb.connect(":memory:")
    db.execute(MACROS)
    db.execute("SET preserve_insertion_order = true")
    known = units if units is not None else dimensions.read_units()
    store = Store(on, book, db, known.signatures)
    store.put("units", known.table)
    return store


def gather(keys: Iterable[str], on: dt.date, book: Rulebook, narrow: Mapping[str, Mapping[str, Sequence[int]]] | None = None) -> Store:
    """Read the facts `keys` and all that they are derived from; `narrow` keeps only rows whose column holds one of the ids."""
    return fill(ready(on, book), keys, narrow)


def ready(on: dt.date, book: Rulebook) -> Store:
    """Return a store that knows units, categories and their codes, but no facts yet."""
    store = open_store(on, book)
    for name, table in dimensions.read_categories(book).items():
        store.put(name, table)
    return store


def fill(store: Store, keys: Iterable[str], narrow: Mapping[str, Mapping[str, Sequence[int]]] | None = None) -> Store:
    """Read the facts `keys` into a store, anew where it held them."""
    _forget(store)
    judged = set(keys)
    for key in sorted(judged):
        _add(store, facts[key], narrow or {}, judged)
    return store


def _forget(store: Store) -> None:
    """Drop the facts that a store holds: what was a table may be a view the next time."""
    for key in reversed(store.rows):
        name = facts[key].relation
        if key in store.kept:
            store.run(f"DROP TABLE IF EXISTS {name}")
        elif facts[key].derived:
            store.run(f"DROP VIEW IF EXISTS {name}")
        else:
            store.db.unregister(name)
    store.rows.clear()
    store.kept.clear()


def _add(store: Store, declared: Facts, narrow: Mapping[str, Mapping[str, Sequence[int]]], judged: set[str]) -> None:
    """Add facts after those that they are made of; only facts that are judged themselves are kept as a numbered table."""
    if declared.key in store.rows:
        return
    for key in declared.over:
        _add(store, facts[key], narrow, judged)
    kept = declared.key in judged
    if declared.derived:
        store.run(f"CREATE OR REPLACE {'TABLE' if kept else 'VIEW'} {declared.relation} AS {declared.derived}")
    else:
        store.put(declared.relation, read(declared, store.on, narrow.get(declared.key, {})), copied=kept)
    store.rows[declared.key] = store.count(declared.relation) if kept else 0
    store.kept |= {declared.key} if kept else set()


def empty_from(declared: Facts, rows: Sequence[Mapping[str, Any]], store: Store) -> None:
    """Put facts that are in no ledger under the name of declared ones: what is not given is not known."""
    columns = {c.name: pa.array([row.get(c.name) for row in rows], TYPES.get(c.type, pa.int64())) for c in declared.columns}
    store.put(declared.relation, pa.table(columns))
    store.rows[declared.key] = len(rows)
