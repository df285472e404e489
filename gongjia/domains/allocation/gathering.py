"""From the books to a problem: the office rooms of a scope, who sits there, what they may have, and what is leased.

Rooms of units outside the scope stay as they are: of them only their number and the number of their people is known here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from gongjia.domains.allocation.choices import MarkKind
from gongjia.domains.allocation.solver.problem import Lease, Person, Problem, Room, Weights
from gongjia.domains.allocation.terms import term
from gongjia.domains.offices.entitlement import ceiling_of
from gongjia.domains.offices.models import Lease as LeaseRow
from gongjia.domains.offices.models import Occupancy, SecondRoom
from gongjia.domains.offices.models import Room as RoomRow
from gongjia.org.choices import Holding, Level, RoomUse
from gongjia.org.models import Post, Unit

Mark = tuple[int, int, str]  # person, room, kind


@dataclass
class Field:
    """A problem and what was left out of it: rooms and people of others, and those about whom nothing can be decided."""

    problem: Problem
    foreign_rooms: int = 0
    foreign_people: int = 0
    undecided: Counter[str] = field(default_factory=Counter)


def rooms_of(buildings: Iterable[int]) -> QuerySet[RoomRow]:
    """Return the live office rooms of some buildings."""
    rows = RoomRow.objects.filter(place__closed_on__isnull=True, place__use=RoomUse.OFFICE, building__in=list(buildings))
    return rows.select_related("place__unit", "building__place").order_by("pk")


class Gatherer:
    """Reads one scope as of a day."""

    def __init__(self, unit: Unit, buildings: Iterable[int], on: dt.date) -> None:
        self.unit, self.on = unit, on
        self.seat_area, self.alone_from = term(unit, "seat_area", on), term(unit, "alone_from", on)
        self.rooms = list(rooms_of(buildings))
        self.undecided: Counter[str] = Counter()
        self._ceilings: dict[tuple[int, str], float | None] = {}
        sitting = Occupancy.objects.current(on).filter(room__in=[room.pk for room in self.rooms])
        self.sitting: dict[int, list[Any]] = defaultdict(list)
        for row in sitting.select_related("person__unit").order_by("pk"):
            self.sitting[row.room_id].append(row.person)
        self.posts: dict[int, Post] = {}
        people = {person.pk for persons in self.sitting.values() for person in persons}
        for post in Post.objects.current(on).filter(person__in=people).select_related("unit").order_by("primary", "-pk"):
            self.posts[post.person_id] = post
        self.houses = dict(Unit.objects.live().bodies().values_list("path", "pk"))
        self.secret = dict(Unit.objects.live().filter(secret=True).values_list("path", "pk"))
        self.floors: dict[tuple[int, str], int] = {}
        self.second = set(SecondRoom.objects.live().filter(room__in=[room.pk for room in self.rooms]).values_list("room", flat=True))

    def field(self, weights: Weights, marks: Iterable[Mark]) -> Field:
        """Return the problem."""
        inside = [room for room in self.rooms if room.place.unit.path.startswith(self.unit.path)]
        foreign = [room for room in self.rooms if not room.place.unit.path.startswith(self.unit.path)]
        known = [room for room in inside if self._is_known(room)]
        pins, bans = self._marks(marks, {room.pk for room in known})
        people, seen = [], set()
        for room in known:
            for person in self.sitting[room.pk]:
                if person.pk not in seen:
                    seen.add(person.pk)
                    people.append(self._person(person, room, pins, bans))
        leases = self._leases(known)
        rooms = [self._room(room, leases) for room in known]
        problem = Problem(tuple(people), tuple(rooms), tuple(leases.values()), weights)
        return Field(problem, len(foreign), sum(len(self.sitting[room.pk]) for room in foreign), self.undecided)

    def _is_known(self, room: RoomRow) -> bool:
        """Say whether a room takes part; a room whose area or whose people's ceilings are unknown stays as it is."""
        people = self.sitting[room.pk]
        why = (
            "second" if room.pk in self.second
            else "no_area" if not room.place.usable_area
            else "left" if any(person.status != "active" for person in people)
            else "no_ceiling" if any(self._ceiling(person) is None for person in people)
            else "foreign" if any(not person.unit.path.startswith(self.unit.path) for person in people)
            else ""
        )  # fmt: skip
        if why:
            self.undecided[why] += 1
        return not why

    def _ceiling(self, person: Any) -> float | None:
        post = self.posts.get(person.pk)
        unit, level = (post.unit, post.level or Level.STAFF) if post else (person.unit, Level.STAFF)
        key = (unit.pk, str(level))
        if key not in self._ceilings:
            limit = ceiling_of(unit, str(level), self.on)
            self._ceilings[key] = None if limit is None else float(limit)
        return self._ceilings[key]

    def _marks(self, marks: Iterable[Mark], rooms: set[int]) -> tuple[dict[int, int], dict[int, set[int]]]:
        pins: dict[int, int] = {}
        bans: dict[int, set[int]] = defaultdict(set)
        for person, room, kind in marks:
            if room in rooms and kind == MarkKind.PINNED:
                pins[person] = room
            elif room in rooms:
                bans[person].add(room)
        return pins, bans

    def _person(self, person: Any, room: RoomRow, pins: dict[int, int], bans: dict[int, set[int]]) -> Person:
        ceiling = self._ceiling(person) or 0.0
        return Person(
            person.pk, self._above(person.unit, self.houses) or person.unit_id, ceiling, room.pk, ceiling >= self.alone_from,
            self._zone(person.unit), pins.get(person.pk), frozenset(bans.get(person.pk, ())),
        )  # fmt: skip

    def _zone(self, unit: Unit) -> str:
        """Return the secrecy zone of a unit's rooms and people: each secret unit sits by itself."""
        secret = self._above(unit, self.secret)
        return f"unit {secret}" if secret else ""

    @staticmethod
    def _above(unit: Unit, found: dict[str, int]) -> int | None:
        """Return the nearest of some units that a unit is or stands under."""
        return found.get(max((path for path in found if unit.path.startswith(path)), key=len, default=""))

    def _room(self, room: RoomRow, leases: dict[int, Lease]) -> Room:
        area = float(room.place.usable_area)
        seats = max(room.seats or 0, int(area / self.seat_area), 1)
        floor = self.floors.setdefault((room.building_id, room.floor_name), len(self.floors))
        lease = leases.get(room.building_id)
        return Room(room.pk, floor, room.building_id, area, seats, self._zone(room.place.unit), lease.key if lease else None)

    def _leases(self, rooms: list[RoomRow]) -> dict[int, Lease]:
        """Return the lease of each leased building; the rooms that take part are the area that can be given up."""
        area: Counter[int] = Counter()
        for room in rooms:
            if room.building.place.holding == Holding.LEASED_IN:
                area[room.building_id] += float(room.place.usable_area)  # type: ignore[assignment]
        rents = dict(LeaseRow.objects.live().filter(place__in=list(area)).order_by("ends_on").values_list("place", "annual_rent"))
        return {building: Lease(building, float(size), float(rents.get(building) or 0)) for building, size in area.items()}
