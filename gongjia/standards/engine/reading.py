"""Facts out of the database as columns: the database writes plain lines, Arrow reads them; no row becomes a Python object."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.db import connection
from pyarrow import csv

from gongjia.core.facts import FactColumn, Facts
from gongjia.core.periods import today

TYPES = {"text": pa.string(), "date": pa.date32(), "bool": pa.bool_()}
FIELD, WORKERS, PIECE = "\x1f", 2, 500_000


def read(declared: Facts, on: dt.date, narrow: Mapping[str, Sequence[int]]) -> pa.Table:
    """Read facts as an Arrow table; the same SQL text on SQLite and PostgreSQL."""
    if declared.past and on >= today():
        return _table(declared, [])
    source = declared.sql % {"on": f"'{on.isoformat()}'"}
    conditions = [f"q.{column} IN ({', '.join(str(int(value)) for value in values) or 'NULL'})" for column, values in narrow.items()]
    if connection.vendor == "postgresql":
        return _table(declared, [_copy(declared, source, conditions)])
    try:
        return _table(declared, _texts(declared, source, conditions, _plain))
    except pa.ArrowInvalid:  # a line break inside a text; mending every text costs a fifth of the reading
        return _table(declared, _texts(declared, source, conditions, _on_one_line))


def _texts(declared: Facts, source: str, conditions: Sequence[str], cell: Callable[[FactColumn], str]) -> list[bytes]:
    if conditions or not declared.split:
        return [_lines(_raw(), declared, source, conditions, cell)]
    return _pieces(declared, source, cell)


def _table(declared: Facts, texts: Sequence[bytes]) -> pa.Table:
    names = [column.name for column in declared.columns]
    types = {column.name: TYPES.get(column.type, pa.int64()) for column in declared.columns}
    read_as = csv.ReadOptions(column_names=names)
    parsed_as = csv.ParseOptions(delimiter=FIELD, quote_char='"' if connection.vendor == "postgresql" else False)
    typed = csv.ConvertOptions(
        column_types=types, null_values=[""], strings_can_be_null=False, true_values=["1", "t"], false_values=["0", "f"]
    )
    tables = [csv.read_csv(pa.BufferReader(text), read_as, parsed_as, typed) for text in texts if text]
    return pa.concat_tables(tables) if tables else pa.schema(list(types.items())).empty_table()


# -- SQLite ------------------------------------------------------------------------------------------------------------


def _raw() -> sqlite3.Connection:
    """The driver's own connection under Django's, so that what this transaction wrote is seen."""
    connection.ensure_connection()
    return connection.connection


def _lines(raw: Any, declared: Facts, source: str, conditions: Sequence[str], cell: Callable[[FactColumn], str]) -> bytes:
    """The rows as lines of one text, made inside the database in one call a row."""
    marks = FIELD.join("%s" for _column in declared.columns)
    cells = ", ".join(cell(column) for column in declared.columns)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    found = raw.execute(f"SELECT group_concat(printf('{marks}', {cells}), char(10)) FROM ({source}) q{where}").fetchone()[0]
    return (found or "").encode() if not isinstance(found, bytes) else found


def _plain(column: FactColumn) -> str:
    return f"q.{column.name}"


def _on_one_line(column: FactColumn) -> str:
    return f"replace(replace(q.{column.name}, char(10), ' '), char(13), ' ')" if column.type == "text" else f"q.{column.name}"


def _pieces(declared: Facts, source: str, cell: Callable[[FactColumn], str]) -> list[bytes]:
    """Read by ranges of the first column, at once where the database is a file that other connections see as it is."""
    raw = _raw()
    low, high = raw.execute(f"SELECT min(id), max(id) FROM {declared.split}").fetchone()
    if low is None:
        return []
    step = max(1, min(PIECE, (high - low) // WORKERS + 1))
    first = declared.columns[0].name
    ranges = [[f"q.{first} >= {start}", f"q.{first} < {start + step}"] for start in range(low, high + 1, step)]
    name = str(connection.settings_dict["NAME"])
    if connection.in_atomic_block or high - low < PIECE // 5 or not Path(name).is_file():
        return [_lines(raw, declared, source, conditions, cell) for conditions in ranges]

    def apart(conditions: list[str]) -> bytes:
        own = sqlite3.connect(f"file:{name}?mode=ro", uri=True)
        try:
            own.text_factory = bytes
            return _lines(own, declared, source, conditions, cell)
        finally:
            own.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(apart, ranges))


# -- PostgreSQL --------------------------------------------------------------------------------------------------------


def _copy(declared: Facts, source: str, conditions: Sequence[str]) -> bytes:
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    names = ", ".join(f"q.{column.name}" for column in declared.columns)
    statement = f"COPY (SELECT {names} FROM ({source}) q{where}) TO STDOUT (FORMAT csv, DELIMITER E'\\x1f', NULL '')"
    with connection.cursor() as cursor, cursor.copy(statement) as lines:
        return b"".join(bytes(part) for part in lines)
