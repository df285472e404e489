"""How much is owned: cards on the books that have not been disposed of, by unit and by class; and what lies idle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.indicator import Figure, indicator
from gongjia.ledger.choices import AssetStatus
from gongjia.ledger.models import Category
from gongjia.ledger.resources import ASSETS

HELD = tuple(status.value for status in AssetStatus if status != AssetStatus.DISPOSED)
HELD_QUERY = urlencode([("on_books", "true"), *(("status", status) for status in HELD)])
IDLE_QUERY = urlencode({"on_books": "true", "status": AssetStatus.IDLE.value})
CLASS_LENGTH = 5
TOTALS = {"cards": Count("pk"), "cost": Sum("cost"), "accumulated": Sum("accumulated")}
Totals = Sequence[dict[str, Any]]


def held(user: Any, path: str) -> QuerySet[Any]:
    """Return the visible cards on the books that have not been disposed of."""
    return ASSETS.queryset(user, path).filter(on_books=True, status__in=HELD)


def idle(user: Any, path: str) -> QuerySet[Any]:
    """Return the visible idle cards on the books."""
    return ASSETS.queryset(user, path).filter(on_books=True, status=AssetStatus.IDLE)


def parts_of(row: dict[str, Any]) -> dict[str, Decimal | int]:
    """Return what is counted together: cards, cost and net value."""
    return {"cards": row["cards"], "cost": row["cost"], "net": row["cost"] - row["accumulated"]}


def by_unit(cards: QuerySet[Any]) -> Totals:
    """Return count, cost and accumulated depreciation of cards by their unit."""
    return list(cards.order_by().values("unit_id").annotate(**TOTALS))


def by_class(cards: QuerySet[Any]) -> Totals:
    """Return the same by catalogue, edition and second-level class; cards are grouped by category, classes made on the small side."""
    rows = list(cards.order_by().values("category_id").annotate(**TOTALS))
    known = Category.objects.in_bulk([row["category_id"] for row in rows if row["category_id"]])
    classes: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows:
        found = known.get(row["category_id"])
        key = (found.system, found.edition, found.code[:CLASS_LENGTH]) if found else ("", "", "")
        whole = classes.setdefault(key, {"class": key, "cards": 0, "cost": Decimal(0), "accumulated": Decimal(0)})
        for name in TOTALS:
            whole[name] += row[name]
    return list(classes.values())


def _unit_figures(rows: Totals, name: str, query: str) -> list[Figure]:
    return [Figure(parts[name], unit_id=row["unit_id"], query=query, parts=parts) for row in rows for parts in [parts_of(row)]]


@indicator(
    "ledger.cards_by_unit", label=_("资产卡片"), unit=_("张"), by="unit", resource="ledger.asset", help=_("列入总额且未处置的资产卡片。")
)
def cards_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count the cards held, by unit."""
    return _unit_figures(by_unit(held(user, path)), "cards", HELD_QUERY)


@indicator(
    "ledger.cost_by_unit",
    label=_("资产原值"),
    unit=_("元"),
    by="unit",
    resource="ledger.asset",
    kind="money",
    help=_("列入总额且未处置的资产原值合计。"),
)
def cost_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum the cost of the cards held, by unit."""
    return _unit_figures(by_unit(held(user, path)), "cost", HELD_QUERY)


@indicator(
    "ledger.net_by_unit", label=_("资产净值"), unit=_("元"), by="unit", resource="ledger.asset", kind="money", help=_("原值减累计折旧。")
)
def net_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum the net value of the cards held, by unit."""
    return _unit_figures(by_unit(held(user, path)), "net", HELD_QUERY)


def _class_names() -> dict[tuple[str, str, str], str]:
    """Return the names of second-level classes, and of the first where a catalogue has only those, by catalogue, edition and prefix."""
    rows = Category.objects.live().filter(level__lte=2).order_by("-level").values_list("system", "edition", "code", "name")
    return {(system, edition, code[:CLASS_LENGTH]): name for system, edition, code, name in rows}


def after(prefix: str) -> str:
    """Return the first text that sorts behind everything that begins with `prefix`."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def class_query(prefix: str, edition: str, query: str = HELD_QUERY) -> str:
    """Return the filters of a list that select one class of one edition, or the cards without a class."""
    if not prefix:
        return f"{query}&category__empty=1"
    return f"{query}&{urlencode({'category__gte': prefix, 'category__lt': after(prefix), 'edition': edition})}"


def _class_figures(rows: Totals, name: str, query: str) -> Iterator[Figure]:
    names, newest = _class_names(), max((row["class"][1] for row in rows), default="")
    for row in rows:
        _system, edition, prefix = row["class"]
        label = names.get(row["class"], prefix) if prefix else _now("未分类")
        label = f"{label}（{edition}）" if edition not in ("", newest) else label
        parts = parts_of(row)
        yield Figure(parts[name], label, key=f"{edition}:{prefix}", query=class_query(prefix, edition, query), parts=parts)


@indicator("ledger.cards_by_class", label=_("资产卡片"), unit=_("张"), by="kind", resource="ledger.asset", help=_("按资产分类的大类计数。"))
def cards_by_class(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count the cards held, by class."""
    return list(_class_figures(by_class(held(user, path)), "cards", HELD_QUERY))


@indicator(
    "ledger.cost_by_class",
    label=_("资产原值"),
    unit=_("元"),
    by="kind",
    resource="ledger.asset",
    kind="money",
    help=_("按资产分类的大类合计。"),
)
def cost_by_class(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum the cost of the cards held, by class."""
    return list(_class_figures(by_class(held(user, path)), "cost", HELD_QUERY))


@indicator(
    "ledger.net_by_class", label=_("资产净值"), unit=_("元"), by="kind", resource="ledger.asset", kind="money", help=_("原值减累计折旧。")
)
def net_by_class(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum the net value of the cards held, by class."""
    return list(_class_figures(by_class(held(user, path)), "net", HELD_QUERY))


@indicator(
    "ledger.idle_cards_by_unit",
    label=_("闲置资产"),
    unit=_("张"),
    by="unit",
    resource="ledger.asset",
    help=_("使用状况为闲置的资产，不论多久。"),
)
def idle_cards_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count the idle cards, by unit."""
    return _unit_figures(by_unit(idle(user, path)), "cards", IDLE_QUERY)


@indicator("ledger.idle_cost_by_unit", label=_("闲置资产原值"), unit=_("元"), by="unit", resource="ledger.asset", kind="money")
def idle_cost_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum the cost of the idle cards, by unit."""
    return _unit_figures(by_unit(idle(user, path)), "cost", IDLE_QUERY)
