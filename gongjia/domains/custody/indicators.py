"""What is let, what rent came in this year and how much repairs cost, by unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from gongjia.core.indicator import Figure, indicator
from gongjia.domains.custody.resources import INCOMES, LETTINGS, REPAIRS

STILL_OUT = "returned_on__empty=1"


def this_year(on: dt.date, column: str) -> dict[str, dt.date]:
    """Return the filters of the year up to a day."""
    return {f"{column}__gte": on.replace(month=1, day=1), f"{column}__lte": on}


def query(filters: dict[str, dt.date]) -> str:
    """Return filters as an address carries them."""
    return urlencode({name: day.isoformat() for name, day in filters.items()})


@indicator(
    "custody.let_by_unit",
    label=_("出租出借"),
    unit=_("件"),
    by="unit",
    resource="custody.letting",
    help=_("已出租出借、还没有归还的资产。"),
)
def let_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count what is let and not back."""
    rows = LETTINGS.queryset(user, path).filter(returned_on__isnull=True).order_by().values("unit_id").annotate(n=Count("pk"))
    return [Figure(row["n"], unit_id=row["unit_id"], query=STILL_OUT) for row in rows]


@indicator(
    "custody.rent_by_unit",
    label=_("出租收入"),
    unit=_("元"),
    by="unit",
    resource="custody.income",
    kind="money",
    help=_("本年收到的租金，含未上缴的。"),
)
def rent_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum the rent that came in this year."""
    filters = this_year(on, "received_on")
    rows = INCOMES.queryset(user, path).filter(**filters).order_by().values("unit_id").annotate(total=Sum("amount"))
    return [Figure(row["total"], unit_id=row["unit_id"], query=query(filters)) for row in rows]


@indicator(
    "custody.repair_cost_by_unit",
    label=_("资产维修费用"),
    unit=_("元"),
    by="unit",
    resource="custody.repair",
    kind="money",
    help=_("本年完成的维修，含计入原值的。"),
)
def repair_cost_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum what repairs cost this year."""
    filters = this_year(on, "done_on")
    rows = REPAIRS.queryset(user, path).filter(**filters).order_by().values("unit_id").annotate(total=Sum("cost"))
    return [Figure(row["total"], unit_id=row["unit_id"], query=query(filters)) for row in rows]
