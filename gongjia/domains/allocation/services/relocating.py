"""Moving people from room to room, in batches, only by request: what an accepted plan becomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.permissions import grant_to
from gongjia.core.problems import Problem
from gongjia.domains.offices.models import Occupancy, Room
from gongjia.domains.offices.secrecy import kept_out, refusal
from gongjia.domains.offices.services import AssignRoom, VacateRoom, assign_rooms, vacate_rooms
from gongjia.org.choices import RoomUse

grant_to("asset_clerk", "allocation.*")
grant_to("space_manager", "allocation.*")


class RelocatePerson(Input, of=Occupancy):
    """Somebody who moves to another room on a day."""

    room: Annotated[int, Ref("offices.room")] = given(label=_("新房间"))
    person: Annotated[int, Ref("org.person")] = given()
    source: Annotated[int | None, Ref("offices.room")] = given(None, label=_("原房间"))
    valid_from: dt.date = given(label=_("搬迁日期"))


@action("allocation.relocate_person", label=_("调配房间"), subject="offices.occupancy", unit="room", by_request=True)
def relocate_people(context: Context, rows: Sequence[RelocatePerson]) -> list[int]:
    """Take people's old rooms back on the day and give them the new ones."""
    wanted = {(row.person, row.source): row.valid_from for row in rows if row.source}
    using = Occupancy.objects.current(context.on).filter(person__in=[row.person for row in rows])
    ends = [VacateRoom(id=old.pk, valid_to=wanted[old.person_id, old.room_id]) for old in using if (old.person_id, old.room_id) in wanted]
    if ends:
        vacate_rooms(context, ends)
    return assign_rooms(context, [AssignRoom(room=row.room, person=row.person, valid_from=row.valid_from) for row in rows])


@relocate_people.check
def can_move(context: Context, rows: Sequence[RelocatePerson]) -> list[Problem]:
    """Refuse a room that is no office, one where the person sits already, and leaders whose rooms do not enter the system."""
    offices = set(Room.objects.filter(pk__in=[row.room for row in rows], place__use=RoomUse.OFFICE).values_list("pk", flat=True))
    using = set(Occupancy.objects.current(context.on).filter(person__in=[row.person for row in rows]).values_list("person", "room"))
    out = kept_out({row.person for row in rows}, context.on)
    problems = [refusal("person", index) for index, row in enumerate(rows) if row.person in out]
    for index, row in enumerate(rows):
        if row.room not in offices:
            problems.append(Problem("no_office", _now("这间房不是办公室。"), "room", index))
        elif (row.person, row.room) in using:
            problems.append(Problem("duplicate_key", _now("这个人已经在使用这间房。"), "room", index))
        elif row.source and (row.person, row.source) not in using:
            problems.append(Problem("not_there", _now("这个人现在不在原房间，方案已经过时，请重新测算。"), "source", index))
    return problems
