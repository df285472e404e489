"""Set-based writing: columns in, one statement out, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any

import msgspec
from django.db import connections, models, router, transaction

from gongjia.core.fields import FixedDecimalField

Column = Sequence[Any] | Any
_TOGETHER = 200
"""So many rows go into one statement of SQLite; from here on, a column that holds one value is written into it instead of bound."""


class Encoded(list):
    """A column whose values are already in the database's own form."""


def _fixed(field: FixedDecimalField) -> Callable[[Any], int]:
    scale, exact = field.scale, field.scaled

    def convert(value: Any) -> int:
        return int(value * scale) if isinstance(value, Decimal) and -value.as_tuple().exponent <= field.places else exact(value)  # type: ignore[operator]

    return convert


def _instant(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(sep=" ")


def _converter(field: Any, vendor: str) -> Callable[[Any], Any] | None:
    """Return the function from a Python value of `field` to the database's, or None where they are the same."""
    if isinstance(field, FixedDecimalField):
        return _fixed(field)
    if isinstance(field, models.JSONField):
        return lambda value: msgspec.json.encode(value, enc_hook=str).decode()
    if vendor == "sqlite" and isinstance(field, models.DateTimeField):
        return _instant
    if vendor == "sqlite" and isinstance(field, models.DateField):
        return dt.date.isoformat
    if vendor == "sqlite" and isinstance(field, models.BooleanField):
        return int
    return None


def _cells(field: Any, column: Column, count: int, vendor: str) -> list[Any]:
    if isinstance(column, Encoded):
        return column
    convert = _converter(field, vendor)
    if not isinstance(column, (list, tuple)):
        value = convert(column) if convert and column is not None else column
        return [value] * count
    if convert is None:
        return list(column)
    known: dict[Any, Any] = {}
    out: list[Any] = []
    for value in column:
        if value is None:
            out.append(None)
            continue
        try:
            out.append(known[value])
        except KeyError:
            out.append(known.setdefault(value, convert(value)))
        except TypeError:
            out.append(convert(value))
    return out


def _default(field: Any) -> Any:
    if field.has_default():
        return field.get_default()
    return None if field.null else "" if isinstance(field, (models.CharField, models.TextField)) else None


def _next_ids(connection: Any, model: type[models.Model], count: int) -> list[int]:
    table, pk = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT MAX(COALESCE((SELECT seq FROM sqlite_sequence WHERE name = %s), 0), "  # noqa: S608 - names come from models
                f"COALESCE((SELECT MAX({pk}) FROM {table}), 0))",
                [table],
            )
            first = cursor.fetchone()[0] + 1
            return list(range(first, first + count))
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, pk, count])
        return [row[0] for row in cursor.fetchall()]


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """Return the keys that the next `count` rows take, for columns that are made of them; must run inside a transaction."""
    return _next_ids(connections[router.db_for_write(model)], model, count) if count else []


def insert(model: type[models.Model], count: int, /, *, ids: Sequence[int] | None = None, **columns: Column) -> list[int]:
    """Insert `count` rows and return their primary keys, in order; must run inside a transaction.

    Each column is a sequence of `count` values or one value for all; columns not named take the field's default.
    """
    connection = connections[router.db_for_write(model)]
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("bulk.insert writes inside the action's transaction only")
    if not count:
        return []
    keys = list(ids) if ids is not None else _next_ids(connection, model, count)
    fields = [field for field in model._meta.local_concrete_fields if field is not model._meta.pk]
    given = {field: columns.pop(field.attname if field.attname in columns else field.name, _default(field)) for field in fields}
    if columns:
        raise TypeError(f"{model.__name__} has no column {', '.join(columns)}")
    names = [model._meta.pk.column, *(field.column for field in fields)]
    cells = [keys, *(_cells(field, column, count, connection.vendor) for field, column in given.items())]
    _write(connection, model._meta.db_table, names, cells)
    return keys


def _write(connection: Any, table: str, names: list[str], cells: list[list[Any]]) -> None:
    quoted = ", ".join(connection.ops.quote_name(name) for name in names)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
                for row in zip(*cells, strict=True):
                    copy.write_row(row)
            return
        _write_sqlite(cursor.cursor if hasattr(cursor, "cursor") else cursor, f"INSERT INTO {table} ({quoted}) VALUES ", cells)  # noqa: S608


def _write_sqlite(raw: Any, head: str, cells: list[list[Any]]) -> None:
    """Insert many rows a statement: each statement opens the table and all its indexes anew."""
    literals = _literals(raw, cells)
    marks = f"({', '.join(literals.get(index, '?') for index in range(len(cells)))})"
    rows = list(zip(*(column for index, column in enumerate(cells) if index not in literals), strict=True))
    whole = len(rows) // _TOGETHER * _TOGETHER
    # The driver's own executemany: Django's wrapper rewrites the statement's placeholders row by row.
    execute_many = super(type(raw), raw).executemany
    if whole:
        batches = (tuple(chain.from_iterable(rows[start : start + _TOGETHER])) for start in range(0, whole, _TOGETHER))
        execute_many(head + ", ".join([marks] * _TOGETHER), batches)
    execute_many(head + marks, rows[whole:])


def _literals(raw: Any, cells: list[list[Any]]) -> dict[int, str]:
    """Return the columns (by place) that hold one plain value, as SQLite itself quotes it: a third of the time of wide tables."""
    places = [index for index, column in enumerate(cells) if len(column) >= _TOGETHER and _is_uniform(column)]
    if not places:
        return {}
    found = super(type(raw), raw).execute(f"SELECT {', '.join(['quote(?)'] * len(places))}", [cells[index][0] for index in places])
    return dict(zip(places, map(str, found.fetchone()), strict=True))


def _is_uniform(column: list[Any]) -> bool:
    first = column[0]
    plain = first is None or isinstance(first, int) or (isinstance(first, str) and "\0" not in first)
    return plain and column[-1] == first and column.count(first) == len(column)


def update(model: type[models.Model], ids: Sequence[int], /, **columns: Column) -> None:
    """Set the named columns of the rows `ids`, one statement for all; columns are sequences as long as `ids` or one value."""
    connection = connections[router.db_for_write(model)]
    fields = [model._meta.get_field(name.removesuffix("_id") if not _is_field(model, name) else name) for name in columns]
    cells = [_cells(field, column, len(ids), connection.vendor) for field, column in zip(fields, columns.values(), strict=True)]
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    sql = f"UPDATE {model._meta.db_table} SET {sets} WHERE {quote(model._meta.pk.column)} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(zip(*cells, ids, strict=True)))


def _is_field(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)
