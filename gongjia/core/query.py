"""Pages of a resource: keyset paging over any sortable column, filters from the address, counts that stop at ten thousand."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
from django.db import connection
from django.db.models import BigIntegerField, Count, F, Q, QuerySet, Window
from django.db.models.expressions import OrderBy

from gongjia.core import search
from gongjia.core.masking import cover, masked
from gongjia.core.planning import Unindexed
from gongjia.core.resource import Column, Resource

CAP = 10_000
_LARGEST = 10**13  # beyond it a scaled integer leaves 64 bits
SIZE = 50
_SORTED = {"sqlite": 100_000, "postgresql": 150_000}  # so many rows of a scope are sorted for a page; more are walked in order
_GLANCE = 500  # among so many rows a text that one row in four contains fills a page, several times over


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


class _Reading:
    """The rows that a query asks for, and the cheapest way to them.

    A few rows of a scope are found through the unit's index and sorted; many are walked in the order asked for.
    """

    def __init__(self, resource: Resource, user: Any, query: Query) -> None:
        self.resource, self.user, self.query = resource, user, query
        self.text = query.q.strip()
        within = self._within()
        few = _SORTED[connection.vendor]
        self.scoped = _count(within, few)
        self.walked = self.scoped > few
        self.spread = search.spread(resource, self.text) if self.text else search.Spread.RARE
        self.rows = self._searched(within, gathered=not self.walked)

    def _within(self, *, wide: bool = False) -> QuerySet[Any]:
        rows = self.resource.queryset(self.user, self.query.unit_path, wide=wide)
        for name, values in self.query.filters.items():
            column = self.resource.by_name.get(name.split("__")[0])
            if column is not None and column.filter:
                rows = rows.filter(_condition(column, name, [value for value in values if value != ""]))
        return rows

    def _searched(self, rows: QuerySet[Any], **ways: bool) -> QuerySet[Any]:
        return search.narrow(self.resource, rows, self.text, self.spread, **ways) if self.text else rows

    def count(self) -> int:
        """Count to one above the cap."""
        return _count(self.rows, CAP) if self.text else min(self.scoped, CAP + 1)

    def in_order(self, sort: str = "pk") -> QuerySet[Any]:
        """Return the rows for walking them in an order that has an index."""
        return self._searched(self._within(wide=True), walked=sort != "pk")

    def glance(self, order: _Order, after: list[Any] | None, size: int) -> list[int] | None:
        """Return a page's keys from among the first rows, where a text is so common that it must show there; else None.

        In the order of the key only: rows of one name, or the dearest, have their words in common.
        """
        if self.spread is not search.Spread.COMMON or order.path != "pk":
            return None
        rows = self._within(wide=self.walked)
        first = order.walk(rows, after, _GLANCE) if self.walked else list(order.sort(rows, after).values_list("pk", flat=True)[:_GLANCE])
        matching = set(self._searched(self.resource.all_rows().filter(pk__in=first)).values_list("pk", flat=True))
        found = [pk for pk in first if pk in matching][:size]
        return found if len(found) == size or len(first) < _GLANCE else None


def _count(rows: QuerySet[Any], cap: int) -> int:
    return rows.values("pk")[: cap + 1].count()


def filtered(resource: Resource, user: Any, query: Query) -> QuerySet[Any]:
    """Return the visible rows that match search and filters, unordered."""
    reading = _Reading(resource, user, query)
    return reading.in_order() if reading.walked else reading.rows


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
    reading = _Reading(resource, user, query)
    columns = [resource.by_name[name] for name in query.columns if name in resource.by_name] or [
        column for column in resource.by_name.values() if column.shown
    ]
    order = _Order(*_sort(resource, query.sort))
    keys, count = _keys(reading, order, _after(resource, order.path, query.after), query.size + 1)
    wanted = dict.fromkeys(["pk", order.path, *(column.path for column in columns)])
    found = list(resource.all_rows().filter(pk__in=keys).order_by(*order.sorted()).values(*wanted))
    more, found = len(found) > query.size, found[: query.size]
    cursor = _encode([found[-1][order.path] if order.path != "pk" else None, found[-1]["pk"]]) if more else ""
    hidden = masked(resource, user)
    named = [{"pk": row["pk"], **{c.name: cover(row[c.path]) if c.name in hidden else row[c.path] for c in columns}} for row in found]
    return Page(named, columns, cursor, min(count, CAP), count > CAP)


def _keys(reading: _Reading, order: _Order, after: list[Any] | None, size: int) -> tuple[Any, int]:
    """Return the keys of a page's rows (or the query for them) and how many rows there are, counted to one above the cap.

    What is sorted is found whole, so its first page counts it in passing.
    """
    soon = reading.glance(order, after, size)
    if soon is not None:
        return soon, reading.count()
    if reading.walked or after or not reading.text:
        count = reading.count()
        if reading.walked and count > CAP:
            return order.walk(reading.in_order(order.path), after, size), count
        return order.sort(reading.rows, after).values("pk")[:size], count
    pairs = list(order.sort(reading.rows, None).values_list("pk", Window(Count("pk")))[:size])
    return [pk for pk, _total in pairs], pairs[0][1] if pairs else 0


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


@dataclass(frozen=True)
class _Order:
    """By which column rows are wanted; rows without a value in it come last, in the order of their key."""

    path: str
    descending: bool

    def sorted(self, path: str = "", turn: str = "pk") -> list[OrderBy]:
        """Return what to order by, when a column and the key go by these names."""
        paths = [path or self.path, turn]
        return [OrderBy(F(each), descending=self.descending, nulls_last=each != turn or None) for each in dict.fromkeys(paths)]

    def _later(self, path: str, turn: str, after: list[Any]) -> Q:
        less = "lt" if self.descending else "gt"
        behind = Q(**{f"{turn}__{less}": after[1]})
        if self.path == "pk":
            return behind
        if after[0] is None:
            return Q(**{f"{path}__isnull": True}) & behind
        return Q(**{f"{path}__{less}e": after[0]}) & (Q(**{f"{path}__{less}": after[0]}) | behind)

    def sort(self, rows: QuerySet[Any], after: list[Any] | None) -> QuerySet[Any]:
        """Return rows in order, after the cursor, and keep the planner from walking an index for it: matches may come late."""
        rows = rows.alias(sort_turn=Unindexed(F("pk"), output_field=BigIntegerField()))
        if self.path == "pk":
            rows = rows.filter(self._later("pk", "sort_turn", after)) if after else rows
            return rows.order_by(*self.sorted("sort_turn", "sort_turn"))
        rows = rows.alias(sort_key=Unindexed(F(self.path)))
        if after:
            later = self._later("sort_key", "sort_turn", after)
            rows = rows.filter(later | Q(sort_key__isnull=True) if after[0] is not None else later)
        return rows.order_by(*self.sorted("sort_key", "sort_turn"))

    def walk(self, rows: QuerySet[Any], after: list[Any] | None, size: int) -> list[int]:
        """Return the first keys after the cursor, along the column's index: those with a value, then those without."""
        sign = "-" if self.descending else ""
        parts = [(rows, f"{sign}pk")] if self.path == "pk" else []
        if not parts and (after is None or after[0] is not None):
            parts.append((rows.filter(**{f"{self.path}__isnull": False}), f"{sign}{self.path}"))
        if self.path != "pk":
            parts.append((rows.filter(**{f"{self.path}__isnull": True}), f"{sign}pk"))
        found: list[int] = []
        for number, (part, by) in enumerate(parts):
            if after and number == 0:
                part = part.filter(self._later(self.path, "pk", after))
            if len(found) < size:
                found += part.order_by(by, f"{sign}pk").values_list("pk", flat=True)[: size - len(found)]
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
