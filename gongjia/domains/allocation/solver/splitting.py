"""First the building, then the room: a relaxation says how many of each kind belong in each building, and each is planned by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from math import floor

import numpy as np

from gongjia.domains.allocation.solver.counts import CountProgram
from gongjia.domains.allocation.solver.groups import Groups, Kind
from gongjia.domains.allocation.solver.problem import Person, Problem
from gongjia.domains.allocation.solver.seating import Seating


def shares(program: CountProgram, values: np.ndarray) -> dict[int, list[Person]]:
    """Return the people of each building: as many of each kind as the relaxation seats there, those who sit there today first."""
    seats: dict[Kind, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for (kind, sort), column in program.seated.items():
        if values[column] > 1e-6:
            seats[kind][sort.building] += float(values[column])
    found: dict[int, list[Person]] = defaultdict(list)
    rooms = program.groups.problem.room
    for kind, wanted in seats.items():
        left = list(program.groups.members[kind])
        for building, count in rounded(wanted, len(left)).items():
            here = sorted(left, key=lambda person: person.room not in rooms or rooms[person.room].building != building)
            found[building] += here[:count]
            left = here[count:]
    return found


def rounded(wanted: dict[int, float], most: int) -> dict[int, int]:
    """Return whole numbers near the wanted ones with the same sum, at most so many in all."""
    counts = {key: floor(value + 1e-6) for key, value in wanted.items()}
    missing = min(most, round(sum(wanted.values()))) - sum(counts.values())
    for key in sorted(wanted, key=lambda key: counts[key] - wanted[key])[: max(0, missing)]:
        counts[key] += 1
    return counts


def plan_buildings(problem: Problem, people: dict[int, list[Person]], seconds: Callable[[], float]) -> dict[int, int]:
    """Return a plan that keeps everybody in his building; each building is solved within the seconds that it is given."""
    plan: dict[int, int] = {}
    for building, staff in sorted(people.items()):
        rooms = tuple(room for room in problem.rooms if room.building == building)
        part = Groups(Problem(tuple(staff), rooms, problem.leases, problem.weights))
        program, inside = CountProgram(part, part.kinds, part.problem.room), part.problem.room
        answer = program.program.solve(seconds(), gap=5e-3)
        if answer.values is not None:
            plan |= Seating(part, program.read(answer.values), inside).run()
    return plan
