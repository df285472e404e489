"""The parameters of the warehouse as the rulebook has them, and what the standards say of price and life of a class."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongjia.org.models import Unit
from gongjia.standards.citing import citation
from gongjia.standards.engine.dimensions import current_code
from gongjia.standards.lifespans import traits_of
from gongjia.standards.rulebook.judging import judge
from gongjia.standards.rulebook.loading import load

TABLE = "warehouse_terms"


def term(name: str, on: dt.date) -> Decimal:
    """Return one parameter of the warehouse as it holds on a day."""
    given: Mapping[str, Any] = {"tier": "municipal", "days_in_stock": 0, "days_overdue": 0, "days_after": 0}
    return judge(load(), TABLE, name, given, on).limit or Decimal(0)


def days(name: str, on: dt.date) -> int:
    """Return a parameter that counts days or years."""
    return int(term(name, on))


@dataclass(frozen=True)
class Limit:
    """What the standard says of a class for a unit: a price ceiling or a least life, with the table it is in."""

    value: Decimal
    citation: str


def limit_of(unit: Unit, edition: str, code: str, value: str, on: dt.date) -> Limit | None:
    """Return the limit of the item that a class stands for; None where no table speaks of it."""
    book = load()
    given = {**traits_of(unit), "level": "", "age": 0, "unit_price": 0}
    for item in book.categories("item", current_code(book, edition, code)):
        found = judge(book, "equipment", value, {**given, "item": item}, on)
        if found.limit is not None and found.version:
            return Limit(found.limit, citation(found.version))
    return None
