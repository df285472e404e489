"""Pages of a resource: keyset paging over any sortable column, filters from the address, counts that stop at ten thousand."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
from django.db.models import Q, QuerySet

from gongjia.core import search
from gongjia.core.masking import cover, masked
from gongjia.core.resource import Column, Resource

CAP = 10_000
_LARGEST = 10**13  # beyond it a scaled integer leaves 64 bits
SIZE = 50
_NARROW = 20_000  # fewer visible rows than this are sorted; more are walked in the order asked for


@dataclass(frozen=True)
class Query:
    """What is asked of a list: search text, filters by column, sort column, cursor, size, unit subtree."""

    q: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = ""
    after: str = ""
    size: int = SIZE
    unit_path: str = ""
    columns: Sequence[str] = ()


@dataclass(frozen=True)
class Page:
    """One page of plain rows (dicts by column name, with `pk`), the cursor of the next, and the capped count."""

    rows: list[dict[str, Any]]
    columns: list[Column]
    next: str
    count: int
    capped: bool


def fits(column: Column, operator: str, value: str) -> bool:
    """Say whether a text can be compared with a column."""
    if "\x00" in value:  # no text of PostgreSQL holds it
        return False
    try:
        if operator == "empty":
            return value in ("0", "1")
        if column.kind == "bool":
            return not operator and value in ("1", "0", "true", "false", "yes", "no")
        if column.kind in ("integer", "ref"):
            return abs(int(value)) < 2**63
        if column.kind in ("decimal", "money", "area"):
            return abs(Decimal(value)) < _LARGEST
        if column.kind in ("date", "instant"):
            dt.datetime.fromisoformat(value)
        elif column.kind == "choice" and not operator:
            return value in {str(code) for code, _label in column.choices}
    except (ValueError, InvalidOperation):
        return False
    return True


def is_cursor(text: str) -> bool:
    """Say whether a text is a cursor that a page gave out."""
    return _decode(text) is not None


def filtered(resource: Resource, user: Any, query: Query) -> QuerySet[Any]:
    """Return the visible rows that match search and filters, unordered."""
    rows = resource.queryset(user, query.unit_path)
    if resource.scope and rows.values("pk")[: _NARROW + 1].count() > _NARROW:
        rows = resource.queryset(user, query.unit_path, wide=True)
    for name, values in query.filters.items():
        column = resource.by_name.get(name.split("__")[0])
        if column is not None and column.filter:
            rows = rows.filter(_condition(column, name, [value for value in values if value != ""]))
    return search.narrow(resource, rows, query.q) if query.q.strip() else rows


def _condition(column: Column, name: str, values: Sequence[str]) -> Q:
    operator = name.split("__")[1] if "__" in name else ""
    if not values:
        return Q()
    if "__" in column.path and not operator and column.kind != "bool":
        return _by_key(column, list(values))
    if operator == "empty":
        blank = Q(**{f"{column.path}__isnull": True}) | (Q(**{column.path: ""}) if column.kind in ("text", "choice") else Q())
        return blank if values[0] == "1" else ~blank
    if operator in ("gte", "lte", "gt", "lt"):
        return Q(**{f"{column.path}__{operator}": values[0]})
    if column.kind == "bool":
        return Q(**{column.path: values[0] in ("1", "true", "yes")})
    return Q(**{f"{column.path}__in": list(values)})


def _by_key(column: Column, values: list[str]) -> Q:
    """Compare keys that were looked up first: a join would start at the wrong table."""
    relation, inner = column.path.split("__", 1)
    related = column.model._meta.get_field(relation).related_model
    keys = list(related._base_manager.filter(**{f"{inner}__in": values}).values_list("pk", flat=True)[:1000])
    return Q(**{f"{relation}__in": keys}) if len(keys) < 1000 else Q(**{f"{column.path}__in": values})


def page(resource: Resource, user: Any, query: Query) -> Page:
    """Return one page; an unknown sort or a foreign cursor falls back to the resource's own order and the first page."""
    rows = filtered(resource, user, query)
    columns = [resource.by_name[name] for name in query.columns if name in resource.by_name] or [
        column for column in resource.by_name.values() if column.shown
    ]
    sort, descending = _sort(resource, query.sort)
    count = rows.values("pk")[: CAP + 1].count()
    found = _keyset(rows, sort, descending, _after(resource, sort, query.after), query.size + 1, [column.path for column in columns])
    more = len(found) > query.size
    found = found[: query.size]
    cursor = _encode([found[-1][sort] if sort != "pk" else None, found[-1]["pk"]]) if more else ""
    hidden = masked(resource, user)
    named = [{"pk": row["pk"], **{c.name: cover(row[c.path]) if c.name in hidden else row[c.path] for c in columns}} for row in found]
    return Page(named, columns, cursor, min(count, CAP), count > CAP)


def _after(resource: Resource, sort: str, cursor: str) -> list[Any] | None:
    """Return the cursor's place, or None for one that was made for another order."""
    after = _decode(cursor)
    column = next((column for column in resource.by_name.values() if column.path == sort), None)
    if not after or after[0] is None or column is None:
        return after
    same = isinstance(after[0], bool) if column.kind == "bool" else fits(column, "lt", str(after[0]))
    return after if same else None


def _sort(resource: Resource, asked: str) -> tuple[str, bool]:
    column = resource.by_name.get(asked.lstrip("-"))
    if column is not None and column.sort:
        return column.path, asked.startswith("-")
    return resource.order.lstrip("-"), resource.order.startswith("-")


def _keyset(
    rows: QuerySet[Any], sort: str, descending: bool, after: list[Any] | None, size: int, paths: Sequence[str]
) -> list[dict[str, Any]]:
    """Read one page after the cursor; rows without a value in the sort column come last, in the order of their key."""
    wanted = list(dict.fromkeys(["pk", sort, *paths]))
    sign, less = ("-", "lt") if descending else ("", "gt")
    if sort == "pk":
        part = rows.filter(**{f"pk__{less}": after[1]}) if after else rows
        return list(part.order_by(f"{sign}pk").values(*wanted)[:size])
    found: list[dict[str, Any]] = []
    if after is None or after[0] is not None:
        part = rows.filter(**{f"{sort}__isnull": False})
        if after:
            part = part.filter(Q(**{f"{sort}__{less}e": after[0]}), Q(**{f"{sort}__{less}": after[0]}) | Q(**{f"pk__{less}": after[1]}))
        found = list(part.order_by(f"{sign}{sort}", f"{sign}pk").values(*wanted)[:size])
    if len(found) < size:
        part = rows.filter(**{f"{sort}__isnull": True})
        if after and after[0] is None:
            part = part.filter(**{f"pk__{less}": after[1]})
        found += list(part.order_by(f"{sign}pk").values(*wanted)[: size - len(found)])
    return found


def _encode(parts: list[Any]) -> str:
    plain = [
        part.isoformat() if isinstance(part, (dt.date, dt.datetime)) else part if isinstance(part, int) or part is None else str(part)
        for part in parts
    ]
    return base64.urlsafe_b64encode(msgspec.json.encode(plain)).decode().rstrip("=")


def _decode(text: str) -> list[Any] | None:
    try:
        parts = msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return parts if isinstance(parts, list) and len(parts) == 2 and isinstance(parts[1], int) and abs(parts[1]) < 2**63 else None
    except (ValueError, msgspec.DecodeError):
        return None
