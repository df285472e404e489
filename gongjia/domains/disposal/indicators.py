"""What has been disposed of this year, what it had cost and what came in for it, by unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from gongjia.core.indicator import Figure, indicator
from gongjia.domains.disposal.resources import DISPOSALS


def _done(user: Any, on: dt.date, path: str) -> tuple[QuerySet[Any], str]:
    """Return what went this year by unit, and the filters that show it."""
    filters = {"done_on__gte": on.replace(month=1, day=1), "done_on__lte": on}
    rows = DISPOSALS.queryset(user, path).filter(**filters).order_by().values("unit_id")
    return rows, urlencode({name: day.isoformat() for name, day in filters.items()})


@indicator("disposal.gone_by_unit", label=_("处置"), unit=_("件"), by="unit", resource="disposal.disposal", help=_("本年处置完成的资产。"))
def gone_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count what went this year."""
    rows, query = _done(user, on, path)
    return [Figure(row["n"], unit_id=row["unit_id"], query=query) for row in rows.annotate(n=Count("pk"))]


@indicator(
    "disposal.cost_by_unit",
    label=_("处置资产原值"),
    unit=_("元"),
    by="unit",
    resource="disposal.disposal",
    kind="money",
    help=_("本年处置完成的资产的原值。"),
)
def cost_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum the cost of what went this year."""
    rows, query = _done(user, on, path)
    return [Figure(row["total"], unit_id=row["unit_id"], query=query) for row in rows.annotate(total=Sum("asset__cost"))]


@indicator(
    "disposal.income_by_unit",
    label=_("处置收入"),
    unit=_("元"),
    by="unit",
    resource="disposal.disposal",
    kind="money",
    help=_("本年处置完成的资产的收入，含未上缴的。"),
)
def income_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum what came in for what went this year."""
    rows, query = _done(user, on, path)
    return [Figure(row["total"], unit_id=row["unit_id"], query=query) for row in rows.annotate(total=Sum("income")) if row["total"]]
