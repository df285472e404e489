"""How old a card is against the least that its standard says it must serve, with the clause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.panel import Panel, declare_panel
from gongjia.core.periods import today
from gongjia.ledger.ages import months_between
from gongjia.org.choices import UnitKind
from gongjia.org.models import Unit
from gongjia.standards.choices import Standing
from gongjia.standards.citing import citation
from gongjia.standards.engine.dimensions import current_code
from gongjia.standards.rulebook.judging import judge
from gongjia.standards.rulebook.loading import load

TRAITS = ("tier", "nature", "division", "vertical", "superior_tier")


@dataclass(frozen=True)
class Lifespan:
    """The least years of service that a row of a table gives, and how far a card has come."""

    years: Decimal
    age: Decimal
    full_on: dt.date
    label: str
    table: str
    citation: str
    standing: str

    @property
    def reached(self) -> bool:
        return self.full_on <= today()


def full_years_after(start: dt.date, years: Decimal) -> dt.date:
    """Return the day on which so many years are full; 29 February becomes 1 March."""
    months = int(years * 12)
    year, month = divmod(start.month - 1 + months, 12)
    try:
        return start.replace(year=start.year + year, month=month + 1)
    except ValueError:
        return dt.date(start.year + year, month + 2, 1)


def traits_of(unit: Unit) -> dict[str, Any]:
    """Return what binds a unit: its own traits, or those of the body that a department stands in."""
    while unit.kind == UnitKind.DEPARTMENT and unit.parent is not None:
        unit = unit.parent
    return {name: getattr(unit, name) for name in TRAITS}


def lifespan(begun: dt.date | None, unit: Unit, topic: str, value: str, given: Mapping[str, Any], on: dt.date) -> Lifespan | None:
    """Return the least years of service that the table binding or guiding the unit gives, None where it gives none."""
    if begun is None:
        return None
    verdict = judge(load(), topic, value, {**traits_of(unit), **given, "age": 0}, on)
    if verdict.limit is None or not verdict.version:
        return None
    label = load().row(verdict.version, verdict.row).label
    age = Decimal(months_between(begun, on)) / 12
    standing = str(dict(Standing.choices).get(verdict.standing, ""))
    table = verdict.version.partition("@")[0]
    return Lifespan(verdict.limit, age, full_years_after(begun, verdict.limit), label, table, citation(verdict.version), standing)


def of_asset(card: Any, on: dt.date) -> Lifespan | None:
    """Return the lifespan of equipment or furniture, by the item that its class stands for."""
    if card.category is None:
        return None
    book = load()
    items = book.categories("item", current_code(book, card.category.edition, card.category.code))
    begun = card.in_service_on or card.acquired_on
    found = (lifespan(begun, card.unit, "equipment", "life", {"item": item, "level": ""}, on) for item in items)
    return next((each for each in found if each is not None), None)


def panel(user: Any, key: str, card: Any) -> dict[str, Any] | None:
    """The lifespan of an asset card; hidden where no table speaks of it."""
    found = of_asset(card, card.disposed_on or today())
    return {"life": found, "count": None} if found else None


declare_panel(Panel("standards.lifespan", _("最低使用年限"), "ledger.asset", "standards/panel_lifespan.html", panel, order=12))
