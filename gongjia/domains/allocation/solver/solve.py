"""Plan rooms: a plan, what it is better than, and a bound that no plan undercuts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Queue

import numpy as np

from gongjia.domains.allocation.solver.counts import CountProgram
from gongjia.domains.allocation.solver.greedy import greedy
from gongjia.domains.allocation.solver.groups import Groups
from gongjia.domains.allocation.solver.problem import Problem
from gongjia.domains.allocation.solver.program import INFINITE
from gongjia.domains.allocation.solver.score import faults, score
from gongjia.domains.allocation.solver.search import Search
from gongjia.domains.allocation.solver.seating import Seating

CLOSE = 1e-3  # nobody looks for less than a thousandth
DEAR = 0.5  # points


@dataclass(frozen=True)
class Result:
    """A plan and the clerk's plan with their points, and the bound; `steps` is how often departments were planned anew."""

    plan: dict[int, int]
    points: float
    bound: float
    greedy: dict[int, int]
    greedy_points: float
    seconds: float
    steps: int = 0

    @property
    def gap(self) -> float:
        """Return by which share of its points the plan may be worse than the best one."""
        return gap(self.points, self.bound)

    @property
    def gain(self) -> float:
        """Return by which share the points are below those of the clerk's plan."""
        return 1 - self.points / self.greedy_points if self.greedy_points else 0.0


def gap(points: float, bound: float) -> float:
    """Return (points - bound) / points; nothing where there are no points."""
    return max(0.0, points - bound) / points if points > 1e-9 else 0.0


def check_pins(problem: Problem) -> None:
    """ValueError where people are pinned against a hard rule."""
    pins = {person.key: person.pinned for person in problem.people if person.pinned is not None}
    missing = [key for key, room in pins.items() if room not in problem.room]
    if missing:
        raise ValueError(f"pinned to unknown rooms: {missing}")
    _ = problem.owner
    wrong = [fault for fault in faults(problem, pins) if fault[0] not in ("pinned", "ceiling")]
    if wrong:
        raise ValueError(f"pins break hard rules: {wrong}")


class Bounding:
    """The program over everything, solved beside the search: its bound holds for every plan, its solutions are plans to try."""

    def __init__(self, groups: Groups, until: float) -> None:
        self.groups, self.until = groups, until
        self.bound = -INFINITE
        self.found: Queue[dict[int, int]] = Queue()
        self.stopped = False
        self.program = CountProgram(groups, groups.kinds, groups.problem.room)
        self.relaxed = self.program.program.solve(self.left(0.5), relaxed=True)
        self.bound = self.relaxed.bound
        self.thread = threading.Thread(target=self._run, daemon=True)

    def left(self, share: float = 1.0) -> float:
        """Return the seconds that are left, or a share of them."""
        return share * (self.until - time.monotonic())

    def _run(self) -> None:
        answer = self.program.program.solve(self.left(), gap=CLOSE, stop=lambda: self.stopped, better=self._plan)
        self.bound = max(self.bound, answer.bound)
        if answer.values is not None:
            self._plan(answer.values)

    def _plan(self, values: np.ndarray) -> None:
        self.found.put(Seating(self.groups, self.program.read(values), self.groups.problem.room).run())

    def narrow(self, stop: Callable[[], bool]) -> None:
        """Look for good plans among the seats that the relaxation does not find dear."""
        if self.relaxed.reduced is None:
            return
        program = self.program.narrowed(self.relaxed, DEAR)
        answer = program.solve(self.left(0.45), gap=CLOSE, stop=stop)
        if answer.values is not None:
            self._plan(answer.values)


def solve(
    problem: Problem,
    seconds: float = 60.0,
    *,
    tell: Callable[[float, float, float], None] = lambda share, points, bound: None,
    stop: Callable[[], bool] = lambda: False,
) -> Result:
    """Return the best plan found within so many seconds; `tell` hears share of time, points and bound. ValueError for pins that contradict."""
    begun = time.monotonic()
    check_pins(problem)
    until = begun + seconds * 0.94
    groups, first = Groups(problem), greedy(problem)
    search = Search(groups, first)
    first_points = search.points
    bounding = Bounding(groups, until)

    def done() -> bool:
        return stop() or gap(search.points, bounding.bound) < CLOSE

    def said(points: float) -> None:
        tell((time.monotonic() - begun) / seconds, points, bounding.bound)

    said(search.points)
    bounding.thread.start()
    bounding.narrow(lambda: stop() or not bounding.thread.is_alive())
    search.run(until, lambda: done() or not bounding.thread.is_alive(), said, bounding.found)
    bounding.stopped = True
    bounding.thread.join()
    while not bounding.found.empty():
        search.offer(bounding.found.get())
    search.run(until, done, said, bounding.found)
    bound = min(bounding.bound, search.points)
    return Result(search.plan, search.points, bound, first, first_points, time.monotonic() - begun, search.steps)
