"""What a plan is worth and whether it is lawful, reckoned anew from the problem alone and without a line of the solver."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping

from gongjia.domains.allocation.solver.problem import Lease, Person, Problem, Room

Plan = Mapping[int, int]


def is_lawful(problem: Problem, plan: Plan) -> bool:
    for room in problem.rooms:
        inside = [person for person in problem.people if plan.get(person.key) == room.key]
        if not inside:
            continue
        fits = len(inside) <= room.seats and room.area <= (1 + problem.weights.tolerance) * sum(p.ceiling for p in inside) + 1e-6
        apart = len({p.department for p in inside}) == 1 and (len(inside) == 1 or not any(p.alone for p in inside))
        if not (fits and apart and all(p.zone == room.zone and room.key not in p.forbidden for p in inside)):
            return False
    return all(person.pinned in (None, plan.get(person.key)) for person in problem.people)


def points(problem: Problem, plan: Plan) -> float:
    weights, rooms = problem.weights, {room.key: room for room in problem.rooms}
    total = 0.0
    for person in problem.people:
        if person.key not in plan:
            total += weights.unplaced
        elif person.room not in (None, plan[person.key]):
            total += weights.move
    for key in set(plan.values()):
        inside = [person for person in problem.people if plan.get(person.key) == key]
        total += weights.seat * max(0, rooms[key].seats - len(inside)) + weights.excess * max(
            0, rooms[key].area - sum(p.ceiling for p in inside)
        )
        total += weights.leased * rooms[key].area if rooms[key].lease is not None else 0
    for lease in problem.leases:
        total += weights.lease * lease.area if any(rooms[key].lease == lease.key for key in plan.values()) else 0
    for department in {person.department for person in problem.people}:
        used = [rooms[plan[p.key]] for p in problem.people if p.department == department and p.key in plan]
        if used:
            total += weights.floor * (len({room.floor for room in used}) - 1) + weights.building * (
                len({room.building for room in used}) - 1
            )
    return total


def best(problem: Problem) -> float:
    """Return the fewest points of all lawful plans, by trying them all."""
    choices = [[None, *(room.key for room in problem.rooms)] for _person in problem.people]
    plans = ({p.key: room for p, room in zip(problem.people, rooms, strict=True) if room} for rooms in itertools.product(*choices))
    return min(points(problem, plan) for plan in plans if is_lawful(problem, plan))


def tiny(seed: int, people: int = 5, rooms: int = 5) -> Problem:
    """Return a problem that can be tried out: two departments, two buildings, one of them leased."""
    draw = random.Random(seed)
    houses = [
        Room(
            key, 10 + key % 3, 1 + key % 3 // 2, *draw.choice(((9.0, 1), (18.0, 2), (18.0, 3), (24.0, 3))), "", 7 if key % 3 == 2 else None
        )
        for key in range(1, rooms + 1)
    ]
    staff = []
    for key in range(1, people + 1):
        ceiling, alone = draw.choice(((9.0, False), (9.0, False), (12.0, False), (18.0, True)))
        forbidden = frozenset([draw.randint(1, rooms)]) if draw.random() < 0.3 else frozenset()
        staff.append(Person(key, 1 + key % 2, ceiling, draw.choice([None, *range(1, rooms + 1)]), alone, "", None, forbidden))
    leased = sum(room.area for room in houses if room.lease)
    return Problem(tuple(staff), tuple(houses), (Lease(7, leased, 100.0),))
