"""Leases that end soon, each with the owned space of its city that might take its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.domains.leasing.rules import EXCESS, UNKNOWN, VACANT
from gongjia.domains.leasing.vacancy import Need, Space, Stock, Whereabouts
from gongjia.domains.offices.models import Lease

HEADS = (
    _("租赁合同编号"),
    _("承租单位"),
    _("租赁房屋"),
    _("城市"),
    _("地区"),
    _("租期止"),
    _("剩余天数"),
    _("租用使用面积"),
    _("租用建筑面积"),
    _("次序"),
    _("自有房屋编号"),
    _("自有房屋"),
    _("管理单位"),
    _("空置情况"),
    _("可用使用面积"),
    _("建筑面积"),
    _("空置房间"),
    _("距离（公里）"),
    _("面积够用"),
)


@dataclass(frozen=True)
class Ending:
    """One lease that ends soon, and the owned space of its city in the order in which it is offered."""

    lease: Lease
    days: int
    need: Need
    spaces: Sequence[Space]

    @property
    def known(self) -> int:
        return sum(space.standing != UNKNOWN and space.fits is not False for space in self.spaces)

    @property
    def unknown(self) -> int:
        return sum(space.standing == UNKNOWN and space.fits is not False for space in self.spaces)


def ending_between(leases: QuerySet[Any], on: dt.date, until: dt.date) -> QuerySet[Any]:
    """Keep the leases that run and end within two days, both counted."""
    return leases.filter(ends_on__gte=on, ends_on__lte=until, end__isnull=True).select_related("unit", "place").order_by("ends_on", "pk")


def endings(leases: Sequence[Lease], on: dt.date, visible: set[int] | None = None) -> list[Ending]:
    """Return the leases with every owned building of their cities; `visible` keeps those that a person may see."""
    stock, whereabouts = Stock.read(), Whereabouts(leases)
    found = []
    for lease in leases:
        need = whereabouts.need(lease)
        spaces = [space for space in stock.all_for(need) if visible is None or space.pk in visible]
        found.append(Ending(lease, (lease.ends_on - on).days if lease.ends_on else 0, need, spaces))
    return found


def standing_words(standing: str) -> str:
    """Return a standing in words."""
    return {EXCESS: _now("富余"), VACANT: _now("有空房"), UNKNOWN: _now("空置情况未知")}[standing]


def fits_words(fits: bool | None) -> str:
    """Return whether an area is enough in words."""
    return {True: _now("够"), False: _now("不够"), None: _now("无法比较")}[fits]


def lines(found: Sequence[Ending]) -> Iterator[list[Any]]:
    """Yield the whole list, one line a lease and building; a lease whose city has none keeps its line."""
    for one in found:
        lease, need = one.lease, one.need
        head = [lease.number, lease.unit.name, lease.name, need.city, need.region, str(lease.ends_on), one.days]
        head += [_cell(lease.usable_area), _cell(lease.floor_area)]
        for number, space in enumerate(one.spaces, 1):
            words = [space.code, space.name, space.unit, standing_words(space.standing)]
            figures = [_cell(space.usable), _cell(space.floor), space.rooms, _cell(space.km), fits_words(space.fits)]
            yield [*head, number, *words, *figures]
        if not one.spaces:
            yield [*head, 0, *[""] * (len(HEADS) - len(head) - 1)]


def _cell(value: Any) -> Any:
    return "" if value is None else float(value)
