"""另配办公室: one more room for a leader who works in two units, only by request, and smaller than the standard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.offices.entitlement import ceiling_of
from gongjia.domains.offices.models import Occupancy, Room, SecondRoom
from gongjia.domains.offices.resources import SECOND_ROOMS
from gongjia.domains.offices.secrecy import kept_out, refusal
from gongjia.domains.offices.services.occupying import AssignRoom, assign_rooms
from gongjia.org.models import Post, Unit


class GrantSecondRoom(Input, of=SecondRoom):
    """One more room at the unit of a concurrent post."""

    person: Annotated[int, Ref("org.person")] = given()
    unit: Annotated[int, Ref("org.unit")] = given()
    room: Annotated[int, Ref("offices.room")] = given(help=_("面积须小于这一职务的标准。"))
    distance: str = given(help=_("主要任职单位与兼职单位相距多远。"))
    reason: str = given()
    document: str = given("")
    valid_from: dt.date = given()
    valid_to: dt.date | None = given(None)


class EndSecondRoom(Input, of=SecondRoom):
    """The day on which the further room is no longer needed."""

    id: Annotated[int, Ref("offices.secondroom")] = given(label=_("另配办公室"))
    valid_to: dt.date = given(label=_("截止日期"))


@action("offices.grant_second_room", label=_("申请另配办公室"), subject="offices.secondroom", unit="unit", by_request=True)
def grant_second_rooms(context: Context, rows: Sequence[GrantSecondRoom]) -> list[int]:
    """Grant further rooms and let their people use them (第十九条)."""
    ids = create_rows(context, SECOND_ROOMS, rows, request_key=[context.request_key] * len(rows))
    using = set(Occupancy.objects.current(context.on).filter(room__in=[row.room for row in rows]).values_list("room", "person"))
    new = [row for row in rows if (row.room, row.person) not in using]
    assign_rooms(context, [AssignRoom(room=row.room, person=row.person, valid_from=row.valid_from, document=row.document) for row in new])
    return ids


@grant_second_rooms.check
def concurrent_post_is_held(context: Context, rows: Sequence[GrantSecondRoom]) -> list[Problem]:
    """Refuse a further room where no concurrent post is held, one that is not smaller than the standard, and a third."""
    out = kept_out({row.person for row in rows}, context.on)
    found = [(index, row, _flaw(row)) for index, row in enumerate(rows)]
    problems = [refusal("person", index) for index, row, _told in found if row.person in out]
    return problems + [Problem(told[0], told[2], told[1], index) for index, row, told in found if told and row.person not in out]


def _flaw(row: GrantSecondRoom) -> tuple[str, str, str] | None:
    """Return code, field and sentence of the first thing that is wrong."""
    room, unit = Room.objects.select_related("place__unit").get(pk=row.room), Unit.objects.get(pk=row.unit)
    if not room.place.unit.path.startswith(unit.path):
        return "foreign_room", "room", _now("这间房不属于兼职单位。")
    posts = Post.objects.known().filter(Q(valid_to__isnull=True) | Q(valid_to__gt=row.valid_from), person=row.person)
    post = posts.filter(unit__path__startswith=unit.path, primary=False).first()
    if post is None:
        return "no_post", "person", _now("没有登记这个人在兼职单位的兼任职务。")
    if SecondRoom.objects.live().filter(Q(valid_to__isnull=True) | Q(valid_to__gte=row.valid_from), person=row.person).exists():
        return "third_room", "person", _now("已经另配过一处；兼职再多也只能另配一处。")
    limit = ceiling_of(unit, post.level, row.valid_from)
    return _too_large(room.place.usable_area, limit)


def _too_large(area: Decimal | None, limit: Decimal | None) -> tuple[str, str, str] | None:
    if area is None:
        return "no_area", "room", _now("房间没有登记使用面积，无法判断是否小于标准。")
    if limit is not None and area >= limit:
        text = _now("房间 %(area)s m²，另配的一处应小于标准 %(limit)s m²。")
        return "not_smaller", "room", text % {"area": area.normalize(), "limit": limit.normalize()}
    return None


@action("offices.end_second_room", label=_("终止另配"), subject="offices.secondroom", undo=restore_records)
def end_second_rooms(context: Context, rows: Sequence[EndSecondRoom]) -> list[int]:
    """End further rooms: from the day after they are rooms too many until they are handed back."""
    change_rows(context, SECOND_ROOMS, rows)
    return [row.id for row in rows]


@end_second_rooms.check
def ends_after_it_began(context: Context, rows: Sequence[EndSecondRoom]) -> list[Problem]:
    """Refuse an end before the beginning."""
    begun = dict(SecondRoom.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "valid_from"))
    text = _now("截止日期早于起始日期。")
    return [Problem("ends_before_start", text, "valid_to", index) for index, row in enumerate(rows) if row.valid_to < begun[row.id]]
