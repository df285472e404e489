"""How much is owned: cards on the books that have not been disposed of, by unit and by class; and what lies idle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Substr
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


def net_of(row: dict[str, Any]) -> Decimal:
    return row["cost"] - row["accumulated"]


def by_unit(cards: QuerySet[Any]) -> Totals:
    """Return count, cost and accumulated depreciation of cards by their unit."""
    return list(cards.order_by().values("unit_id").annotate(**TOTALS))


def by_class(cards: QuerySet[Any]) -> Totals:
    """Return the same by catalogue, edition and second-level class."""
    prefix = Substr("category__code", 1, CLASS_LENGTH)
    return list(cards.order_by().values("category__system", "category__edition", prefix=prefix).annotate(**TOTALS))


def _unit_figures(rows: Totals, name: str, query: str) -> list[Figure]:
    return [Figure(net_of(row) if name == "net" else row[name], unit_id=row["unit_id"], query=query) for row in rows]


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


def class_query(prefix: str | None, edition: str | None, query: str = HELD_QUERY) -> str:
    """Return the filters of a list that select one class of one edition, or the cards without a class."""
    if not prefix:
        return f"{query}&category__empty=1"
    return f"{query}&{urlencode({'category__gte': prefix, 'category__lt': after(prefix), 'edition': edition or ''})}"


def _class_figures(rows: Totals, name: str, query: str) -> Iterator[Figure]:
    names, editions = _class_names(), {row["category__edition"] for row in rows if row["prefix"]}
    for row in rows:
        system, edition, prefix = row["category__system"], row["category__edition"], row["prefix"]
        label = names.get((system, edition, prefix), prefix) if prefix else _now("未分类")
        label = f"{label}（{edition}）" if prefix and len(editions) > 1 else label
        value = net_of(row) if name == "net" else row[name]
        yield Figure(value, label, key=f"{edition or ''}:{prefix or ''}", query=class_query(prefix, edition, query))


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
