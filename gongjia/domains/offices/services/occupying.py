"""Letting people use rooms, and taking rooms back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem, Refused
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.offices.models import Occupancy
from gongjia.domains.offices.resources import OCCUPANCIES, ROOMS
from gongjia.domains.offices.secrecy import kept_out, refusal


class AssignRoom(Input, of=Occupancy):
    """A person who uses a room from a day on."""

    room: Annotated[int, Ref("offices.room")] = given(synonyms=("房间编号", "房间"))
    person: Annotated[int, Ref("org.person")] = given(synonyms=("人员编号", "使用人", "工号"))
    valid_from: dt.date = given(synonyms=("启用日期", "分配日期"))
    valid_to: dt.date | None = given(None)
    document: str = given("", synonyms=("使用凭证号",))


class VacateRoom(Input, of=Occupancy):
    """The day on which a person gave a room back."""

    id: Annotated[int, Ref("offices.occupancy")] = given(label=_("房间使用"))
    valid_to: dt.date = given(label=_("腾退日期"))


@action("offices.assign_room", label=_("分配房间"), subject="offices.occupancy", unit="room")
def assign_rooms(context: Context, rows: Sequence[AssignRoom]) -> list[int]:
    """Let people use rooms; raises Refused for anybody of 省部级, also where another service calls it."""
    if refusals := nobody_of_that_rank_is_entered(context, rows):
        raise Refused(refusals)
    units = ROOMS.units_of([row.room for row in rows])
    return create_rows(context, OCCUPANCIES, rows, [units.get(row.room) for row in rows], recorded_at=context.now)


@assign_rooms.check
def nobody_is_given_a_room_twice(context: Context, rows: Sequence[AssignRoom]) -> list[Problem]:
    """Refuse a person who uses the room already."""
    using = set(Occupancy.objects.known().filter(valid_to__isnull=True, room__in={row.room for row in rows}).values_list("room", "person"))
    problems = []
    for index, row in enumerate(rows):
        if (row.room, row.person) in using and row.valid_to is None:
            problems.append(Problem("duplicate_key", _now("这个人已经在使用这间房。"), "person", index))
        using.add((row.room, row.person))
    return problems


@assign_rooms.check
def nobody_of_that_rank_is_entered(context: Context, rows: Sequence[AssignRoom]) -> list[Problem]:
    """Refuse the room of a leader of 省部级, in the form, the interface, every import and every drawing."""
    out = {first: kept_out({row.person for row in rows}, first) for first in {row.valid_from for row in rows}}
    return [refusal("person", index) for index, row in enumerate(rows) if row.person in out[row.valid_from]]


@action("offices.vacate_room", label=_("腾退房间"), subject="offices.occupancy", undo=restore_records)
def vacate_rooms(context: Context, rows: Sequence[VacateRoom]) -> list[int]:
    """Record that rooms were given back."""
    change_rows(context, OCCUPANCIES, rows)
    return [row.id for row in rows]
