"""Why somebody moves, in codes: what his move does for the plan."""

from __future__ import annotations

from collections import Counter, defaultdict

from gongjia.domains.allocation.solver.problem import Plan, Problem, by_room

CODES = ("pinned", "no_room", "lease", "over", "crowded", "zone", "together", "needed", "emptied", "whole")


class Reasons:
    """What is so today and in the plan, to be asked for each person who moves."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.before, self.after = by_room(problem.today()), by_room(plan)
        self.floors: dict[int, Counter[int]] = defaultdict(Counter)
        for key, room in plan.items():
            self.floors[problem.person[key].department][problem.room[room].floor] += 1

    def of(self, key: int) -> list[str]:
        """Return the codes of one move, the weightiest first."""
        person = self.problem.person[key]
        if person.pinned is not None:
            return ["pinned"]
        if person.room not in self.problem.room:
            return ["no_room"]
        here, there = self.problem.room[person.room], self.problem.room[self.plan[key]]
        people = [self.problem.person[p] for p in self.before[here.key]]
        floors = self.floors[person.department]
        found = {
            "lease": here.lease is not None and there.lease is None,
            "over": here.area > self.problem.limit(sum(other.ceiling for other in people)),
            "crowded": len(people) > here.seats,
            "zone": here.zone != person.zone,
            "together": here.floor != there.floor and floors[there.floor] > floors[here.floor],
            "needed": any(other != key for other in self.after.get(here.key, [])),
            "emptied": here.key not in self.after,
        }
        return [code for code, so in found.items() if so] or ["whole"]
