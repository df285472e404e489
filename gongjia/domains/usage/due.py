"""Which rooms must come back, by what the records of people and posts say; the same rule as the facts of the sweep."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gongjia.domains.offices.models import Occupancy
from gongjia.domains.usage.choices import Occasion
from gongjia.domains.usage.rules import months_after
from gongjia.org.choices import PersonStatus, RoomUse, UnitKind
from gongjia.org.models import Person, Post, Unit
from gongjia.standards.lifespans import traits_of
from gongjia.standards.rulebook.judging import judge
from gongjia.standards.rulebook.loading import load

TABLE = "office_handback"
CHUNK = 900


@dataclass(frozen=True)
class Due:
    """One use of a room that has lost its ground: since when, why, and until when the room must be back."""

    occupancy: Occupancy
    occasion: str
    event_on: dt.date
    due_on: dt.date | None


def deadline(unit: Unit, occasion: str, event_on: dt.date) -> dt.date | None:
    """Return the last day to hand a room back, None where no rule binds the unit on that day (第十九条)."""
    given: dict[str, Any] = {**traits_of(unit), "handback_occasion": occasion, "months_since": 0}
    months = judge(load(), TABLE, "months", given, event_on).limit
    return months_after(event_on, int(months)) if months is not None else None


def due_rooms(people: Iterable[int], on: dt.date) -> Iterator[Due]:
    """Yield the offices that these people must give back; `on` stands in where nobody entered the day of leaving."""
    wanted = sorted(set(people))
    for start in range(0, len(wanted), CHUNK):
        yield from _due(wanted[start : start + CHUNK], on)


def _due(people: Sequence[int], on: dt.date) -> Iterator[Due]:
    used = Occupancy.objects.known().filter(person__in=people, valid_to__isnull=True, room__place__use=RoomUse.OFFICE)
    rows = list(used.select_related("person__unit", "room__place__unit"))
    posts: dict[int, list[Post]] = {}
    for post in Post.objects.known().filter(person__in=[row.person_id for row in rows]).select_related("unit"):
        posts.setdefault(post.person_id, []).append(post)
    for row in rows:
        ended = _ended(row, posts.get(row.person_id, []), on)
        if ended:
            occasion, event_on = ended
            yield Due(row, occasion, event_on, deadline(row.room.place.unit, occasion, event_on))


def _ended(row: Occupancy, posts: Sequence[Post], on: dt.date) -> tuple[str, dt.date] | None:
    """Return why and since when a use has no ground any more, None where it has one."""
    person = row.person
    if person.status != PersonStatus.ACTIVE or person.left_on:
        return Occasion.LEFT.value, person.left_on or on
    body = body_of(row.room.place.unit)
    here = [post for post in posts if body_of(post.unit) == body]
    ended = [post for post in here if post.valid_to]
    if not ended or len(ended) < len(here) or _home(person, posts) == body:
        return None
    last = max(ended, key=lambda post: post.valid_to)
    if row.valid_from >= last.valid_to:
        return None
    return (Occasion.LEFT if last.primary else Occasion.CONCURRENT).value, last.valid_to


def _home(person: Person, posts: Sequence[Post]) -> Unit:
    """Return the body of the post that rules: the main one, else the latest; without any, of the person's unit."""
    held = [post for post in posts if post.valid_to is None]
    ruling = max(held, key=lambda post: (post.primary, post.valid_from), default=None)
    return body_of(ruling.unit if ruling else person.unit)


def body_of(unit: Unit) -> Unit:
    """Return the legal body that a unit is or stands in."""
    while unit.kind == UnitKind.DEPARTMENT and unit.parent is not None:
        unit = unit.parent
    return unit
