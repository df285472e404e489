"""How much came, went, lies and was saved, by unit, from the first of January to the day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Avg, Count, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.indicator import Figure, indicator
from gongjia.core.models import AuditEntry
from gongjia.domains.warehouse.choices import IN_STOCK, LEFT, PassageKind
from gongjia.domains.warehouse.resources import CHECKS, DEALS, ITEMS, PASSAGES, WISHES

PURCHASE = "acquisition.purchase_asset"


def year_to(on: dt.date) -> dt.date:
    """Return the first day of the year of a day."""
    return on.replace(month=1, day=1)


def _passages(user: Any, on: dt.date, path: str, kinds: Sequence[str]) -> QuerySet[Any]:
    return PASSAGES.queryset(user, path).filter(on__gte=year_to(on), on__lte=on, kind__in=kinds).order_by()


def _query(on: dt.date, kinds: Sequence[str]) -> str:
    return urlencode([("on__gte", year_to(on).isoformat()), ("on__lte", on.isoformat()), *(("kind", kind) for kind in kinds)])


def _counted(user: Any, on: dt.date, path: str, kinds: Sequence[str]) -> list[Figure]:
    rows = _passages(user, on, path, kinds).values("unit_id").annotate(n=Count("pk"), cost=Sum("cost"))
    return [Figure(row["n"], unit_id=row["unit_id"], query=_query(on, kinds), parts={"cost": row["cost"]}) for row in rows]


@indicator("warehouse.in_by_unit", label=_("入仓"), unit=_("件"), by="unit", resource="warehouse.passage", help=_("本年入仓的件数。"))
def in_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count what came in this year."""
    return _counted(user, on, path, [PassageKind.IN.value])


@indicator(
    "warehouse.in_cost_by_unit",
    label=_("入仓原值"),
    unit=_("元"),
    by="unit",
    resource="warehouse.passage",
    kind="money",
    help=_("本年入仓资产的原值。"),
)
def in_cost_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum the cost of what came in this year."""
    return [Figure(figure.parts["cost"], unit_id=figure.unit_id) for figure in _counted(user, on, path, [PassageKind.IN.value])]


@indicator(
    "warehouse.out_by_unit",
    label=_("出仓"),
    unit=_("件"),
    by="unit",
    resource="warehouse.passage",
    help=_("本年借出、调剂和处置出仓的件数。"),
)
def out_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count what went out this year."""
    return _counted(user, on, path, [kind.value for kind in LEFT])


def _stock(user: Any, path: str) -> QuerySet[Any]:
    return ITEMS.queryset(user, path).filter(state__in=IN_STOCK).order_by()


@indicator(
    "warehouse.stock_by_unit", label=_("在仓"), unit=_("件"), by="unit", resource="warehouse.item", help=_("现在在仓的件数，含借出。")
)
def stock_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count what lies in stock."""
    query = urlencode([("state", state.value) for state in IN_STOCK])
    rows = _stock(user, path).values("asset__unit_id").annotate(n=Count("pk"))
    return [Figure(row["n"], unit_id=row["asset__unit_id"], query=query) for row in rows]


@indicator(
    "warehouse.turnover_by_unit",
    label=_("周转率"),
    unit=_("次"),
    by="unit",
    resource="warehouse.passage",
    kind="decimal",
    help=_("本年出仓 ÷ 年初与现在在仓的平均数；年初在仓由台账倒推。"),
)
def turnover_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Divide what went out by the mean of what lay in stock at the beginning and lies there now."""
    now = {figure.unit_id: figure.value for figure in stock_by_unit.figures(user, on, path)}
    moved: dict[int | None, dict[str, int]] = defaultdict(dict)
    kinds = [kind.value for kind in (PassageKind.IN, *LEFT, PassageKind.WITHDRAW)]
    for row in _passages(user, on, path, kinds).values("unit_id", "kind").annotate(n=Count("pk")):
        moved[row["unit_id"]][row["kind"]] = row["n"]
    figures = []
    for unit in set(now) | set(moved):
        turned = _turnover(int(now.get(unit, 0)), moved[unit])
        if turned is not None:
            figures.append(Figure(turned, unit_id=unit))
    return figures


