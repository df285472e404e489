"""A plan, its penalty and a bound in so many seconds: annealing and exact neighbourhoods, the whole program beside them."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gongjia.domains.allocation.osap.annealing import Annealing
from gongjia.domains.allocation.osap.model import SpaceProgram
from gongjia.domains.allocation.osap.reading import Instance, Rule
from gongjia.domains.allocation.osap.scoring import PENALTIES, broken, feasible, misuse, penalty

HOT, COLD = 40.0, 0.4
RESERVE = 2.5  # seconds for starting, reading and the solver's last step
CLOSE = 1e-6


@dataclass(frozen=True)
class Outcome:
    """A plan (the room of each entity) with its penalty, and the bound that no plan undercuts."""

    instance: str
    plan: list[int]
    penalty: float
    bound: float
    feasible: bool
    seconds: float

    @property
    def gap(self) -> float:
        """Return the share of the penalty that is not proved necessary."""
        return max(0.0, self.penalty - self.bound) / self.penalty if self.penalty > CLOSE else 0.0


class Proof:
    """The whole program in a thread of its own; `bound` grows, and its solutions are plans to begin with."""

    def __init__(self, instance: Instance, until: float) -> None:
        self.space = SpaceProgram(instance)
        self.bound = 0.0
        self.plans: list[list[int]] = []
        self.stopped = False
        self._until = until
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        program = self.space.program
        self.bound = max(self.bound, program.solve(self._until - time.monotonic(), relaxed=True).bound)
        answer = program.solve(self._until - time.monotonic(), gap=1e-6, stop=lambda: self.stopped, better=self._better)
        self.bound = max(self.bound, answer.bound)

    def _better(self, values: np.ndarray) -> None:
        self.plans.append(self.space.read(values))


class Improving:
    """The best plan of all that were offered, and how it is made better."""

    def __init__(self, instance: Instance, proof: Proof) -> None:
        self.instance, self.proof = instance, proof
        self.plan: list[int] = [0] * len(instance.sizes)
        self.rank = (True, float("inf"))
        self._draw = random.Random(7)
        self._partial = SpaceProgram(instance)

    def offer(self, plan: Sequence[int]) -> bool:
        """Take a plan that is better: first by keeping the hard constraints, then by its penalty."""
        rank = (not feasible(self.instance, plan), penalty(self.instance, plan))
        if rank >= self.rank:
            return False
        self.plan, self.rank = list(plan), rank
        return True

    def done(self) -> bool:
        """Say whether the best plan is proved."""
        return not self.rank[0] and self.rank[1] <= self.proof.bound + 1e-4

    def anneal(self, seed: int, hot: float, until: float, *, fresh: bool) -> None:
        """Cool a random plan, or the best one from a lesser heat."""
        rooms = len(self.instance.capacities)
        plan = [self._draw.randrange(rooms) for _entity in self.plan] if fresh else self.plan
        annealing = Annealing(self.instance, plan, seed)
        annealing.run(hot, COLD, until, lambda best: best <= self.proof.bound + 1e-4)
        self.offer(annealing.best_plan)

    def neighbourhood(self, until: float, size: int) -> bool:
        """Free the entities of some rooms, and place them anew exactly."""
        free = self._freed(size)
        program, place = self._partial.program, self._partial.place
        lower, upper = list(program.lower), list(program.upper)
        for entity, room in enumerate(self.plan):
            if entity not in free:
                for other, column in enumerate(place[entity]):
                    program.lower[column], program.upper[column] = (1.0, 1.0) if other == room else (0.0, 0.0)
        answer = program.solve(min(4.0, until - time.monotonic()), gap=1e-6)
        program.lower, program.upper = lower, upper
        return answer.values is not None and self.offer(self._partial.read(answer.values))

    def _freed(self, size: int) -> set[int]:
        """Choose entities: those of a broken constraint or of a misused room, who sits with them or near, and some at random."""
        sore = [c for c in self.instance.constraints if c.rule != Rule.CAPACITY and broken(self.instance, self.plan, c)]
        weights = [PENALTIES[c.rule] for c in sore]
        chosen: set[int] = set()
        for constraint in self._draw.choices(sore, weights, k=3) if sore else []:
            chosen.add(constraint.first)
            if constraint.rule in (Rule.ALLOCATION, Rule.NONALLOCATION):
                chosen |= self._inside({constraint.second})
            elif constraint.second >= 0:
                chosen.add(constraint.second)
        used = np.bincount(self.plan, weights=self.instance.sizes, minlength=len(self.instance.capacities))
        points = [misuse(capacity, used[room]) + 0.5 for room, capacity in enumerate(self.instance.capacities)]
        while len(chosen) < size:
            chosen |= self._inside({self.plan[e] for e in chosen}) if len(chosen) < size // 4 else set()
            chosen |= self._inside(set(self._draw.choices(range(len(points)), points, k=1)))
            chosen.add(self._draw.randrange(len(self.plan)))
        return chosen

    def _inside(self, rooms: set[int]) -> set[int]:
        return {entity for entity, room in enumerate(self.plan) if room in rooms}


def solve(instance: Instance, seconds: float) -> Outcome:
    """Return the best plan found within so many seconds of wall time, with its proof."""
    begun = time.monotonic()
    until = begun + max(1.0, seconds - RESERVE)
    proof = Proof(instance, until)
    improving = Improving(instance, proof)
    span = until - begun
    for seed, share in enumerate((0.22, 0.44)):
        if not improving.done():
            improving.anneal(seed, HOT, begun + share * span, fresh=True)
    size, number = min(60, len(instance.sizes)), 2
    while time.monotonic() < until - 0.5 and not improving.done() and proof.thread.is_alive():
        for plan in proof.plans[-1:]:
            improving.offer(plan)
        if number % 6 == 0:
            improving.anneal(number, 6.0, min(until, time.monotonic() + span / 12), fresh=False)
        else:
            began = time.monotonic()
            improving.neighbourhood(until, size)
            size = min(len(instance.sizes), size + 3) if time.monotonic() - began < 1.5 else max(20, size - 4)
        number += 1
    proof.stopped = improving.done() or time.monotonic() >= until - 0.5
    proof.thread.join()
    for plan in proof.plans[-1:]:
        improving.offer(plan)
    kept, points = not improving.rank[0], improving.rank[1]
    return Outcome(instance.name, improving.plan, points, min(proof.bound, points), kept, time.monotonic() - begun)
