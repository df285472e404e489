"""What the address of a list asks for: search, filters, order, columns; what does not fit is left out, never an error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, QueryDict

from gongjia.core.query import Query, fits
from gongjia.core.resource import Resource
from gongjia.web.addresses import Pairs

OWN = ("q", "sort", "after", "col", "beside", "within")
OPERATORS = ("", "gte", "lte", "gt", "lt", "empty")


@dataclass(frozen=True)
class Asked:
    """The understood part of an address; `pairs` writes it back."""

    q: str = ""
    sort: str = ""
    after: str = ""
    columns: tuple[str, ...] = ()
    within: str = ""
    filters: dict[str, list[str]] = field(default_factory=dict)

    def pairs(self, leave: Iterable[str] = (), **changed: str) -> Pairs:
        """Return the address's parts again: without those in `leave`, with `changed` in their place, from the first page."""
        left = set(leave) | set(changed) | {"after"}
        own = [("q", self.q), ("sort", self.sort), ("within", self.within), *(("col", name) for name in self.columns)]
        kept = [*own, *((name, value) for name, values in self.filters.items() for value in values)]
        return [(n, v) for n, v in kept if v and n not in left] + [(n, v) for n, v in changed.items() if v]

    def query(self, path: str, **more: Any) -> Query:
        """Return what the core's page is asked."""
        return Query(q=self.q, filters=self.filters, sort=self.sort, after=self.after, unit_path=path, columns=self.columns, **more)

    @property
    def narrowed(self) -> bool:
        return bool(self.q or self.filters)


def read_address(resource: Resource, data: QueryDict) -> Asked:
    """Understand an address; unknown names and impossible values are dropped."""
    filters: dict[str, list[str]] = {}
    for name in data:
        column = resource.by_name.get(name.split("__")[0])
        operator = name.partition("__")[2]
        if name in OWN or column is None or not column.filter or operator not in OPERATORS:
            continue
        values = [value for value in data.getlist(name) if value != "" and fits(column, operator, value)]
        if values:
            filters[name] = values
    columns = tuple(name for name in data.getlist("col") if name in resource.by_name)
    sort = data.get("sort", "")
    known = resource.by_name.get(sort.lstrip("-"))
    within = data.get("within", "") if data.get("within", "").isdigit() else ""
    return Asked(data.get("q", "").strip()[:200], sort if known and known.sort else "", data.get("after", ""), columns, within, filters)


def asked_of(resource: Resource, request: HttpRequest) -> Asked:
    return read_address(resource, request.GET)
