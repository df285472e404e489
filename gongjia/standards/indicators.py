"""What the rules say of the whole: breaches by rule and unit, their course over time, and the value that lies idle too long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from gongjia.core.indicator import Figure, indicator
from gongjia.ledger.choices import AssetStatus
from gongjia.ledger.resources import ASSETS
from gongjia.standards.rulebook.judging import judge
from gongjia.standards.rulebook.loading import load


def idle_days(on: dt.date) -> int:
    """Return how many days an asset may lie idle: the rulebook's own parameter, for units without a table of their own."""
    verdict = judge(load(), "idle_days", "days", {"tier": "municipal", "idle_days": 0}, on)
    return int(verdict.limit or 0)


def idle_since(on: dt.date) -> dt.date:
    """Return the last day from which an asset, idle ever since, has been idle for longer than the limit on `on`."""
    return on - dt.timedelta(days=idle_days(on) + 1)


def _idle(user: Any, on: dt.date, path: str) -> QuerySet[Any]:
    return ASSETS.queryset(user, path).filter(on_books=True, status=AssetStatus.IDLE, idle_since__lte=idle_since(on)).order_by()


def idle_query(on: dt.date) -> str:
    """Return the filters of the assets that have been idle for longer than the limit."""
    return urlencode({"on_books": "true", "status": AssetStatus.IDLE.value, "idle_since__lte": idle_since(on).isoformat()})


@indicator("standards.idle_cards_by_unit", label=_("闲置过久的资产"), unit=_("张"), by="unit", resource="ledger.asset")
def idle_cards_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count the cards that have been idle for longer than the limit, by unit."""
    rows = _idle(user, on, path).values("unit_id").annotate(n=Count("pk"))
    return [Figure(row["n"], unit_id=row["unit_id"], query=idle_query(on)) for row in rows]


@indicator("standards.idle_cost_by_unit", label=_("闲置过久的资产原值"), unit=_("元"), by="unit", resource="ledger.asset", kind="money")
def idle_cost_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum the cost of the cards that have been idle for longer than the limit, by unit."""
    rows = _idle(user, on, path).values("unit_id").annotate(n=Sum("cost"))
    return [Figure(row["n"], unit_id=row["unit_id"], query=idle_query(on)) for row in rows]
