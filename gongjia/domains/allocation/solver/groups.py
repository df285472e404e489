"""Rooms that are alike and people who are alike: a plan is counted before it is named."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from gongjia.domains.allocation.solver.problem import Person, Problem, Room

EPSILON = 1e-9


@dataclass(frozen=True)
class Kind:
    """People of one department who may sit in the same rooms."""

    department: int
    ceiling: float
    alone: bool
    zone: str
    pinned: int | None
    forbidden: frozenset[int]


@dataclass(frozen=True)
class Sort:
    """Rooms of one floor that differ only in who sits there today."""

    floor: int
    building: int
    area: float
    seats: int
    zone: str
    lease: int | None
    only: int | None  # the one room that somebody is pinned to or kept from


class Groups:
    """The problem in counts: kinds and sorts with their members, and who of each kind sits in each room today."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        marked = {person.pinned for person in problem.people} | {room for person in problem.people for room in person.forbidden}
        self.members: dict[Kind, list[Person]] = defaultdict(list)
        for person in problem.people:
            self.members[kind_of(person)].append(person)
        self.rooms: dict[Sort, list[Room]] = defaultdict(list)
        for room in problem.rooms:
            self.rooms[sort_of(room, room.key in marked)].append(room)
        self.sort = {room.key: sort for sort, rooms in self.rooms.items() for room in rooms}
        self.kinds: dict[int, list[Kind]] = defaultdict(list)
        for kind in self.members:
            self.kinds[kind.department].append(kind)
        self.today: dict[int, Counter[Kind]] = defaultdict(Counter)
        for person in problem.people:
            if person.room in problem.room:
                self.today[person.room][kind_of(person)] += 1

    def suits(self, kind: Kind, sort: Sort) -> bool:
        """Say whether people of a kind may sit in rooms of a sort at all."""
        if kind.zone != sort.zone or sort.seats < 1:
            return False
        if sort.only in kind.forbidden or self.problem.owner.get(sort.only or 0, kind.department) != kind.department:
            return False
        if kind.pinned is not None and kind.pinned != sort.only:
            return False
        return not kind.alone or sort.area <= self.problem.limit(kind.ceiling)


def kind_of(person: Person) -> Kind:
    """Return the kind of a person."""
    return Kind(person.department, person.ceiling, person.alone, person.zone, person.pinned, person.forbidden)


def sort_of(room: Room, marked: bool) -> Sort:
    """Return the sort of a room; a marked one is a sort of its own."""
    return Sort(room.floor, room.building, room.area, room.seats, room.zone, room.lease, room.key if marked else None)
