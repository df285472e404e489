"""How repairs go, by unit: what is open, what was done in time, how it was rated, what property services cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Avg, Count, F, Q, Sum
from django.utils.translation import gettext_lazy as _

from gongjia.core.indicator import Figure, indicator
from gongjia.domains.maintenance.choices import FINISHED, OPEN
from gongjia.domains.maintenance.resources import CONTRACTS, TICKETS


@indicator(
    "maintenance.open_by_unit",
    label=_("未完成工单"),
    unit=_("张"),
    by="unit",
    resource="maintenance.ticket",
    help=_("现在还没有完成的维修工单。"),
)
def open_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count the open tickets."""
    query = urlencode([("state", state.value) for state in OPEN])
    rows = TICKETS.queryset(user, path).filter(state__in=OPEN).order_by().values("unit_id").annotate(n=Count("pk"))
    return [Figure(row["n"], unit_id=row["unit_id"], query=query) for row in rows]


def _finished(user: Any, on: dt.date, path: str) -> Any:
    rows = TICKETS.queryset(user, path).filter(state__in=FINISHED, done_at__date__year=on.year, done_at__date__lte=on)
    return rows.order_by().values("unit_id")


@indicator(
    "maintenance.on_time_by_unit",
    label=_("维修及时率"),
    unit="%",
    by="unit",
    resource="maintenance.ticket",
    kind="decimal",
    help=_("本年完成的工单中，在时限内完成的比例。"),
)
def on_time_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Divide what was done in time this year by all that was done."""
    rows = _finished(user, on, path).annotate(n=Count("pk"), part=Count("pk", filter=Q(done_at__lte=F("due_at"))))
    return [
        Figure(
            (Decimal(100 * row["part"]) / row["n"]).quantize(Decimal("0.1")),
            unit_id=row["unit_id"],
            parts={"part": row["part"], "whole": row["n"]},
        )
        for row in rows
    ]


@indicator(
    "maintenance.rating_by_unit",
    label=_("维修评分"),
    unit=_("分"),
    by="unit",
    resource="maintenance.ticket",
    kind="decimal",
    help=_("本年完成并评价的工单的平均评分，满分 5 分。"),
)
def rating_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Average the ratings of the year."""
    rows = _finished(user, on, path).filter(rating__isnull=False).annotate(mean=Avg("rating"))
    return [Figure(Decimal(str(row["mean"])).quantize(Decimal("0.1")), unit_id=row["unit_id"]) for row in rows]


@indicator(
    "maintenance.property_price_by_unit",
    label=_("物业费单价"),
    unit=_("元/m²"),
    by="unit",
    resource="maintenance.contract",
    kind="decimal",
    help=_("在期物业合同的年金额 ÷ 服务面积。"),
)
def property_price_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Divide the yearly price of the contracts that hold by the area that they serve."""
    rows = CONTRACTS.queryset(user, path).filter(starts_on__lte=on, ends_on__gte=on).order_by().values("unit_id")
    sums = rows.annotate(price=Sum("yearly_price"), area_served=Sum("area"))
    return [Figure((row["price"] / row["area_served"]).quantize(Decimal("0.01")), unit_id=row["unit_id"]) for row in sums]
