"""Plan rooms: a plan, what it is better than, and a bound that no plan undercuts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Queue

import numpy as np

from gongjia.domains.allocation.solver.counts import CountProgram
from gongjia.domains.allocation.solver.greedy import complete, greedy
from gongjia.domains.allocation.solver.groups import Groups
from gongjia.domains.allocation.solver.problem import Problem
from gongjia.domains.allocation.solver.score import faults
from gongjia.domains.allocation.solver.search import Search
from gongjia.domains.allocation.solver.seating import Seating
from gongjia.domains.allocation.solver.splitting import plan_buildings, shares

CLOSE = 1e-3  # nobody looks for less than a thousandth
DEAR = 0.5  # points
LARGE = 2_000  # people
SMALL = 250  # people: solved exactly and alone, so that the same question has the same answer
Tell = Callable[[float, float, float], None]


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
    """The program over everything: its bound holds for every plan, its solutions are plans to try.

    Of a large problem the coarse one is bounded, in which buildings have no floors; people are put into buildings by it.
    """

    def __init__(self, groups: Groups, until: float) -> None:
        self.large = len(groups.problem.people) > LARGE
        self.groups, self.until = Groups(groups.problem.coarse()) if self.large else groups, until
        self.found: Queue[dict[int, int]] = Queue()
        self.stopped = False
        self.program = CountProgram(self.groups, self.groups.kinds, self.groups.problem.room)
        self.relaxed = self.program.program.solve(self.left(0.6), relaxed=True)
        self.bound = max(0.0, self.relaxed.bound)  # no part of the points is negative
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

    def exactly(self, stop: Callable[[], bool]) -> None:
        """Solve a small program in this thread; most often that is all."""
        answer = self.program.program.solve(self.left(0.7), gap=CLOSE, stop=stop)
        self.bound = max(self.bound, answer.bound)
        if answer.values is not None:
            self._plan(answer.values)

    def narrow(self, stop: Callable[[], bool]) -> None:
        """Look for good plans among the seats that the relaxation does not find dear."""
        answer = self.program.narrowed(self.relaxed, DEAR).solve(self.left(0.45), gap=CLOSE, stop=stop)
        if answer.values is not None:
            self._plan(answer.values)

    def split(self, problem: Problem, stop: Callable[[], bool]) -> None:
        """Put people into buildings as the relaxation does, and plan each building by itself."""
        if self.relaxed.values is not None:
            people = shares(self.program, self.relaxed.values)
            each = self.left(0.7) / max(1, len(people))
            plan = plan_buildings(problem, people, lambda: 0.0 if stop() else min(each, self.left()))
            self.found.put(complete(problem, plan))


class Solving:
    """One run: the clerk's plan first, then the bound and the search beside each other until the clock says so."""

    def __init__(self, problem: Problem, seconds: float, tell: Tell, stop: Callable[[], bool]) -> None:
        check_pins(problem)
        self.begun, self.seconds = time.monotonic(), seconds
        self.until = self.begun + seconds * 0.94
        self.tell, self.stop = tell, stop
        self.groups, self.first = Groups(problem), greedy(problem)
        self.search = Search(self.groups, self.first)
        self.first_points = self.search.points
        self.bounding = Bounding(self.groups, self.until)

    def done(self) -> bool:
        return self.stop() or gap(self.search.points, self.bounding.bound) < CLOSE

    def said(self, points: float) -> None:
        self.tell((time.monotonic() - self.begun) / self.seconds, points, self.bounding.bound)

    def run(self) -> Result:
        """Return what was found."""
        self.said(self.search.points)
        if len(self.groups.problem.people) <= SMALL:
            self.bounding.exactly(self.stop)
            self._take()
        if self.done():
            return self._result()
        if self.bounding.large:
            self.bounding.split(self.groups.problem, self.stop)
            self.search.run(self.until, self.done, self.said, self.bounding.found)
        else:
            self._both()
        self._take()
        return self._result()

    def _both(self) -> None:
        """Search here while the whole program is solved in its thread."""
        thread = self.bounding.thread
        thread.start()
        try:
            self.bounding.narrow(lambda: self.stop() or not thread.is_alive())
            self.search.run(self.until, lambda: self.done() or not thread.is_alive(), self.said, self.bounding.found)
        finally:
            self.bounding.stopped = self.done() or time.monotonic() >= self.until
            thread.join()

    def _result(self) -> Result:
        bound = min(self.bounding.bound, self.search.points)
        spent = time.monotonic() - self.begun
        return Result(self.search.plan, self.search.points, bound, self.first, self.first_points, spent, self.search.steps)

    def _take(self) -> None:
        while not self.bounding.found.empty():
            self.search.offer(self.bounding.found.get())


def solve(
    problem: Problem,
    seconds: float = 60.0,
    *,
    tell: Tell = lambda share, points, bound: None,
    stop: Callable[[], bool] = lambda: False,
) -> Result:
    """Return the best plan found within so many seconds; `tell` hears share of time, points and bound.

    ValueError where people are pinned against a hard rule.
    """
    return Solving(problem, seconds, tell, stop).run()
