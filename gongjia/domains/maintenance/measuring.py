"""What the flags of projects are judged by, worked out anew whenever a project or one beside it changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import Max, Sum

from gongjia.core.money import cents, yuan
from gongjia.domains.maintenance.choices import Cause, ProjectState, Trade
from gongjia.domains.maintenance.models import Item, Project
from gongjia.domains.maintenance.rules.clock import whole_months
from gongjia.domains.maintenance.rules.splitting import Piece, split_sums
from gongjia.domains.maintenance.terms import BUNDLING, SPLIT, term
from gongjia.domains.offices.models import Occupancy
from gongjia.org.choices import PlaceKind
from gongjia.org.models import Place

REFURBISHED = (Trade.FITTING, Trade.WALL)
PEERS = 3
"""So many like projects make a median."""


def building_of(place: Place) -> Place:
    """Return the building that a place stands in, or the place itself."""
    keys = [int(key) for key in place.path.split("/") if key.isdigit()]
    above = Place.objects.filter(pk__in=keys, kind=PlaceKind.BUILDING).first()
    return above or place


def newest_user(place: Place, on: dt.date) -> dt.date | None:
    """Return when the latest of those who use a room on a day came; None for what is no room or has no users."""
    if place.kind != PlaceKind.ROOM:
        return None
    users = Occupancy.objects.filter(room=place.pk).current(on)
    latest: dt.date | None = users.aggregate(latest=Max("valid_from"))["latest"]
    return latest


def own_measures(project: Project) -> dict[str, Any]:
    """Return what follows from a project itself: how new its users are, how old its part is, what of it is daily repair."""
    on, came = project.applied_on, newest_user(project.place, project.applied_on)
    declared = project.cause in (Cause.NEW_USER, Cause.NEW_UNIT)
    since = project.repaired_on or (dt.date(project.built_year, 12, 31) if project.built_year else None)
    months = 0 if declared else whole_months(came, on) if came and project.trade in REFURBISHED else None
    return {
        "newest_user_on": came,
        "user_months": months,
        "age_months": whole_months(since, on) if since else None,
        "daily_sum": daily_sum(project),
    }


def daily_sum(project: Project) -> Decimal:
    """Return what the small items of a project, and those that a ticket speaks of, cost together."""
    most = term(project.unit, "item", project.applied_on, BUNDLING)
    items = Item.objects.live().filter(project=project)
    small = items.filter(amount__lte=most) | items.filter(ticket__isnull=False)
    return Decimal(small.aggregate(sum=Sum("amount"))["sum"] or 0)


def beside(project: Project) -> dict[int, dict[str, Any]]:
    """Return what changes of a project and of those beside it: splits at its part of the building, prices against like projects."""
    standing = Project.objects.live().exclude(state=ProjectState.REFUSED)
    near = list(standing.filter(unit=project.unit_id, building=project.building_id, trade=project.trade))
    window, most = (term(project.unit, name, project.applied_on, SPLIT) for name in ("window", "amount"))
    pieces = [Piece(one.pk, "", one.applied_on, cents(one.estimate)) for one in near]
    split = split_sums(pieces, int(window), cents(most))
    found: dict[int, dict[str, Any]] = {one.pk: {"split_sum": yuan(split.get(one.pk, 0))} for one in near}
    for pk, percent in against_median(list(standing.filter(year=project.year, trade=project.trade, area__gt=0))).items():
        found.setdefault(pk, {})["fitting_percent"] = percent
    return found


def against_median(projects: Sequence[Project]) -> dict[int, int | None]:
    """Return the price per area of each project in percent of the median of the others; None where there are too few."""
    prices = {one.pk: one.estimate / one.area for one in projects if one.area}
    found: dict[int, int | None] = {}
    for pk, price in prices.items():
        others = [other for key, other in prices.items() if key != pk]
        middle = median(others) if len(others) >= PEERS else None
        found[pk] = round(price * 100 / middle) if middle else None
    return found
