"""The points of a plan and the rules that it breaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from gongjia.domains.allocation.solver.problem import Person, Plan, Problem, Room, by_room


@dataclass(frozen=True)
class Score:
    """The points of a plan by what they are for; less is better."""

    lease: float = 0.0
    leased: float = 0.0
    move: float = 0.0
    floor: float = 0.0
    building: float = 0.0
    seat: float = 0.0
    excess: float = 0.0
    unplaced: float = 0.0

    @property
    def total(self) -> float:
        return sum(getattr(self, part.name) for part in fields(self))


def score(problem: Problem, plan: Plan) -> Score:
    """Return the points of a plan."""
    weights, used = problem.weights, by_room(plan)
    rooms = [problem.room[key] for key in used]
    open_leases = {room.lease for room in rooms if room.lease is not None}
    floors = {(problem.person[p].department, problem.room[r].floor) for p, r in plan.items()}
    buildings = {(problem.person[p].department, problem.room[r].building) for p, r in plan.items()}
    departments = {department for department, _floor in floors}
    return Score(
        lease=weights.lease * sum(lease.area for lease in problem.leases if lease.key in open_leases),
        leased=weights.leased * sum(room.area for room in rooms if room.lease is not None),
        move=weights.move * sum(1 for key, room in plan.items() if problem.person[key].room not in (None, room)),
        floor=weights.floor * (len(floors) - len(departments)),
        building=weights.building * (len(buildings) - len(departments)),
        seat=weights.seat * sum(max(0, room.seats - len(used[room.key])) for room in rooms),
        excess=weights.excess * sum(excess(room, [problem.person[p] for p in used[room.key]]) for room in rooms),
        unplaced=weights.unplaced * sum(1 for person in problem.people if person.key not in plan),
    )


def excess(room: Room, people: Iterable[Person]) -> float:
    """Return by how many square metres a room exceeds what its people may have."""
    return max(0.0, room.area - sum(person.ceiling for person in people))


def faults(problem: Problem, plan: Plan) -> list[tuple[str, int]]:
    """Return what breaks a hard rule, each with the room or the person that it is about."""
    found: list[tuple[str, int]] = []
    for key, keys in by_room(plan).items():
        room, people = problem.room[key], [problem.person[p] for p in keys]
        if len(people) > room.seats:
            found.append(("seats", key))
        if room.area > problem.limit(sum(person.ceiling for person in people)):
            found.append(("ceiling", key))
        if len({person.department for person in people}) > 1:
            found.append(("shared", key))
        if len(people) > 1 and any(person.alone for person in people):
            found.append(("alone", key))
        found += [("zone", person.key) for person in people if person.zone != room.zone]
        found += [("forbidden", person.key) for person in people if key in person.forbidden]
    found += [("pinned", person.key) for person in problem.people if person.pinned is not None and plan.get(person.key) != person.pinned]
    return found
