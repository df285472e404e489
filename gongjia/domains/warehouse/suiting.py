"""先查仓: what lies idle that would do instead of buying, line by line of a purchase."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q

from gongjia.core.action import Context
from gongjia.core.reservations import live
from gongjia.domains.warehouse.choices import USABLE, ItemState, Terms
from gongjia.domains.warehouse.models import StockItem
from gongjia.domains.warehouse.nearness import Standpoint, standpoint
from gongjia.domains.warehouse.windows import body_of, open_for
from gongjia.ledger.choices import AssetStatus
from gongjia.ledger.models import Asset, Category
from gongjia.org.models import Place, Unit

OWN, OFFER = "own", "offer"
MOST = 12
"""So many candidates of a line are shown; the nearest and best come first."""


@dataclass
class Candidate:
    """Something idle that suits a line: a card of the own unit, or an item on show."""

    pk: int
    kind: str
    name: str
    number: str
    unit: str
    quantity: Decimal
    grade: str
    months: int | None
    acquired_on: dt.date | None
    ring: str
    km: float | None
    building: str
    published_at: dt.datetime | None = None

    @property
    def order(self) -> tuple[Any, ...]:
        return (
            self.kind != OWN,
            ("building", "compound", "town", "far").index(self.ring),
            self.km or 0,
            self.grade or "z",
            -(self.months or 0),
            self.pk,
        )

    def told(self) -> dict[str, Any]:
        """Return what the request keeps of it: keys and figures."""
        shown = {"pk": self.pk, "kind": self.kind, "name": self.name, "number": self.number, "unit": self.unit, "grade": self.grade}
        when = {
            "acquired_on": self.acquired_on and self.acquired_on.isoformat(),
            "published_at": self.published_at and self.published_at.isoformat(),
        }
        return {
            **shown,
            **when,
            "quantity": str(self.quantity),
            "months": self.months,
            "ring": self.ring,
            "km": self.km,
            "building": self.building,
        }


@dataclass
class Line:
    """One row of a purchase and what suits it, best first."""

    number: int
    name: str
    wanted: Decimal
    candidates: list[Candidate] = field(default_factory=list)
    elsewhere: int = 0
    """Idle cards of the class in other units that nobody has offered: a count, no names."""


def search_lines(context: Context, rows: Sequence[Any]) -> list[Line]:
    """Search the stock for each row of a purchase (category, name, quantity, unit)."""
    units = Unit.objects.select_related("parent").in_bulk({row.unit for row in rows})
    classes = Category.objects.in_bulk({pk for row in rows if (pk := getattr(row, "category", None))})
    places = Place.objects.in_bulk({pk for row in rows if (pk := getattr(row, "place", None))})
    used: set[int] = set()
    lines = []
    for index, row in enumerate(rows):
        unit, kind = units[row.unit], classes.get(getattr(row, "category", None) or 0)
        point = standpoint(unit, places.get(getattr(row, "place", None) or 0))
        line = Line(index + 1, row.name, row.quantity)
        found = sorted(_idle_of(unit, kind, row.name) + _offers(unit, kind, row.name, point), key=lambda each: each.order)
        free = _free(context, [each for each in found if each.pk not in used and each.quantity <= row.quantity])
        line.candidates = free[:MOST]
        line.elsewhere = _elsewhere(unit, kind)
        used.update(each.pk for each in proposed(line))
        lines.append(line)
    return lines


def proposed(line: Line) -> list[Candidate]:
    """Return the best candidates that together are not more than is wanted."""
    left, chosen = line.wanted, []
    for candidate in line.candidates:
        if candidate.quantity <= left:
            chosen.append(candidate)
            left -= candidate.quantity
    return chosen


def _alike(kind: Category | None, name: str, code: str, title: str) -> Q:
    same_name = Q(**{title: name})
    return same_name | Q(**{code: kind.code}) if kind is not None else same_name


def _idle_of(unit: Unit, kind: Category | None, name: str) -> list[Candidate]:
    body = body_of(unit)
    cards = Asset.objects.live().filter(unit__path__startswith=body.path, status=AssetStatus.IDLE, on_books=True, secret=False)
    cards = cards.filter(_alike(kind, name, "category__code", "name")).exclude(stock_item__state__in=[ItemState.PUBLISHED, ItemState.LENT])
    rows = cards.select_related("unit", "place")[: MOST * 2]
    return [
        Candidate(
            c.pk, OWN, c.name, c.number, c.unit.name, c.quantity, "", None, c.acquired_on, "building", None, c.place.name if c.place else ""
        )
        for c in rows
    ]


def _offers(unit: Unit, kind: Category | None, name: str, point: Standpoint) -> list[Candidate]:
    shown = StockItem.objects.filter(open_for(body_of(unit)), state=ItemState.PUBLISHED, grade__in=USABLE).exclude(terms=Terms.LEND)
    rows = shown.filter(_alike(kind, name, "category_code", "title")).select_related("asset__unit", "building")
    rows = rows.filter(asset__closed_on__isnull=True).order_by("grade", "-remaining_months", "pk")[: MOST * 20]
    return [_offer(item, point) for item in rows]


def _offer(item: StockItem, point: Standpoint) -> Candidate:
    far, card = point.to(item.building_id, item.compound_id), item.asset
    place = item.building.name if item.building else ""
    return Candidate(
        card.pk, OFFER, item.title, card.number, card.unit.name, card.quantity, item.grade, item.remaining_months,
        item.acquired_on, far.ring, far.km, place, item.published_at,
    )  # fmt: skip


def _free(context: Context, found: list[Candidate]) -> list[Candidate]:
    """Leave out what another request holds."""
    held = {row.subject_id for row in live("ledger.asset", [each.pk for each in found]) if row.holder != context.request_key}
    return [each for each in found if each.pk not in held]


def _elsewhere(unit: Unit, kind: Category | None) -> int:
    if kind is None:
        return 0
    cards = Asset.objects.live().filter(status=AssetStatus.IDLE, category__code=kind.code, on_books=True, unit__secret=False, secret=False)
    return cards.filter(stock_item__isnull=True).exclude(unit__path__startswith=body_of(unit).path).count()
