"""How much office space there is, for how many people; what is rented and when it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from gongjia.core.indicator import Figure, indicator
from gongjia.domains.offices.resources import LEASES, ROOMS
from gongjia.org.choices import RoomUse

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
