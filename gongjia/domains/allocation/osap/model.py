"""The problem as a 0/1 program after Ülker and Landa-Silva (2010), with the rows that make its relaxation tight.

Entities that must not share stand apart: their rooms' misuse is known beforehand and costs at their own columns;
the others share what is left.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gongjia.domains.allocation.osap.reading import Constraint, Instance, Rule
from gongjia.domains.allocation.osap.scoring import OVERUSE, PENALTIES, misuse
from gongjia.domains.allocation.solver.program import INFINITE, Program, Term


class SpaceProgram:
    """The columns `place[entity][room]` and all rows; `fixed` entities keep their rooms."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.program = Program()
        self.entities, self.rooms = range(len(instance.sizes)), range(len(instance.capacities))
        self.lonely = {c.first for c in instance.constraints if c.rule == Rule.NOT_SHARING and c.hard}
        self.place = [[self.program.column(self._alone(entity, room)) for room in self.rooms] for entity in self.entities]
        for entity in self.entities:
            self.program.row([(column, 1.0) for column in self.place[entity]], 1.0, 1.0)
        self.over = [self._space(room) for room in self.rooms]
        self._levels = sorted(set(instance.floors))
        self._on: dict[int, list[int]] = {}
        for constraint in instance.constraints:
            self._constrain(constraint)

    def _alone(self, entity: int, room: int) -> float:
        return misuse(self.instance.capacities[room], self.instance.sizes[entity]) if entity in self.lonely else 0.0

    def _space(self, room: int) -> int:
        """Add the misuse of a room that is shared; it counts nothing where somebody sits alone. Return the overuse."""
        program, capacity = self.program, self.instance.capacities[room]
        wasted, over = program.column(1.0, INFINITE, whole=False), program.column(OVERUSE, INFINITE, whole=False)
        alone: list[Term] = [(self.place[e][room], 1.0) for e in self.entities if e in self.lonely]
        shared = [e for e in self.entities if e not in self.lonely]
        sizes: list[Term] = [(self.place[e][room], self.instance.sizes[e]) for e in shared]
        program.row([*sizes, *((column, capacity) for column, _one in alone), (wasted, 1.0), (over, -1.0)], capacity, capacity)
        if alone:
            program.row(alone, high=1.0)
            most = float(len(shared))
            program.row([*((column, 1.0) for column, _size in sizes), *((column, most) for column, _one in alone)], high=most)
        return over

    def _constrain(self, constraint: Constraint) -> None:
        rule, first, second = constraint.rule, constraint.first, constraint.second
        if rule in (Rule.ALLOCATION, Rule.NONALLOCATION):
            self._room_of(constraint)
        elif rule == Rule.CAPACITY:
            self._capacity(constraint)
        elif rule == Rule.NOT_SHARING:
            if not constraint.hard:
                self._not_sharing(first)
        elif rule == Rule.SAME_ROOM:
            self._alike(constraint, self.place[first], self.place[second])
        elif rule == Rule.NEARBY:
            self._alike(constraint, self._floors(first), self._floors(second))
        elif rule == Rule.NOT_SAME_ROOM:
            self._apart(constraint, self.place[first], self.place[second])
        elif rule == Rule.AWAY_FROM:
            self._apart(constraint, self._floors(first), self._floors(second))
        else:
            self._adjacent(constraint)

    def _room_of(self, constraint: Constraint) -> None:
        column, wanted = self.place[constraint.first][constraint.second], constraint.rule == Rule.ALLOCATION
        if constraint.hard:
            self.program.lower[column], self.program.upper[column] = (1.0, 1.0) if wanted else (0.0, 0.0)
        elif wanted:
            self.program.costs[column] -= PENALTIES[constraint.rule]
            self.program.constant += PENALTIES[constraint.rule]
        else:
            self.program.costs[column] += PENALTIES[constraint.rule]

    def _capacity(self, constraint: Constraint) -> None:
        room, capacity = constraint.first, self.instance.capacities[constraint.first]
        large = [entity for entity in self.lonely if self.instance.sizes[entity] > capacity]
        if constraint.hard:
            self.program.upper[self.over[room]] = 0.0
            for entity in large:
                self.program.upper[self.place[entity][room]] = 0.0
            return
        most = sum(self.instance.sizes)
        broken = self._broken(constraint)
        self.program.row([(self.over[room], 1.0), (broken, -most)], high=0.0)
        if large:
            self.program.row([*((self.place[entity][room], 1.0) for entity in large), (broken, -1.0)], high=0.0)

    def _broken(self, constraint: Constraint) -> int:
        return self.program.column(PENALTIES[constraint.rule])

    def _not_sharing(self, entity: int) -> None:
        broken = self.program.column(PENALTIES[Rule.NOT_SHARING])
        for other in self.entities:
            if other != entity:
                for room in self.rooms:
                    self.program.row([(self.place[entity][room], 1.0), (self.place[other][room], 1.0), (broken, -1.0)], high=1.0)

    def _floors(self, entity: int) -> list[int]:
        """Return one column a floor that says whether the entity is there."""
        if entity not in self._on:
            self._on[entity] = [self.program.column() for _level in self._levels]
            for column, level in zip(self._on[entity], self._levels, strict=True):
                here: list[Term] = [(self.place[entity][room], 1.0) for room in self.rooms if self.instance.floors[room] == level]
                self.program.row([*here, (column, -1.0)], 0.0, 0.0)
        return self._on[entity]

    def _alike(self, constraint: Constraint, ours: Sequence[int], theirs: Sequence[int]) -> None:
        """Both in the same place: what they have in common earns the penalty back, so that fractions earn no more than they agree."""
        if constraint.hard:
            for one, other in zip(ours, theirs, strict=True):
                self.program.row([(one, 1.0), (other, -1.0)], 0.0, 0.0)
            return
        self.program.constant += PENALTIES[constraint.rule]
        pair = {constraint.first, constraint.second}
        if constraint.rule == Rule.SAME_ROOM and len(pair) > 1 and self.lonely & pair:
            return
        for one, other in zip(ours, theirs, strict=True):
            common = self.program.column(-PENALTIES[constraint.rule], whole=False)
            self.program.row([(common, 1.0), (one, -1.0)], high=0.0)
            self.program.row([(common, 1.0), (other, -1.0)], high=0.0)

    def _apart(self, constraint: Constraint, ours: Sequence[int], theirs: Sequence[int]) -> None:
        escape: list[Term] = [] if constraint.hard else [(self._broken(constraint), -1.0)]
        for one, other in zip(ours, theirs, strict=True):
            self.program.row([(one, 1.0), (other, 1.0), *escape], high=1.0)

    def _adjacent(self, constraint: Constraint) -> None:
        escape: list[Term] = [] if constraint.hard else [(self._broken(constraint), -1.0)]
        near = self.instance.adjacent
        for room in self.rooms:
            there: list[Term] = [(self.place[constraint.second][other], -1.0) for other in sorted(near[room])]
            self.program.row([(self.place[constraint.first][room], 1.0), *there, *escape], high=0.0)
            back: list[Term] = [(self.place[constraint.first][other], -1.0) for other in self.rooms if room in near[other]]
            self.program.row([(self.place[constraint.second][room], 1.0), *back, *escape], high=0.0)

    def read(self, values: np.ndarray) -> list[int]:
        """Return the room of each entity in a solution."""
        return [max(self.rooms, key=lambda room: values[self.place[entity][room]]) for entity in self.entities]
