"""Idle space: registered, disposed of only by request in one of six ways, completed."""

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
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.leasing.choices import DisposalWay
from gongjia.domains.leasing.models import IdleSpace, SpaceDisposal
from gongjia.domains.leasing.resources import DISPOSALS, IDLE

APPRAISED = (DisposalWay.EXCHANGE, DisposalWay.AUCTION)


class RegisterIdle(Input, of=IdleSpace):
    """Space that is not needed."""

    unit: Annotated[int, Ref("org.unit")] = given(synonyms=("登记单位", "单位编码"))
    place: Annotated[int, Ref("org.place")] = given(synonyms=("房屋编号", "房屋"))
    ground: str = given(synonyms=("闲置情形",))
    since: dt.date = given(synonyms=("闲置起",))
    usable_area: Decimal = given(synonyms=("闲置使用面积",))
    floor_area: Decimal | None = given(None, synonyms=("闲置建筑面积",))
    rooms: int = given(0, synonyms=("闲置房间数量",))
    evidence: str = given("", synonyms=("依据",))


class DisposeSpace(Input, of=SpaceDisposal):
    """The way in which idle space is to go."""

    id: Annotated[int, Ref("leasing.idle_space")] = given(label=_("闲置房源"))
    way: str = given(help=_("依次考虑：调剂使用、转换用途、置换、出租、拍卖、拆除。"))
    receiver: Annotated[int | None, Ref("org.unit", anywhere=True)] = given(None)
    party: str = given("")
    value: Decimal | None = given(None, help=_("置换、拍卖须先评估。"))
    document: str = given("")
    reason: str = given("")


class CompleteDisposal(Input, of=SpaceDisposal):
    """A disposal that was done."""

    id: Annotated[int, Ref("leasing.disposal")] = given(label=_("房屋处置利用"))
    completed_on: dt.date = given()


class Settled(Input):
    """Idle space that is no longer idle."""

    id: int
    settled_on: dt.date


def whole_spaces(context: Context, rows: Sequence[DisposeSpace]) -> list[Claim]:
    """Reserve the idle space: it goes one way only."""
    return [Claim(IDLE.key, row.id) for row in rows]


@action("leasing.register_idle", label=_("登记闲置房源"), subject="leasing.idle_space", unit="unit", undo=restore_records)
def register_idle(context: Context, rows: Sequence[RegisterIdle]) -> list[int]:
    """Register space that is not needed."""
    return create_rows(context, IDLE, rows, **context.provenance())


@register_idle.check
def idle_once(context: Context, rows: Sequence[RegisterIdle]) -> list[Problem]:
    """Refuse a place that is registered already, and an area of nothing."""
    taken = set(IdleSpace.objects.live().filter(settled_on__isnull=True, place__in={r.place for r in rows}).values_list("place", flat=True))
    problems = []
    for index, row in enumerate(rows):
        if row.place in taken:
            problems.append(Problem("duplicate_key", _now("这处房屋已经登记为闲置房源。"), "place", index))
        if row.usable_area <= 0:
            problems.append(Problem("area", _now("面积应大于 0。"), "usable_area", index, value=row.usable_area))
        taken.add(row.place)
    return problems


@action("leasing.dispose_space", label=_("申请处置利用"), subject="leasing.idle_space", by_request=True, claims=whole_spaces, danger=True)
def dispose_spaces(context: Context, rows: Sequence[DisposeSpace]) -> list[int]:
    """Record the way that was granted."""
    owners = IDLE.units_of([row.id for row in rows])
    units = [owners[row.id] for row in rows]
    known = {"number": numbered("FC", context.on.year, len(rows)), "idle_id": [row.id for row in rows], "unit_id": units}
    create_rows(context, DISPOSALS, rows, units, **known, granted_on=context.on, request_key=context.request_key)
    return [row.id for row in rows]


dispose_spaces.when(lambda idle: idle.settled_on is None)


@dispose_spaces.check
def disposal_makes_sense(context: Context, rows: Sequence[DisposeSpace]) -> list[Problem]:
    """Refuse what is settled, reallocation to nobody, and an exchange or auction without appraisal."""
    spaces, problems = IdleSpace.objects.in_bulk([row.id for row in rows]), []
    for index, row in enumerate(rows):
        if spaces[row.id].settled_on:
            problems.append(Problem("settled", _now("这处房源已经了结。"), "id", index))
        if row.way == DisposalWay.REALLOCATE and not row.receiver:
            problems.append(Problem("receiver", _now("调剂使用要写明接收单位。"), "receiver", index))
        if row.way in APPRAISED and row.value is None:
            problems.append(Problem("value", _now("置换、拍卖应当评估（国务院令第738号第三十六条）：填写评估价。"), "value", index))
    return problems


@action("leasing.complete_disposal", label=_("登记处置完成"), subject="leasing.disposal")
def complete_disposals(context: Context, rows: Sequence[CompleteDisposal]) -> list[int]:
    """Record that disposals were done; the space is no longer idle."""
    change_rows(context, DISPOSALS, rows)
    idle = dict(SpaceDisposal.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "idle"))
    change_rows(context, IDLE, [Settled(id=idle[row.id], settled_on=row.completed_on) for row in rows])
    return [row.id for row in rows]


complete_disposals.when(lambda disposal: disposal.completed_on is None)


@complete_disposals.check
def not_before_the_grant(context: Context, rows: Sequence[CompleteDisposal]) -> list[Problem]:
    """Refuse a day before the grant, and a second completion."""
    disposals, problems = SpaceDisposal.objects.in_bulk([row.id for row in rows]), []
    for index, row in enumerate(rows):
        disposal = disposals[row.id]
        if disposal.completed_on:
            problems.append(Problem("completed", _now("已于 %(day)s 完成。") % {"day": disposal.completed_on}, "id", index))
        elif row.completed_on < disposal.granted_on:
            text = _now("处置在 %(day)s 才批准。") % {"day": disposal.granted_on}
            problems.append(Problem("dates", text, "completed_on", index, value=row.completed_on))
    return problems
