"""A problem solved and told: figures for the page, and the moves in their order with their reasons."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from gongjia.domains.allocation.gathering import Field, Gatherer, Mark
from gongjia.domains.allocation.solver.phases import phases
from gongjia.domains.allocation.solver.problem import Plan, Problem
from gongjia.domains.allocation.solver.reasons import Reasons
from gongjia.domains.allocation.solver.score import faults, score
from gongjia.domains.allocation.solver.solve import Result, solve
from gongjia.domains.allocation.terms import term, weights_of
from gongjia.org.models import Unit

SECONDS = 60.0
Move = list[Any]  # person, source, target, phase, swing, reasons


def plan_rooms(
    unit: Unit,
    buildings: Iterable[int],
    changed: dict[str, float],
    marks: Iterable[Mark],
    on: dt.date,
    *,
    seconds: float = SECONDS,
    tell: Callable[[float, float, float], None] = lambda share, points, bound: None,
    stop: Callable[[], bool] = lambda: False,
) -> tuple[dict[str, Any], list[Move]]:
    """Return figures and moves of the best plan found; ValueError where pins contradict."""
    field = Gatherer(unit, buildings, on).field(weights_of(unit, on, changed), marks)
    result = solve(field.problem, seconds, tell=tell, stop=stop)
    figures = told(field, result) | {"move_cost": term(unit, "move_cost", on), "phase_days": int(term(unit, "phase_days", on))}
    return figures, moves(field.problem, result.plan)


def moves(problem: Problem, plan: Plan) -> list[Move]:
    """Return the moves in their order, with the reasons of each."""
    reasons = Reasons(problem, plan)
    steps = phases(problem, plan)
    return [[s.person, s.source, s.target, s.phase, s.swing, [] if s.swing else reasons.of(s.person)] for s in steps]


def told(field: Field, result: Result) -> dict[str, Any]:
    """Return what the page says of a result."""
    problem = field.problem
    plans = {"today": problem.today(), "greedy": result.greedy, "plan": result.plan}
    return {
        "people": len(problem.people),
        "rooms": len(problem.rooms),
        "points": round(result.points, 2),
        "bound": round(result.bound, 2),
        "gap": round(result.gap, 6),
        "gain": round(result.gain, 6),
        "seconds": round(result.seconds, 1),
        "foreign_rooms": field.foreign_rooms,
        "foreign_people": field.foreign_people,
        "undecided": dict(field.undecided),
        "unplaced": sorted(person.key for person in problem.people if person.key not in result.plan),
        "weights": asdict(problem.weights),
        "plans": {name: account(problem, plan) for name, plan in plans.items()},
        "floors": floors(problem, result.plan),
    }


def account(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Return points by part, what breaks hard rules, and what is used and freed by one plan."""
    points, used = score(problem, plan), set(plan.values())
    broken = Counter(code for code, _key in faults(problem, plan) if code != "pinned")
    closed = [lease for lease in problem.leases if not any(room.lease == lease.key for room in problem.rooms if room.key in used)]
    return {
        "parts": {name: round(value, 2) for name, value in asdict(points).items()},
        "total": round(points.total, 2),
        "faults": dict(broken),
        "moves": sum(1 for key, room in plan.items() if problem.person[key].room != room),
        "rooms": len(used),
        "leased_area": round(sum(room.area for room in problem.rooms if room.key in used and room.lease is not None), 2),
        "rent_freed": round(sum(lease.rent for lease in closed), 2),
        "leases_freed": [lease.key for lease in closed],
    }


def floors(problem: Problem, plan: Plan) -> list[dict[str, Any]]:
    """Return, for each floor, how many people of each department sit there today and in the plan, and its seats."""
    seats: Counter[int] = Counter()
    building: dict[int, int] = {}
    leased: dict[int, bool] = {}
    for room in problem.rooms:
        seats[room.floor] += room.seats
        building[room.floor], leased[room.floor] = room.building, room.lease is not None
    heads: dict[str, dict[int, Counter[int]]] = {"today": defaultdict(Counter), "plan": defaultdict(Counter)}
    for name, one in (("today", problem.today()), ("plan", plan)):
        for key, seat in one.items():
            heads[name][problem.room[seat].floor][problem.person[key].department] += 1
    return [
        {"building": building[floor], "floor": floor, "seats": count, "leased": leased[floor], "room": _first(problem, floor)}
        | {name: sorted(found[floor].items()) for name, found in heads.items()}
        for floor, count in sorted(seats.items())
    ]


def _first(problem: Problem, floor: int) -> int:
    """Return a room of a floor, whose row knows the floor's name."""
    return next(room.key for room in problem.rooms if room.floor == floor)
