"""Room plans: bureaus of 1,000 and of 5,000 people and the invented city's rented building, beside a clerk's plan."""

from __future__ import annotations

from bench import world
from bench.bureau import bureau
from bench.figures import Figure
from gongjia.demo.allocation import ROOT, chosen
from gongjia.demo.city import build
from gongjia.demo.constants import TODAY
from gongjia.domains.allocation.gathering import Gatherer
from gongjia.domains.allocation.solver.problem import Problem
from gongjia.domains.allocation.solver.score import faults
from gongjia.domains.allocation.solver.solve import Result, solve
from gongjia.domains.allocation.terms import weights_of
from gongjia.org.models import Unit


def told(what: str, problem: Problem, result: Result, *, most_gap: float | None = None, least_gain: float | None = None) -> None:
    """Emit gap, gain and time of one plan, which must keep the rules."""
    broken = faults(problem, result.plan)
    points = f"{result.points:,.1f} points, bound {result.bound:,.1f}, clerk {result.greedy_points:,.1f}"
    world.note(f"{what}: {points}, {len(broken)} rules broken")
    world.emit(Figure("room plans", f"{what}: proven gap", 100 * result.gap, "%", at_most=most_gap))
    world.emit(Figure("room plans", f"{what}: points below the clerk's plan", 100 * result.gain, "%", at_least=least_gain))
    world.emit(Figure("room plans", f"{what}: wall time", result.seconds, "s"))


def city() -> Problem:
    """Return the rooms of the small invented city that its own plan is about."""
    world.migrated()
    build(small=True)
    unit = Unit.objects.get(code=ROOT)
    return Gatherer(unit, chosen(), TODAY).field(weights_of(unit, TODAY), []).problem


def main() -> None:
    for people, seconds, most_gap, least_gain in ((1_000, 60, 3.0, None), (5_000, 180, None, 35.0)):
        problem = bureau(people)
        told(f"{people:,} people", problem, solve(problem, seconds), most_gap=most_gap, least_gain=least_gain)
    problem = city()
    told(f"the city's rented building, {len(problem.people)} people", problem, solve(problem, 60), most_gap=3.0)


if __name__ == "__main__":
    main()
