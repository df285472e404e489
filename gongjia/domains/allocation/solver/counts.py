"""The program in counts: how many people of each kind sit in how many rooms of each sort, and which rooms keep their people.

Every plan that keeps the rules is a solution with the same or fewer points, so that the program's bound bounds all plans.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from copy import copy
from dataclasses import dataclass, field
from math import ceil

import numpy as np

from gongjia.domains.allocation.solver.groups import Groups, Kind, Sort
from gongjia.domains.allocation.solver.program import INFINITE, Answer, Program, Term


@dataclass
class Counts:
    """A solution: people by kind and sort, rooms that are shared by department and sort, and who stays in which room."""

    seated: dict[tuple[Kind, Sort], int] = field(default_factory=dict)
    shared: dict[tuple[int, Sort], int] = field(default_factory=dict)
    staying: dict[tuple[Kind, int], int] = field(default_factory=dict)


class CountProgram:
    """The rows over all departments, or over some whose neighbours keep their rooms (`free` rooms a sort are left to them)."""

    def __init__(self, groups: Groups, departments: Collection[int], free: Collection[int], opened: Collection[int] = ()) -> None:
        self.groups, self.weights = groups, groups.problem.weights
        self.program = Program()
        self.departments = sorted(departments)
        self.free = frozenset(free)
        self.opened = frozenset(opened)
        self.seated: dict[tuple[Kind, Sort], int] = {}
        self.shared: dict[tuple[int, Sort], int] = {}
        self.staying: dict[tuple[Kind, int], int] = {}
        self.stock = {sort: left for sort, rooms in groups.rooms.items() if (left := sum(room.key in self.free for room in rooms))}
        self._held: dict[Sort, list[Term]] = defaultdict(list)
        self._keepers: dict[int, list[Term]] = defaultdict(list)
        self._left: dict[int, list[Term]] = defaultdict(list)
        self._kept: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._leases = {
            lease.key: self.program.column(self.weights.lease * lease.area, lower=float(lease.key in self.opened))
            for lease in groups.problem.leases
        }
        self.program.constant -= self.weights.lease * sum(lease.area for lease in groups.problem.leases if lease.key in self.opened)
        for department in self.departments:
            self._department(department)
        self._rooms()

    def _department(self, department: int) -> None:
        kinds = self.groups.kinds[department]
        people = sum(len(self.groups.members[kind]) for kind in kinds)
        sorts = [sort for sort in self.stock if any(self.groups.suits(kind, sort) for kind in kinds)]
        places: dict[int, list[Sort]] = defaultdict(list)
        for sort in sorts:
            self._sort(department, sort, people)
            places[sort.floor].append(sort)
        for kind in kinds:
            self._placed(kind, sorts)
        self._together(department, places, people)

    def _sort(self, department: int, sort: Sort, people: int) -> None:
        """Seat the kinds of a department in the rooms of a sort: seats, ceilings, and what the rooms cost."""
        program, weights, stock = self.program, self.weights, self.stock[sort]
        rent = weights.leased * sort.area if sort.lease is not None else 0.0
        together: list[Kind] = []
        for kind in self.groups.kinds[department]:
            if not self.groups.suits(kind, sort):
                continue
            most = min(len(self.groups.members[kind]), stock * (1 if kind.alone else sort.seats))
            if kind.alone:
                cost = rent + weights.seat * (sort.seats - 1) + weights.excess * max(0.0, sort.area - kind.ceiling)
                column = self.seated[kind, sort] = program.column(cost, most)
                self._held[sort].append((column, 1.0))
                self._stay_alone(kind, sort, column)
            else:
                self.seated[kind, sort] = program.column(-weights.seat, most)
                together.append(kind)
        if together:
            self._share(department, sort, together, rent, min(stock, people))

    def _stay_alone(self, kind: Kind, sort: Sort, column: int) -> None:
        stays: list[Term] = []
        for room in self.groups.rooms[sort]:
            if room.key in self.free and self.groups.today[room.key][kind]:
                stay = self.staying[kind, room.key] = self.program.column(-self.weights.move)
                self._keepers[room.key].append((stay, 1.0))
                self._kept[kind.department, sort.floor].append(stay)
                stays.append((stay, 1.0))
        if stays:
            self.program.row([*stays, (column, -1.0)], high=0.0)

    def _share(self, department: int, sort: Sort, kinds: list[Kind], rent: float, most: int) -> None:
        program, seats = self.program, sort.seats
        rooms = self.shared[department, sort] = program.column(rent + self.weights.seat * seats, most)
        self._held[sort].append((rooms, 1.0))
        people: list[Term] = [(self.seated[kind, sort], 1.0) for kind in kinds]
        ceilings: list[Term] = [(self.seated[kind, sort], kind.ceiling) for kind in kinds]
        program.row([*people, (rooms, -float(seats))], high=0.0)
        program.row([*people, (rooms, -1.0)], low=0.0)
        self._ceilings(sort, ceilings, rooms)
        self._stay_together(sort, kinds, rooms)

    def _ceilings(self, sort: Sort, ceilings: list[Term], rooms: int) -> None:
        """Hold the area under the ceilings: what one room needs, rounded up in each unit of ceiling, all rooms need together."""
        needed = sort.area / (1 + self.weights.tolerance) - 1e-6
        self.program.row([*ceilings, (rooms, -needed)], low=0.0)
        for unit in {factor for _column, factor in ceilings}:
            rounded = [(column, float(ceil(factor / unit - 1e-9))) for column, factor in ceilings]
            self.program.row([*rounded, (rooms, -float(ceil(needed / unit - 1e-9)))], low=0.0)
        if sort.area <= min(factor for _column, factor in ceilings):
            return
        over = self.program.column(self.weights.excess, INFINITE, whole=False)
        self.program.row([(over, 1.0), *ceilings, (rooms, -sort.area)], low=0.0)
        largest = max(factor for _column, factor in ceilings)
        fewest, rest = int(sort.area // largest), sort.area % largest
        if rest and fewest + 1 <= sort.seats:
            # with the largest ceilings only: the line through the last crowd that leaves an excess and the first that leaves none
            self.program.row([(over, 1.0), *((column, rest) for column, _factor in ceilings), (rooms, -rest * (fewest + 1))], low=0.0)

    def _stay_together(self, sort: Sort, kinds: list[Kind], rooms: int) -> None:
        """Let a department keep rooms of its own, and people in them: no more than sit there today, and than have a seat."""
        kept: list[Term] = []
        stays: dict[Kind, list[Term]] = defaultdict(list)
        for room in self.groups.rooms[sort]:
            here = [kind for kind in kinds if self.groups.today[room.key][kind]] if room.key in self.free else []
            if not here:
                continue
            keep = self.program.column()
            kept.append((keep, 1.0))
            self._keepers[room.key].append((keep, 1.0))
            self._kept[here[0].department, sort.floor].append(keep)
            for kind in here:
                count = float(self.groups.today[room.key][kind])
                stay = self.staying[kind, room.key] = self.program.column(-self.weights.move, count)
                self.program.row([(stay, 1.0), (keep, -count)], high=0.0)
                stays[kind].append((stay, 1.0))
            self.program.row([*((self.staying[kind, room.key], 1.0) for kind in here), (keep, -float(sort.seats))], high=0.0)
        if kept:
            self.program.row([*kept, (rooms, -1.0)], high=0.0)
        for kind, terms in stays.items():
            self.program.row([*terms, (self.seated[kind, sort], -1.0)], high=0.0)

    def _placed(self, kind: Kind, sorts: list[Sort]) -> None:
        """Place everybody of a kind; who is not placed costs, and does not move."""
        members, weights = self.groups.members[kind], self.weights
        here = sum(1 for person in members if person.room is not None)
        terms: list[Term] = [(self.seated[kind, sort], 1.0) for sort in sorts if (kind, sort) in self.seated]
        none = self.program.column(weights.unplaced, len(members) - here)
        left = self.program.column(weights.unplaced - weights.move, here)
        self._left[kind.department] += [(none, 1.0), (left, 1.0)]
        self.program.constant += weights.move * here
        self.program.row([*terms, (none, 1.0), (left, 1.0)], len(members), len(members))

    def _together(self, department: int, places: dict[int, list[Sort]], people: int) -> None:
        """Count the floors and the buildings of a department."""
        program, buildings = self.program, {sort.building for sorts in places.values() for sort in sorts}
        inside = {building: program.column(self.weights.building) for building in sorted(buildings)}
        floors: dict[int, list[tuple[Term, int]]] = defaultdict(list)
        for floor, sorts in sorted(places.items()):
            here = program.column(self.weights.floor)
            building = sorts[0].building
            program.row([(here, 1.0), (inside[building], -1.0)], high=0.0)
            floors[building].append(((here, 1.0), self._on_floor(department, sorts, here, people)))
            for keep in self._kept[department, floor]:
                program.row([(keep, 1.0), (here, -1.0)], high=0.0)
        if floors and people:
            program.constant -= self.weights.floor + self.weights.building
            program.row([(column, 1.0) for column in inside.values()], low=1.0)
            found = [floor for several in floors.values() for floor in several]
            program.row([term for term, _seats in found], low=1.0)
            fewest = at_least(people, [seats for _term, seats in found])
            program.row([*(term for term, _seats in found), *self._left[department]], low=float(fewest))
            houses = at_least(people, [sum(seats for _term, seats in several) for several in floors.values()])
            program.row([*((column, 1.0) for column in inside.values()), *self._left[department]], low=float(houses))

    def _on_floor(self, department: int, sorts: list[Sort], here: int, people: int) -> int:
        """Seat nobody on a floor that is not counted; return its seats."""
        seats, everybody = 0, []
        for sort in sorts:
            held, heads = self._of(department, sort)
            everybody += heads
            most = min(self.stock[sort], self._most(department, sort))
            seats += self.stock[sort] * sort.seats
            self.program.row([*held, (here, -float(most))], high=0.0)
        self.program.row([*everybody, (here, -float(min(seats, people)))], high=0.0)
        return seats

    def _most(self, department: int, sort: Sort) -> int:
        """Return how many rooms of a sort a department can fill by the ceilings."""
        kinds = [kind for kind in self.groups.kinds[department] if (kind, sort) in self.seated]
        alone = sum(len(self.groups.members[kind]) for kind in kinds if kind.alone)
        together = [kind for kind in kinds if not kind.alone]
        if not together:
            return alone
        fewest = ceil(sort.area / (1 + self.weights.tolerance) / max(kind.ceiling for kind in together) - 1e-6)
        return alone + sum(len(self.groups.members[kind]) for kind in together) // max(1, fewest)

    def _of(self, department: int, sort: Sort) -> tuple[list[Term], list[Term]]:
        """Return the columns that hold rooms of a sort for a department, and those that seat its people there."""
        kinds = [kind for kind in self.groups.kinds[department] if (kind, sort) in self.seated]
        heads: list[Term] = [(self.seated[kind, sort], 1.0) for kind in kinds]
        held: list[Term] = [(self.seated[kind, sort], 1.0) for kind in kinds if kind.alone]
        if (department, sort) in self.shared:
            held.append((self.shared[department, sort], 1.0))
        return held, heads

    def _rooms(self) -> None:
        """Give out no room twice, and pay for a lease while one of its rooms is held."""
        for sort, terms in self._held.items():
            stock = float(self.stock[sort])
            self.program.row(terms, high=stock)
            if sort.lease is not None:
                self.program.row([*terms, (self._leases[sort.lease], -stock)], high=0.0)
        for terms in self._keepers.values():
            if len(terms) > 1:
                self.program.row(terms, high=1.0)

    def narrowed(self, relaxed: Answer, dear: float) -> Program:
        """Return the program without the seats that the relaxation leaves empty and finds dear; only good for finding plans."""
        values, reduced = relaxed.values, relaxed.reduced
        if values is None or reduced is None:
            return self.program
        columns = (*self.seated.values(), *self.shared.values())
        closed = {column for column in columns if values[column] < 1e-6 and reduced[column] > dear}
        narrow = copy(self.program)
        narrow.upper = [0.0 if column in closed else upper for column, upper in enumerate(self.program.upper)]
        return narrow

    def read(self, values: np.ndarray) -> Counts:
        """Return the counts of a solution."""

        def taken(columns: dict) -> dict:
            return {key: count for key, column in columns.items() if (count := round(float(values[column])))}

        return Counts(taken(self.seated), taken(self.shared), taken(self.staying))


def at_least(people: int, seats: list[int]) -> int:
    """Return how many of these places must be used to seat so many people; all of them where they do not suffice."""
    left = people
    for count, place in enumerate(sorted(seats, reverse=True), 1):
        left -= place
        if left <= 0:
            return count
    return len(seats)