def _turnover(now: int, moved: Mapping[str, int]) -> Decimal | None:
    """Return the turnover from the present stock and the movements; loans stay in stock while they are out."""
    gone = sum(moved.get(kind, 0) for kind in ("reallocate", "dispose", "withdraw"))
    before = max(0, now - moved.get("in", 0) + gone)
    mean = Decimal(before + now) / 2
    out = sum(moved.get(kind.value, 0) for kind in LEFT)
    return (out / mean).quantize(Decimal("0.01")) if mean else None


@indicator(
    "warehouse.days_by_unit",
    label=_("在仓时长"),
    unit=_("天"),
    by="unit",
    resource="warehouse.passage",
    kind="decimal",
    help=_("本年调剂和处置出仓的资产平均在仓天数。"),
)
def days_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Average the days that what left for good had lain in stock."""
    gone = _passages(user, on, path, [PassageKind.REALLOCATE.value, PassageKind.DISPOSE.value]).filter(days__isnull=False)
    rows = gone.values("unit_id").annotate(mean=Avg("days"))
    return [Figure(Decimal(str(row["mean"])).quantize(Decimal("0.1")), unit_id=row["unit_id"]) for row in rows]


@indicator(
    "warehouse.met_by_unit",
    label=_("满足率"),
    unit="%",
    by="unit",
    resource="warehouse.wish",
    kind="decimal",
    help=_("本年提出的需求中，公物仓满足的数量 ÷ 需求数量。"),
)
def met_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Divide what was met by what was wanted."""
    wishes = WISHES.queryset(user, path).filter(made_on__gte=year_to(on), made_on__lte=on).order_by()
    rows = wishes.values("unit_id").annotate(met=Sum("met"), wanted=Sum("quantity"))
    return [_share(row["met"], row["wanted"], row["unit_id"]) for row in rows if row["wanted"]]


def _share(part: int, whole: int, unit: int | None) -> Figure:
    return Figure((Decimal(100 * part) / whole).quantize(Decimal("0.1")), unit_id=unit, parts={"part": part, "whole": whole})


@indicator(
    "warehouse.checked_by_unit",
    label=_("查仓率"),
    unit="%",
    by="unit",
    resource="warehouse.stock_check",
    kind="decimal",
    help=_("本年购置申请中，办结前查过仓的份数 ÷ 全部购置申请份数。"),
)
def checked_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Divide the purchases that searched the warehouse by all purchases that were carried out."""
    checks = CHECKS.queryset(user, path).filter(on__gte=year_to(on), on__lte=on).order_by()
    searched: dict[int, set[str]] = defaultdict(set)
    for unit, key in checks.values_list("unit_id", "request_key"):
        searched[unit].add(key)
    bought: dict[int, set[str]] = defaultdict(set)
    for unit, key in _bought(user, on, path).values_list("unit_id", "batch__request_key").distinct():
        bought[unit].add(key)
    every = {unit: searched[unit] | bought[unit] for unit in set(searched) | set(bought)}
    return [_share(len(searched[unit]), len(keys), unit) for unit, keys in every.items() if keys]


def _bought(user: Any, on: dt.date, path: str) -> QuerySet[Any]:
    """Return what purchases wrote this year, of the units whose searches this person may read."""
    rows = AuditEntry.objects.filter(action=PURCHASE, at__date__gte=year_to(on), at__date__lte=on).exclude(batch__request_key="")
    if not access(user).can(CHECKS.view_permission):
        return rows.none()
    units = CHECKS.units(user, path)
    return rows if units is None else rows.filter(unit_id__in=units)


@indicator(
    "warehouse.saved_by_unit",
    label=_("节约"),
    unit=_("元"),
    by="unit",
    resource="warehouse.deal",
    kind="money",
    help=_("本年共享凭证的节约金额：参照价减去少用的寿命、搬运和修复，不是新品价格的合计。"),
)
def saved_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum what the deals of the year saved, by the unit that was spared the purchase."""
    rows = DEALS.queryset(user, path).filter(on__gte=year_to(on), on__lte=on).order_by().values("unit_id")
    query = urlencode({"on__gte": year_to(on).isoformat(), "on__lte": on.isoformat()})
    return [Figure(row["n"], unit_id=row["unit_id"], query=query) for row in rows.annotate(n=Sum("saving"))]
