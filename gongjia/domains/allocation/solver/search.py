"""From a plan to better ones: a few departments at a time give back their rooms and are planned anew, together and exactly."""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from queue import Queue

from gongjia.domains.allocation.solver.counts import CountProgram
from gongjia.domains.allocation.solver.groups import Groups
from gongjia.domains.allocation.solver.score import score
from gongjia.domains.allocation.solver.seating import Seating

PEOPLE = 140  # who is planned anew at a time, to begin with
LEAST, MOST = 60, 700


class Search:
    """Keeps the best plan; how many people a step frees follows from how long steps take."""

    def __init__(self, groups: Groups, plan: dict[int, int], seed: int = 1) -> None:
        self.groups, self.problem, self.plan = groups, groups.problem, plan
        self.points = score(self.problem, plan).total
        self.size = float(PEOPLE)
        self.steps = 0
        self._draw = random.Random(seed)
        self._heads = {key: sum(len(groups.members[kind]) for kind in kinds) for key, kinds in groups.kinds.items()}
        self._tired: Counter[int] = Counter()

    def run(self, until: float, stop: Callable[[], bool], tell: Callable[[float], None], found: Queue[dict[int, int]]) -> None:
        """Improve the plan until the clock says so, nothing is left to try, or `stop` does; better plans may come from outside."""
        idle = 0
        while time.monotonic() < until and not stop() and idle < 60:
            while not found.empty():
                self.offer(found.get())
            chosen = self._neighbours()
            begun = time.monotonic()
            better = self.step(chosen, min(6.0, until - begun))
            idle = 0 if better else idle + 1
            self._adapt(time.monotonic() - begun, len(chosen) == len(self._heads))
            tell(self.points)
            if len(chosen) == len(self._heads) and not better:
                break

    def _adapt(self, seconds: float, everybody: bool) -> None:
        if seconds > 4.0:
            self.size = max(LEAST, self.size * 0.8)
        elif seconds < 1.5 and not everybody:
            self.size = min(MOST, self.size * 1.15)

    def step(self, departments: set[int], seconds: float) -> bool:
        """Plan some departments anew in their own rooms and in those that nobody holds; say whether that was better."""
        person, room = self.problem.person, self.problem.room
        kept = {key: seat for key, seat in self.plan.items() if person[key].department not in departments}
        held = set(kept.values())
        free = {key for key in room if key not in held and self.problem.owner.get(key) in departments | {None}}
        opened = {lease for key in held if (lease := room[key].lease) is not None}
        program = CountProgram(self.groups, departments, free, opened)
        answer = program.program.solve(seconds, gap=1e-3)
        self.steps += 1
        if answer.values is None:
            return False
        plan = kept | Seating(self.groups, program.read(answer.values), free).run()
        return self.offer(plan)

    def offer(self, plan: dict[int, int]) -> bool:
        """Take a plan if it has fewer points."""
        points = score(self.problem, plan).total
        if points >= self.points - 1e-6:
            return False
        self.plan, self.points = plan, points
        return True

    def _neighbours(self) -> set[int]:
        """Choose a department, those who share floors with it or would like to, and so on until enough people are free."""
        floors: dict[int, Counter[int]] = defaultdict(Counter)
        for key, seat in self.plan.items():
            floors[self.problem.room[seat].floor][self.problem.person[key].department] += 1
        first = min(self._heads, key=lambda key: (self._tired[key], self._draw.random()))
        chosen, people = {first}, self._heads[first]
        self._tired[first] += 1
        near = [key for shares in floors.values() if first in shares for key in shares]
        far = list(self._heads)
        self._draw.shuffle(near)
        self._draw.shuffle(far)
        for key in (near + far) if self._draw.random() < 0.7 else far:
            if key not in chosen and people + self._heads[key] <= self.size:
                chosen.add(key)
                people += self._heads[key]
        return chosen
