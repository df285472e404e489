"""From the books to numbers and back: open wishes and free items become the demands and things of a matching."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from django.db.models import F, Q

from gongjia.core.periods import today
from gongjia.core.reservations import live
from gongjia.domains.offices.models import Building
from gongjia.domains.warehouse.choices import USABLE, ItemState, PairState, Terms, WishState
from gongjia.domains.warehouse.matching import Demand, Pair, Plan, Thing, match
from gongjia.domains.warehouse.models import MatchPair, MatchPlan, StockItem, Wish
from gongjia.domains.warehouse.nearness import Standpoint, standpoint
from gongjia.org.models import Unit

KM_PER_DEGREE = 111.195
GRADES = "abcde"


@dataclass
class Field:
    """What is matched: demands and things, and the wishes that name no class and so cannot be."""

    demands: list[Demand]
    things: list[Thing]
    without_class: int


def field_of(path: str) -> Field:
    """Return the open wishes of a subtree and all free items that stand open to everybody."""
    places = _kilometres()
    wishes = Wish.objects.live().filter(state=WishState.OPEN, met__lt=F("quantity"), unit__path__startswith=path)
    rows = list(wishes.select_related("category", "unit", "place").order_by("made_on", "pk"))
    points: dict[Any, Standpoint] = {}
    demands = [_demand(wish, points, places) for wish in rows if wish.category is not None]
    return Field(demands, _things(places), sum(wish.category is None for wish in rows))


def _kilometres() -> dict[int, tuple[float, float]]:
    """Return the buildings with coordinates as kilometres east and north of the first of them."""
    rows = list(
        Building.objects.filter(latitude__isnull=False, longitude__isnull=False).order_by("pk").values_list("pk", "latitude", "longitude")
    )
    if not rows:
        return {}
    north, east = float(rows[0][1]), float(rows[0][2])
    scale = cos(radians(north))
    return {pk: ((float(lon) - east) * KM_PER_DEGREE * scale, (float(lat) - north) * KM_PER_DEGREE) for pk, lat, lon in rows}


def _demand(wish: Wish, points: dict[Any, Standpoint], places: dict[int, tuple[float, float]]) -> Demand:
    key = wish.place_id or f"unit {wish.unit_id}"
    if key not in points:
        points[key] = standpoint(wish.unit, wish.place)
    here = points[key]
    return Demand(
        key=wish.pk,
        kind=wish.category.code if wish.category else "",
        quantity=wish.quantity - wish.met,
        worst_grade=GRADES.index(wish.least_grade),
        least_months=wish.least_months,
        urgency=int(wish.urgency),
        bundle=f"{wish.unit_id}/{wish.bundle}" if wish.bundle else "",
        site=here.building or -1,
        compound=here.compound or -1,
        at=places.get(here.building or 0),
    )


def _things(places: dict[int, tuple[float, float]]) -> list[Thing]:
    released = Q(level_until__lt=today()) | Q(level_until__isnull=True)
    shown = StockItem.objects.filter(released, state=ItemState.PUBLISHED, grade__in=USABLE).exclude(terms=Terms.LEND)
    rows = list(shown.order_by("pk").values_list("pk", "category_code", "grade", "remaining_months", "building", "compound"))
    held = {row.subject_id for row in live("ledger.asset", [row[0] for row in rows])}
    return [
        Thing(pk, code, GRADES.index(grade), months or 0, building or -2, compound or -2, places.get(building or 0))
        for pk, code, grade, months, building, compound in rows
        if pk not in held
    ]


def marked(unit: Unit) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs that people pinned and forbade in the last plan of a unit."""
    last = MatchPlan.objects.filter(unit=unit).order_by("-pk").first()
    rows = MatchPair.objects.filter(plan=last).exclude(state=PairState.PROPOSED).values_list("wish", "item", "state")
    pinned = [(wish, item) for wish, item, state in rows if state == PairState.PINNED]
    return pinned, [(wish, item) for wish, item, state in rows if state == PairState.FORBIDDEN]


def solve(unit: Unit) -> tuple[dict[str, Any], list[list[Any]]]:
    """Match the wishes of a subtree and return the figures and the pairs as they are kept: wish, item, points, state."""
    given = field_of(unit.path)
    pins, forbids = _kept(given, *marked(unit))
    plan = match(given.demands, given.things, pins, forbids)
    pinned = set(pins)
    pairs = [
        [wish, item, points, "pinned" if (wish, item) in pinned else "proposed"] for (wish, item), points in sorted(plan.points.items())
    ]
    pairs += [[wish, item, 0, "forbidden"] for wish, item in forbids]
    return figures_of(given, plan), pairs


def _kept(given: Field, pins: Sequence[Pair], forbids: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Leave out words on wishes and items that are no longer there."""
    wishes, items = {demand.key for demand in given.demands}, {thing.key for thing in given.things}
    return tuple([pair for pair in pairs if pair[0] in wishes and pair[1] in items] for pairs in (pins, forbids))  # type: ignore[return-value]


def figures_of(given: Field, plan: Plan) -> dict[str, Any]:
    """Return the figures of a plan as its page shows them."""
    return {
        "wanted": sum(demand.quantity for demand in given.demands),
        "free": len(given.things),
        "met": len(plan.pairs),
        "first_met": len(plan.first_come),
        "worth": round(plan.worth),
        "first_worth": round(plan.first_worth),
        "bound": round(plan.bound, 1),
        "gap": round(plan.gap, 5),
        "gain": round(plan.gain, 5),
        "without_class": given.without_class,
    }
