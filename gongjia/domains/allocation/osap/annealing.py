"""Simulated annealing over moves and swaps of entities, with the change of the penalty in constant time.

Written for speed: this loop runs half a million times a second in plain Python, and everything it reads is a list.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence

from gongjia.domains.allocation.osap.reading import Instance, Rule
from gongjia.domains.allocation.osap.scoring import EPSILON, OVERUSE, PENALTIES

HARD = 1000.0
CHECK = 1000  # steps between two looks at the clock


class Annealing:
    """A plan under change; hard constraints cost so much that a cold plan keeps them where that is possible."""

    def __init__(self, instance: Instance, plan: Sequence[int], seed: int) -> None:
        self.instance = instance
        self._draw = random.Random(seed)
        rooms, entities = range(len(instance.capacities)), range(len(instance.sizes))
        self.own = [[0.0] * len(rooms) for _entity in entities]  # points of an entity in a room
        self.full = [0.0] * len(rooms)  # points of overusing a room at all
        self.shy = [0.0] * len(entities)  # points of sharing
        self.pairs: list[list[tuple[int, list[list[float]]]]] = [[] for _entity in entities]  # others, points by both rooms
        tables = _tables(instance)
        for constraint in instance.constraints:
            points = HARD if constraint.hard else PENALTIES[constraint.rule]
            if constraint.rule in (Rule.ALLOCATION, Rule.NONALLOCATION):
                for room in rooms:
                    if (room == constraint.second) == (constraint.rule == Rule.NONALLOCATION):
                        self.own[constraint.first][room] += points
            elif constraint.rule == Rule.CAPACITY:
                self.full[constraint.first] += points
            elif constraint.rule == Rule.NOT_SHARING:
                self.shy[constraint.first] += points
            elif constraint.first != constraint.second:
                table = tables[constraint.rule]
                self.pairs[constraint.first].append((constraint.second, [[points * cell for cell in row] for row in table]))
                self.pairs[constraint.second].append((constraint.first, [[points * row[room] for row in table] for room in rooms]))
        self._begin(plan)

    def _begin(self, plan: Sequence[int]) -> None:
        """Take a plan and reckon what every room holds."""
        self.plan = list(plan)
        rooms = range(len(self.instance.capacities))
        self.left = list(self.instance.capacities)
        self.heads = [0 for _room in rooms]
        self.shyness = [0.0 for _room in rooms]
        for entity, room in enumerate(plan):
            self.left[room] -= self.instance.sizes[entity]
            self.heads[room] += 1
            self.shyness[room] += self.shy[entity]
        self.space = [self._room(self.left[room], self.full[room], self.heads[room], self.shyness[room]) for room in rooms]
        points = sum(self.space) + sum(self.own[entity][room] for entity, room in enumerate(plan))
        points += sum(table[room][plan[other]] for entity, room in enumerate(plan) for other, table in self.pairs[entity]) / 2
        self.points = self.best = points
        self.best_plan = list(plan)

    @staticmethod
    def _room(left: float, full: float, heads: int, shyness: float) -> float:
        space = left if left >= -EPSILON else full - OVERUSE * left
        return space + shyness if heads > 1 else space

    def run(self, hot: float, cold: float, until: float, stop: Callable[[float], bool] = lambda best: False) -> None:
        """Cool from one temperature to the other until the clock says so or `stop`, asked now and then, does."""
        begun, now = time.monotonic(), time.monotonic()
        while now < until and not stop(self.best):
            heat = hot * (cold / hot) ** ((now - begun) / (until - begun))
            self._steps(heat)
            now = time.monotonic()

    def _steps(self, heat: float) -> None:
        """Try a thousand moves and swaps."""
        draw, plan, own, pairs = self._draw.random, self.plan, self.own, self.pairs
        entities, rooms, ceiling = len(plan), len(self.left), 8 * heat + 60
        for _step in range(CHECK):
            entity = int(draw() * entities)
            here = plan[entity]
            partner = int(draw() * entities) if draw() < 0.5 else -1
            there = plan[partner] if partner >= 0 else int(draw() * rooms)
            if there == here:
                continue
            change = own[entity][there] - own[entity][here]
            for other, table in pairs[entity]:
                if other != partner:
                    room = plan[other]
                    change += table[there][room] - table[here][room]
            if partner >= 0:
                change += own[partner][here] - own[partner][there]
                for other, table in pairs[partner]:
                    if other == entity:
                        change += table[here][there] - table[there][here]
                    else:
                        room = plan[other]
                        change += table[here][room] - table[there][room]
            if change < ceiling:
                self._try(entity, partner, there, change, heat)

    def _try(self, entity: int, partner: int, there: int, change: float, heat: float) -> None:
        """Reckon the rooms of a step whose other points are known, and take it if it is better or the heat lets it pass."""
        plan, left, heads, shyness = self.plan, self.left, self.heads, self.shyness
        here, size, shy, count = plan[entity], self.instance.sizes[entity], self.shy[entity], 1
        if partner >= 0:
            size, shy, count = size - self.instance.sizes[partner], shy - self.shy[partner], 0
        ours = self._room(left[here] + size, self.full[here], heads[here] - count, shyness[here] - shy)
        theirs = self._room(left[there] - size, self.full[there], heads[there] + count, shyness[there] + shy)
        change += ours + theirs - self.space[here] - self.space[there]
        if change > 0 and self._draw.random() >= math.exp(-change / heat):
            return
        plan[entity] = there
        if partner >= 0:
            plan[partner] = here
        left[here] += size
        left[there] -= size
        heads[here] -= count
        heads[there] += count
        shyness[here] -= shy
        shyness[there] += shy
        self.space[here], self.space[there] = ours, theirs
        self.points += change
        if self.points < self.best - EPSILON:
            self.best, self.best_plan = self.points, list(plan)


def _tables(instance: Instance) -> dict[Rule, list[list[float]]]:
    """Return, for each rule about two entities, where (by their rooms) it is broken."""
    rooms, floors = range(len(instance.capacities)), instance.floors
    return {
        Rule.SAME_ROOM: [[float(one != other) for other in rooms] for one in rooms],
        Rule.NOT_SAME_ROOM: [[float(one == other) for other in rooms] for one in rooms],
        Rule.ADJACENCY: [[float(other not in instance.adjacent[one]) for other in rooms] for one in rooms],
        Rule.NEARBY: [[float(floors[one] != floors[other]) for other in rooms] for one in rooms],
        Rule.AWAY_FROM: [[float(floors[one] == floors[other]) for other in rooms] for one in rooms],
    }
