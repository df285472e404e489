"""办理腾退: somebody looks at the room, takes the keys, and its use ends."""

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
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows
from gongjia.domains.offices.services import VacateRoom, vacate_rooms
from gongjia.domains.usage.choices import HandBackState
from gongjia.domains.usage.evidence import hang, unknown_file
from gongjia.domains.usage.models import HandBack
from gongjia.domains.usage.resources import HAND_BACKS

grant_to("space_manager", "usage.*")
grant_to("inspector", "usage.open_inspection", "usage.pass_room", "usage.raise_issue", "usage.look_again", "usage.close_inspection")
grant_to("asset_clerk", "usage.hand_back", "usage.publish_use", "usage.file_leaders", "usage.mend_issue")


class HandBackRoom(Input, of=HandBack):
    """What the inspection of a room that comes back has shown."""

    id: Annotated[int, Ref("usage.handback")] = given(label=_("腾退"))
    done_on: dt.date = given()
    keys_returned: int = given()
    condition: str = given("intact")
    inspector: str = given()
    note: str = given("")
    photo: str | None = given(None, label=_("房间照片"), help=_("已上传文件的 SHA-256；页面上直接拍照或选择文件即可。"))


@action("usage.hand_back", label=_("办理腾退"), subject="usage.handback", undo=restore_records)
def hand_back_rooms(context: Context, rows: Sequence[HandBackRoom]) -> list[int]:
    """Close hand-backs: the use of the room ends on the day on which it was inspected."""
    made = {one.pk: one for one in HandBack.objects.filter(pk__in=[row.id for row in rows])}
    vacate_rooms(context, [VacateRoom(id=made[row.id].occupancy_id, valid_to=row.done_on) for row in rows])
    change_rows(context, HAND_BACKS, [_Done(**row.model_dump(exclude={"photo"}), state=HandBackState.DONE.value) for row in rows])
    for row in rows:
        hang(context, HAND_BACKS.key, row.id, row.photo, _now("腾退验收照片"))
    return [row.id for row in rows]


class _Done(Input, of=HandBack):
    id: int
    done_on: dt.date
    keys_returned: int
    condition: str
    inspector: str
    note: str
    state: str


hand_back_rooms.when(lambda made: made.state == HandBackState.OPEN)


@hand_back_rooms.check
def room_can_come_back(context: Context, rows: Sequence[HandBackRoom]) -> list[Problem]:
    """Refuse what is closed already, a day to come, one before the use began, keys below nothing, and an unknown photo."""
    made = HandBack.objects.select_related("occupancy").in_bulk([row.id for row in rows])
    problems = []
    for index, row in enumerate(rows):
        found = made[row.id]
        if found.state != HandBackState.OPEN:
            problems.append(Problem("not_open", _now("这张腾退单已经办结。"), "id", index))
        if row.done_on > context.on:
            problems.append(Problem("dates", _now("腾退日期还没有到。"), "done_on", index, value=row.done_on))
        if row.done_on < found.occupancy.valid_from:
            problems.append(Problem("dates", _now("腾退日期早于启用日期。"), "done_on", index, value=row.done_on))
        if row.keys_returned < 0:
            problems.append(Problem("not_positive", _now("交回钥匙不能少于 0 把。"), "keys_returned", index))
        problems += unknown_file(row.photo, "photo", index)
    return problems
