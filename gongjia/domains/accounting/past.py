"""The past in words: days as people name them, totals with names, and the units that a person may ask about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.domains.accounting.sheets import Sheet
from gongjia.ledger.asof import STATUSES, Held, Total
from gongjia.ledger.choices import AssetStatus
from gongjia.ledger.history import end_of
from gongjia.ledger.models import Category
from gongjia.ledger.resources import ASSETS
from gongjia.org.models import Unit

NAMES: dict[str, Any] = {"unit": _("单位"), "category": _("资产分类"), "status": _("使用状况")}
CLASS = 5  # characters of a second-level class


def day_asked(text: str, usual: dt.date) -> dt.date:
    """Return the day that an address names, else the usual one."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return usual


def end_of_day(day: dt.date) -> dt.datetime:
    """Return the last instant of a business day, whose knowledge counts."""
    return end_of(day).astimezone(dt.UTC)


def moment_words(on: dt.date, known: dt.date, scope: str) -> str:
    """Say what is shown and as of when."""
    return _now("%(scope)s，%(on)s 的情况，按 %(known)s 前已登记的变动计算；此后补记的不算。") % {"scope": scope, "on": on, "known": known}


def visible_units(user: Any, path: str, chosen: int | None = None) -> tuple[int, ...] | None:
    """Return the units whose cards a person may see within a subtree, or in it one unit with those below; None for all."""
    if chosen is not None:
        path = Unit.objects.filter(pk=chosen, path__startswith=path).values_list("path", flat=True).first() or "-"
    units = ASSETS.units(user, path)
    return None if units is None else tuple(sorted(units.values_list("pk", flat=True)))


@dataclass
class Group:
    """One line of totals, and the words of the address that select its cards; money in 分."""

    label: str
    narrower: dict[str, Any] = field(default_factory=dict)
    cards: int = 0
    quantity: int = 0
    cost: int = 0
    accumulated: int = 0

    @property
    def net(self) -> int:
        return self.cost - self.accumulated

    def add(self, total: Total) -> None:
        self.cards += total.cards
        self.quantity += total.quantity
        self.cost += total.cost
        self.accumulated += total.accumulated


def grouped(found: Sequence[Total], by: str, prefix: str = "") -> list[Group]:
    """Return totals with names; classes are brought together at their second level, or one level below the one asked for."""
    place = {"unit": _unit_places, "category": _class_places, "status": _status_places}[by](found, prefix)
    groups: dict[Any, Group] = {}
    for total in found:
        label, narrower = place[total.key]
        groups.setdefault(label, Group(label, narrower)).add(total)
    return sorted(groups.values(), key=lambda group: -group.cost)


Places = dict[int | None, tuple[str, dict[str, Any]]]


def _unit_places(found: Sequence[Total], prefix: str) -> Places:
    rows = Unit.objects.filter(pk__in=[total.key for total in found if total.key]).values_list("pk", "name")
    return {pk: (name, {"unit": pk}) for pk, name in rows}


def _status_places(found: Sequence[Total], prefix: str) -> Places:
    labels = dict(AssetStatus.choices)
    return {total.key: (str(labels[STATUSES[(total.key or 1) - 1]]), {"status": STATUSES[(total.key or 1) - 1]}) for total in found}


def _class_places(found: Sequence[Total], prefix: str) -> Places:
    length = 9 if len(prefix) >= CLASS else CLASS
    names: dict[str, str] = {}
    for code, name in Category.objects.order_by("-edition", "level").values_list("code", "name"):
        names.setdefault(code[:length].ljust(length, "0"), name)
    codes = dict(Category.objects.values_list("pk", "code"))
    places: Places = {None: (_now("未分类"), {"class": "-"})}
    for pk, code in codes.items():
        cut = code[:length]
        places[pk] = (f"{cut} {names.get(cut.ljust(length, '0'), '')}".strip(), {"class": cut})
    return places


def sheets(groups: Sequence[Group], head: str, found: Sequence[Held]) -> list[Sheet]:
    """Return totals and cards as sheets."""
    money = [_now("原值（元）"), _now("累计折旧（元）"), _now("净值（元）")]
    rows = [[g.label, g.cards, g.quantity / 100, g.cost / 100, g.accumulated / 100, g.net / 100] for g in groups]
    units, classes = dict(Unit.objects.values_list("pk", "name")), dict(Category.objects.values_list("pk", "name"))
    labels = dict(AssetStatus.choices)
    lines = [
        [
            *(card.number, card.name, units.get(card.unit, ""), classes.get(card.category, ""), str(labels[card.status])),
            *(cents / 100 for cents in (card.quantity, card.cost, card.accumulated, card.net)),
        ]
        for card in found
    ]
    heads = [_now("资产编号"), _now("资产名称"), _now("单位"), _now("资产分类"), _now("使用状况"), _now("数量"), *money]
    return [(_now("汇总"), [head, _now("卡片"), _now("数量"), *money], rows), (_now("卡片"), heads, lines)]
