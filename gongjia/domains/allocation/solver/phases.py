"""The order of the moves: nobody moves before his room is free, and where moves wait for each other some wait elsewhere."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from gongjia.domains.allocation.solver.problem import Plan, Problem


@dataclass(frozen=True)
class Step:
    """One move of one person in one phase; `swing` marks a room that is only waited in (None: no room is free to wait in)."""

    phase: int
    person: int
    source: int | None
    target: int | None
    swing: bool = False


class Removal:
    """The moves while they are being ordered."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.here: dict[int, int | None] = {person.key: person.room for person in problem.people}
        self.goal = {key: room for key, room in plan.items() if room != self.here[key]}
        self.inside: dict[int, set[int]] = defaultdict(set)
        for key, room in self.here.items():
            if room is not None:
                self.inside[room].add(key)
        self.steps: list[Step] = []
        self.phase = 0

    def run(self) -> list[Step]:
        """Return the moves in their order."""
        while self.goal:
            self.phase += 1
            ready = [key for key, room in sorted(self.goal.items()) if self._is_free(room)]
            if ready:
                for key in ready:
                    self._move(key, self.goal.pop(key))
            else:
                self._wait_elsewhere()
        return self.steps

    def _is_free(self, room: int) -> bool:
        """Say whether everybody who leaves a room had left it before this phase."""
        gone = {step.person for step in self.steps if step.phase == self.phase and step.source == room}
        return not gone and not any(key in self.goal for key in self.inside[room])

    def _wait_elsewhere(self) -> None:
        """Let the few who block a room wait in an empty one."""
        blocked = {room: [key for key in self.inside[room] if key in self.goal] for room in set(self.goal.values())}
        room = min(blocked, key=lambda key: (len(blocked[key]), key))
        for key in sorted(blocked[room]):
            self._move(key, self._empty(key), swing=True)

    def _empty(self, key: int) -> int | None:
        zone, targets = self.problem.person[key].zone, set(self.goal.values())
        waiting = {step.target for step in self.steps if step.phase == self.phase and step.swing}
        for room in sorted(self.problem.rooms, key=lambda room: (room.key not in waiting, room.lease is not None, room.key)):
            free = room.key not in targets and (room.key in waiting or not self.inside[room.key])
            if free and room.zone == zone and len(self.inside[room.key]) < room.seats:
                return room.key
        return None

    def _move(self, key: int, room: int | None, *, swing: bool = False) -> None:
        source = self.here[key]
        self.steps.append(Step(self.phase, key, source, room, swing))
        if source is not None:
            self.inside[source].discard(key)
        self.here[key] = room
        if room is not None:
            self.inside[room].add(key)


def phases(problem: Problem, plan: Plan) -> list[Step]:
    """Return the moves of a plan in an order in which every room is free when somebody moves in."""
    return Removal(problem, plan).run()
