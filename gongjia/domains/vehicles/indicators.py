"""How many vehicles there are, and how many are authorised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.indicator import Figure, indicator
from gongjia.domains.vehicles.models import Purpose
from gongjia.domains.vehicles.resources import QUOTAS, VEHICLES
from gongjia.ledger.choices import AssetStatus

HELD = tuple(status.value for status in AssetStatus if status != AssetStatus.DISPOSED)
HELD_QUERY = urlencode([("status", status) for status in HELD])


def held(user: Any, path: str) -> QuerySet[Any]:
    """Return the visible vehicles that have not been disposed of."""
    return VEHICLES.queryset(user, path).filter(asset__status__in=HELD).order_by()


def quotas(user: Any, path: str, on: dt.date) -> QuerySet[Any]:
    """Return the quota rows that hold on a day."""
    return QUOTAS.queryset(user, path).current(on).order_by()


def purpose_label(purpose: str) -> str:
    return str(dict(Purpose.choices).get(purpose) or _now("未填用途"))


def _purpose_query(purpose: str) -> str:
    return urlencode({"purpose": purpose}) if purpose else "purpose__empty=1"


@indicator("vehicles.held_by_unit", label=_("实有车辆"), unit=_("辆"), by="unit", resource="vehicles.vehicle", help=_("未处置的公务用车。"))
def held_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count the vehicles, by unit."""
    rows = held(user, path).values("asset__unit_id").annotate(n=Count("pk"))
    return [Figure(row["n"], unit_id=row["asset__unit_id"], query=HELD_QUERY) for row in rows]


@indicator(
    "vehicles.quota_by_unit", label=_("车辆编制"), unit=_("辆"), by="unit", resource="vehicles.quota", help=_("当日有效的车辆编制数。")
)
def quota_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum the quota that holds on the day, by unit."""
    rows = quotas(user, path, on).values("unit_id").annotate(n=Sum("count"))
    return [Figure(row["n"], unit_id=row["unit_id"]) for row in rows]


@indicator(
    "vehicles.held_by_purpose", label=_("实有车辆"), unit=_("辆"), by="kind", resource="vehicles.vehicle", help=_("未处置的公务用车。")
)
def held_by_purpose(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count the vehicles, by category of use."""
    rows = held(user, path).values("purpose").annotate(n=Count("pk"))
    return [
        Figure(row["n"], purpose_label(row["purpose"]), key=row["purpose"], query=f"{HELD_QUERY}&{_purpose_query(row['purpose'])}")
        for row in rows
    ]


@indicator(
    "vehicles.quota_by_purpose", label=_("车辆编制"), unit=_("辆"), by="kind", resource="vehicles.quota", help=_("当日有效的车辆编制数。")
)
def quota_by_purpose(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum the quota that holds on the day, by category of use."""
    rows = quotas(user, path, on).values("purpose").annotate(n=Sum("count"))
    return [Figure(row["n"], purpose_label(row["purpose"]), key=row["purpose"], query=_purpose_query(row["purpose"])) for row in rows]
