"""How much office space there is, for how many people; what is rented and when it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from gongjia.core.indicator import Figure, indicator
from gongjia.domains.offices.resources import LEASES, ROOMS
from gongjia.org.choices import RoomUse
from gongjia.org.models import AuthorisedPosts
from gongjia.org.resources import UNITS
from gongjia.standards.lifespans import TRAITS
from gongjia.standards.rulebook.judging import judge
from gongjia.standards.rulebook.loading import load

OFFICES_QUERY = urlencode({"use": RoomUse.OFFICE.value})
EXPIRING_DAYS = 90


@indicator(
    "offices.office_area_by_unit",
    label=_("办公室使用面积"),
    unit=_("m²"),
    by="unit",
    resource="offices.room",
    kind="area",
    help=_("用途为办公室的房间。"),
)
def office_area_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum the usable area of office rooms, by the unit that uses them."""
    rows = ROOMS.queryset(user, path).filter(place__use=RoomUse.OFFICE).order_by()
    found = rows.values("place__unit_id").annotate(area=Sum("place__usable_area"))
    return [Figure(row["area"] or Decimal(0), unit_id=row["place__unit_id"], query=OFFICES_QUERY) for row in found]


@indicator("offices.rooms_by_use", label=_("房间"), unit=_("间"), by="kind", resource="offices.room")
def rooms_by_use(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count rooms, by their use."""
    rows = ROOMS.queryset(user, path).order_by().values("place__use").annotate(n=Count("pk"))
    labels = dict(RoomUse.choices)
    return [
        Figure(row["n"], labels.get(row["place__use"]) or _("未填用途"), key=row["place__use"], query=_use_query(row["place__use"]))
        for row in rows
    ]


def _use_query(use: str) -> str:
    return urlencode({"use": use}) if use else "use__empty=1"


@indicator(
    "offices.leases_ending",
    label=_("90 天内到期的租赁"),
    unit=_("份"),
    by="unit",
    resource="offices.lease",
    help=_("租期在今后 90 天内结束的合同。"),
)
def leases_ending(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count the leases that end within ninety days, by unit."""
    rows = LEASES.queryset(user, path).filter(ends_on__gte=on, ends_on__lte=on + dt.timedelta(days=EXPIRING_DAYS)).order_by()
    return [Figure(row["n"], unit_id=row["unit_id"], query=ending_query(on)) for row in rows.values("unit_id").annotate(n=Count("pk"))]


def ending_query(on: dt.date) -> str:
    """Return the filters of the leases that end within ninety days."""
    return urlencode(
        {"ends_on__gte": on.isoformat(), "ends_on__lte": (on + dt.timedelta(days=EXPIRING_DAYS)).isoformat(), "sort": "ends_on"}
    )


def _room_limit(traits: Mapping[str, Any], level: str, on: dt.date) -> Decimal | None:
    """Return what the standard allows one post of a level, None where no row says."""
    verdict = judge(load(), "office_room_area", "max_m2", {**traits, "level": level, "area": 0}, on)
    return verdict.limit


def authorised_area(rows: Iterable[Mapping[str, Any]], on: dt.date) -> dict[int, Decimal]:
    """Return by unit the sum of count × limit over rows of authorised posts; a level without a row adds nothing."""
    area: dict[int, Decimal] = {}
    limits: dict[tuple[Any, ...], Decimal | None] = {}
    for row in rows:
        traits = {name: row[f"unit__{name}"] for name in TRAITS}
        key = (*traits.values(), row["level"])
        if key not in limits:
            limits[key] = _room_limit(traits, row["level"], on)
        limit = limits[key]
        area[row["unit_id"]] = area.get(row["unit_id"], Decimal(0)) + (limit or Decimal(0)) * row["count"]
    return area


@indicator(
    "offices.authorised_area_by_unit",
    label=_("核定办公室面积"),
    unit=_("m²"),
    by="unit",
    resource="org.unit",
    kind="area",
    help=_("各职务层次的编制数乘以办公室使用面积上限，逐级相加。"),
)
def authorised_area_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum the office area that the authorised posts allow under the standard that binds the unit, by unit."""
    units = UNITS.queryset(user, path).order_by().values("pk")
    rows = (
        AuthorisedPosts.objects.current(on)
        .filter(unit__in=units)
        .values("unit_id", "level", "count", *(f"unit__{name}" for name in TRAITS))
    )
    return [Figure(area, unit_id=unit_id) for unit_id, area in authorised_area(rows, on).items() if area]
