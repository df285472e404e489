"""Provision of space, only by request: granted by one of four ways, moved into, and what was left handed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.numbering import numbered
from gongjia.core.problems import Problem
from gongjia.core.reservations import Claim
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.leasing.choices import IdleGround, ProvisionWay
from gongjia.domains.leasing.managing import managers_of
from gongjia.domains.leasing.models import IdleSpace, Provision
from gongjia.domains.leasing.resources import IDLE, PROVISIONS
from gongjia.org.models import Place

WITH_PLACE = (ProvisionWay.REALLOCATE, ProvisionWay.EXCHANGE)


class ProvideSpace(Input, of=Provision):
    """Space that a unit needs, and the way in which it is to get it."""

    unit: Annotated[int, Ref("org.unit")] = given()
    way: str = given(help=_("按顺序：调剂、置换、租用、建设；前面的方式都走不通，才能用后面的。"))
    purpose: str = given()
    city: str = given()
    wanted_area: Decimal = given()
    granted_area: Decimal | None = given(None, help=_("调剂、置换的房屋有多少使用面积。"))
    place: Annotated[int | None, Ref("org.place", anywhere=True)] = given(None)
    old_place: Annotated[int | None, Ref("org.place")] = given(None, help=_("迁入后同时移交的原有房屋。"))
    project: str = given("", help=_("建设须先有项目批准文件。"))


class MoveIn(Input, of=Provision):
    """A unit that moved in, and the day on which it handed over what it left."""

    id: Annotated[int, Ref("leasing.provision")] = given(label=_("办公用房配置"))
    moved_in_on: dt.date = given()
    handed_over_on: dt.date | None = given(None, help=_("原有房屋应在迁入时同时移交机关事务管理部门。"))


class Handed(Input):
    """Space that falls to the manager."""

    place: int
    unit: int
    ground: str
    since: dt.date
    usable_area: Decimal
    rooms: int = 0
    evidence: str


def places_provided(context: Context, rows: Sequence[ProvideSpace]) -> list[Claim]:
    """Reserve the space that is asked for."""
    places = Place.objects.in_bulk([row.place for row in rows if row.place])
    return [Claim("org.place", row.place, row.wanted_area, None, places[row.place].name) for row in rows if row.place]


def excess(row: ProvideSpace) -> Decimal | None:
    """Return what an exchange brings beyond the need."""
    if row.way != ProvisionWay.EXCHANGE or row.granted_area is None or row.granted_area <= row.wanted_area:
        return None
    return row.granted_area - row.wanted_area


@action(
    "leasing.provide_space", label=_("申请配置办公用房"), subject="leasing.provision", unit="unit", by_request=True, claims=places_provided
)
def provide_spaces(context: Context, rows: Sequence[ProvideSpace]) -> list[int]:
    """Record the space as granted."""
    known = {"number": numbered("PZ", context.on.year, len(rows)), "excess_area": [excess(row) for row in rows]}
    return create_rows(context, PROVISIONS, rows, **known, granted_on=context.on, request_key=context.request_key)


@provide_spaces.check
def provision_makes_sense(context: Context, rows: Sequence[ProvideSpace]) -> list[Problem]:
    """Refuse an area of nothing, reallocation without a place, construction without a project."""
    problems = []
    for index, row in enumerate(rows):
        if row.wanted_area <= 0:
            problems.append(Problem("area", _now("面积应大于 0。"), "wanted_area", index, value=row.wanted_area))
        if row.way in WITH_PLACE and not row.place:
            problems.append(Problem("place", _now("调剂、置换要写明是哪一处房屋。"), "place", index))
        if row.way == ProvisionWay.BUILD and not row.project:
            problems.append(Problem("project", _now("建设须经批准：写明项目批准文号。"), "project", index))
    return problems


@action("leasing.move_in", label=_("登记迁入"), subject="leasing.provision")
def move_in(context: Context, rows: Sequence[MoveIn]) -> list[int]:
    """Record that units moved in; excess area and what they left fall to the manager as idle space."""
    change_rows(context, PROVISIONS, rows)
    provisions = Provision.objects.select_related("place", "old_place").in_bulk([row.id for row in rows])
    managers = managers_of(provision.unit_id for provision in provisions.values())
    taken = set(IdleSpace.objects.live().filter(settled_on__isnull=True).values_list("place", flat=True))
    handed = []
    for row in rows:
        provision = provisions[row.id]
        manager = managers[provision.unit_id]
        keeper = manager.pk if manager else provision.unit_id
        words = {"evidence": provision.number, "unit": keeper, "since": row.moved_in_on}
        if provision.excess_area and provision.place_id:
            handed.append(Handed(place=provision.place_id, ground=IdleGround.SURPLUS.value, usable_area=provision.excess_area, **words))
        if provision.old_place is not None and row.handed_over_on:
            area = provision.old_place.usable_area or Decimal(0)
            handed.append(Handed(place=provision.old_place.pk, ground=IdleGround.RELAID.value, usable_area=area, **words))
    create_rows(context, IDLE, [one for one in handed if one.place not in taken])
    return [row.id for row in rows]


move_in.when(lambda provision: provision.moved_in_on is None or (provision.old_place_id and provision.handed_over_on is None))


@move_in.check
def hands_over(context: Context, rows: Sequence[MoveIn]) -> list[Problem]:
    """Refuse a day before the grant; warn where the former space is not handed over at the same time."""
    provisions, problems = Provision.objects.in_bulk([row.id for row in rows]), []
    for index, row in enumerate(rows):
        provision = provisions[row.id]
        if row.moved_in_on < provision.granted_on:
            text = _now("配置在 %(day)s 才批准。") % {"day": provision.granted_on}
            problems.append(Problem("dates", text, "moved_in_on", index, value=row.moved_in_on))
        if provision.old_place_id and row.handed_over_on is None:
            text = _now("迁入新房，原有房屋应同时移交机关事务管理部门。")
            problems.append(Problem("not_handed_over", text, "handed_over_on", index, "warning"))
    return problems
