"""What was bought this year, by unit: what came and was found good, at what it really cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from gongjia.core.indicator import Figure, indicator
from gongjia.domains.acquisition.choices import OrderState
from gongjia.domains.acquisition.resources import ORDERS, RECEIPTS

WAITING = (OrderState.ORDERED.value, OrderState.PARTLY.value)
WAITING_QUERY = urlencode([("state", state) for state in WAITING])


@indicator(
    "acquisition.bought_by_unit",
    label=_("购置"),
    unit=_("元"),
    by="unit",
    resource="acquisition.receipt",
    kind="money",
    help=_("本年验收入库的金额：数量 × 实际单价。"),
)
def bought_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum what came in this year at its real price."""
    filters = {"received_on__gte": on.replace(month=1, day=1), "received_on__lte": on}
    sums: dict[int, Decimal] = {}
    for unit, quantity, price in RECEIPTS.queryset(user, path).filter(**filters).values_list("unit_id", "quantity", "unit_price"):
        sums[unit] = sums.get(unit, Decimal(0)) + quantity * price
    query = urlencode({name: day.isoformat() for name, day in filters.items()})
    return [Figure(total.quantize(Decimal("0.01")), unit_id=unit, query=query) for unit, total in sums.items()]


@indicator(
    "acquisition.waiting_by_unit",
    label=_("待验收的订单"),
    unit=_("行"),
    by="unit",
    resource="acquisition.orderline",
    help=_("已批准、还没有全部验收的订单行。"),
)
def waiting_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count the order lines of which something is still to come."""
    rows = ORDERS.queryset(user, path).filter(state__in=WAITING).order_by().values("unit_id").annotate(n=Count("pk"))
    return [Figure(row["n"], unit_id=row["unit_id"], query=WAITING_QUERY) for row in rows]
