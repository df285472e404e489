"""A bureau to plan: departments scattered over owned and leased buildings, drawn from a seed."""

from __future__ import annotations

import random
from dataclasses import replace

from gongjia.domains.allocation.solver.problem import Lease, Person, Problem, Room

AREAS = ((9.0, 1), (12.0, 2), (15.0, 2), (18.0, 3), (24.0, 4), (30.0, 5), (36.0, 6))
SHARES = (2, 3, 4, 5, 4, 3, 1)
OWNED, LEASED, FLOORS = 4, 2, 6


def bureau(people: int, seed: int = 20261124) -> Problem:
    """Return a bureau of so many people: most seats are owned, a fifth is leased, and departments sit scattered."""
    draw = random.Random(seed)
    rooms = built(people, draw)
    staff: list[Person] = []
    for department, heads in enumerate(sizes(people, draw)):
        zone = "secret" if department % 12 == 11 else ""
        for number in range(heads):
            ceiling, alone = (24.0, True) if number == 0 else (18.0, True) if number < 1 + heads // 12 else (9.0, False)
            staff.append(Person(len(staff), department, ceiling, None, alone, zone))
    return Problem(tuple(seated(staff, rooms, draw)), tuple(rooms), leases(rooms))


def sizes(people: int, draw: random.Random) -> list[int]:
    """Return head counts of departments, from eight to ninety."""
    found: list[int] = []
    while (left := people - sum(found)) > 0:
        found.append(min(left, int(draw.triangular(8, 90, 25))))
    return found


def built(people: int, draw: random.Random) -> list[Room]:
    """Return the rooms: a fifth more owned seats than heads, leased seats for another quarter; the top floors of some are secrecy zones."""
    rooms: list[Room] = []
    owned, leased = max(OWNED, people // 250), max(LEASED, people // 700)
    seats = {False: int(people * 1.2 / (owned * FLOORS)), True: int(people * 0.25 / (leased * FLOORS))}
    for building in range(owned + leased):
        for level in range(FLOORS):
            floor, placed = building * 100 + level, 0
            zone = "secret" if level == FLOORS - 1 and building % 2 == 0 and building < owned else ""
            while placed < seats[building >= owned]:
                area, fits = draw.choices(AREAS, SHARES)[0]
                rooms.append(Room(len(rooms), floor, building, area, fits, zone, building if building >= owned else None))
                placed += fits
    return rooms


def leases(rooms: list[Room]) -> tuple[Lease, ...]:
    """Return one lease a leased building."""
    area: dict[int, float] = {}
    for room in rooms:
        if room.lease is not None:
            area[room.lease] = area.get(room.lease, 0.0) + room.area
    return tuple(Lease(key, size, 900.0 * size) for key, size in area.items())


def seated(staff: list[Person], rooms: list[Room], draw: random.Random) -> list[Person]:
    """Seat the people as they came over the years: a department begins somewhere, and spills over wherever a room was free."""
    order: dict[int, list[Room]] = {}
    free = {room.key: room for room in rooms}
    found: list[Person] = []
    for department in sorted({person.department for person in staff}, key=lambda _key: draw.random()):
        members = [person for person in staff if person.department == department]
        starts = draw.sample(sorted({room.floor for room in rooms}), 3)
        order[department] = sorted(free.values(), key=lambda room: (room.zone != members[0].zone, room.floor not in starts, draw.random()))
        found += _sat(members, order[department], free)
    return sorted(found, key=lambda person: person.key)


def _sat(members: list[Person], rooms: list[Room], free: dict[int, Room]) -> list[Person]:
    waiting, found = list(members), []
    for room in rooms:
        if not waiting or room.zone != waiting[0].zone:
            break
        crowd = 1 if waiting[0].alone else room.seats
        found += [replace(person, room=room.key) for person in waiting[:crowd]]
        del waiting[:crowd]
        del free[room.key]
    return found + waiting
