"""Who sits where in a unit on a day, as the yearly lists tell it: words and figures, without anybody of 省部级."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongjia.domains.offices.entitlement import ceiling_of
from gongjia.domains.offices.models import Occupancy
from gongjia.domains.offices.secrecy import kept_out
from gongjia.org.choices import Level, RoomUse
from gongjia.org.models import Post, Unit


@dataclass(frozen=True)
class Seat:
    """One person in one room; the ceiling is that of his post, the area that of the whole room."""

    building: str
    room: str
    person: str
    title: str
    level: str
    sharing: int
    area: Decimal | None
    ceiling: Decimal | None

    @property
    def leads(self) -> bool:
        return self.level not in ("", Level.STAFF)


def seats(unit: Unit, on: dt.date) -> list[Seat]:
    """Return the offices of a unit's tree and who sits there; secret units and 省部级 are left out."""
    used = Occupancy.objects.current(on).filter(
        room__place__unit__path__startswith=unit.path, room__place__use=RoomUse.OFFICE, room__place__unit__secret=False
    )
    rows = list(used.select_related("person__unit", "room__place__unit", "room__building__place").order_by("room__place__code", "pk"))
    out = kept_out({row.person_id for row in rows}, on)
    rows = [row for row in rows if row.person_id not in out]
    posts, sharing = ruling_posts([row.person_id for row in rows], on), Counter(row.room_id for row in rows)
    known: dict[tuple[int, str], Decimal | None] = {}
    return [_seat(row, posts.get(row.person_id), sharing[row.room_id], on, known) for row in rows]


def _seat(row: Occupancy, post: Post | None, sharing: int, on: dt.date, known: dict[tuple[int, str], Decimal | None]) -> Seat:
    place, level = row.room.place, post.level if post else ""
    unit = post.unit if post else row.person.unit
    if (unit.pk, level) not in known:
        known[unit.pk, level] = ceiling_of(unit, level, on) if level else None
    title = (post.title if post else "") or row.person.title
    return Seat(row.room.building.place.name, place.name, row.person.name, title, level, sharing, place.usable_area, known[unit.pk, level])


def ruling_posts(people: Sequence[int], on: dt.date) -> dict[int, Post]:
    """Return the post that rules each person's room: the main one, else the latest."""
    best: dict[int, Post] = {}
    for start in range(0, len(people), 900):
        for post in Post.objects.current(on).filter(person__in=people[start : start + 900]).select_related("unit"):
            former = best.get(post.person_id)
            if former is None or (post.primary, post.valid_from) > (former.primary, former.valid_from):
                best[post.person_id] = post
    return best


def columns_of(lines: Sequence[Seat]) -> dict[str, list[Any]]:
    """Return the lines as columns of a frozen list."""
    names = ("building", "room", "person", "title", "level", "sharing", "area", "ceiling")
    return {name: [getattr(line, name) for line in lines] for name in names}
