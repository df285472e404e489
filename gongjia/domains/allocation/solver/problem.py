"""What a plan of rooms is made of: people, rooms, leases, and the weights of what is wished."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

Plan = Mapping[int, int]  # person -> room; who is missing is not placed


@dataclass(frozen=True)
class Person:
    """Somebody who needs a seat: the square metres that his post allows, and where he sits today."""

    key: int
    department: int
    ceiling: float
    room: int | None = None
    alone: bool = False
    zone: str = ""
    pinned: int | None = None
    forbidden: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Room:
    """A room with its seats; `zone` is the secrecy zone, `lease` the lease that pays for it."""

    key: int
    floor: int
    building: int
    area: float
    seats: int
    zone: str = ""
    lease: int | None = None


@dataclass(frozen=True)
class Lease:
    """Leased area that costs rent until its last room is empty."""

    key: int
    area: float
    rent: float = 0.0


@dataclass(frozen=True)
class Weights:
    """Points of each thing that a plan should avoid; `tolerance` is the share by which a room may exceed its ceilings."""

    lease: float = 0.8
    leased: float = 0.2
    move: float = 1.5
    floor: float = 5.0
    building: float = 10.0
    seat: float = 0.5
    excess: float = 1.0
    unplaced: float = 100.0
    tolerance: float = 0.1


@dataclass(frozen=True)
class Problem:
    """All that a plan is judged by. Rooms are of one department each; only people who are pinned there today may break that."""

    people: tuple[Person, ...]
    rooms: tuple[Room, ...]
    leases: tuple[Lease, ...] = ()
    weights: Weights = field(default_factory=Weights)

    @cached_property
    def person(self) -> dict[int, Person]:
        return {person.key: person for person in self.people}

    @cached_property
    def room(self) -> dict[int, Room]:
        return {room.key: room for room in self.rooms}

    @cached_property
    def owner(self) -> dict[int, int]:
        """Say which department holds a room by its pins; ValueError where two do."""
        owners: dict[int, int] = {}
        for person in self.people:
            if person.pinned is not None and owners.setdefault(person.pinned, person.department) != person.department:
                raise ValueError(f"room {person.pinned} is pinned for two departments")
        return owners

    def limit(self, ceilings: float) -> float:
        """Return the largest area that these ceilings together may be given."""
        return ceilings * (1 + self.weights.tolerance) + 1e-9

    def coarse(self) -> Problem:
        """Return the problem in which a building is one floor and floors cost nothing: no plan has more points there than here."""
        rooms = tuple(replace(room, floor=room.building) for room in self.rooms)
        return Problem(self.people, rooms, self.leases, replace(self.weights, floor=0.0))

    def today(self) -> dict[int, int]:
        """Return where everybody sits today."""
        return {person.key: person.room for person in self.people if person.room in self.room}


def by_room(plan: Plan) -> dict[int, list[int]]:
    """Return the people of each room in use."""
    rooms: dict[int, list[int]] = defaultdict(list)
    for person, room in plan.items():
        rooms[room].append(person)
    return rooms
