"""The plan that a careful clerk would make: department after department, owned floors first, who can stay stays."""

from __future__ import annotations

from collections import Counter, defaultdict

from gongjia.domains.allocation.solver.problem import Person, Problem, Room


class Clerk:
    """Fills floor after floor for one department after another, the largest first."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.plan: dict[int, int] = {}
        self.free = {room.key: room for room in problem.rooms if room.key not in problem.owner}
        self.departments: dict[int, list[Person]] = defaultdict(list)
        for person in problem.people:
            self.departments[person.department].append(person)

    def run(self) -> dict[int, int]:
        """Return the plan."""
        for department in sorted(self.departments, key=lambda key: (-len(self.departments[key]), key)):
            waiting = self._pinned(department)
            for floor in self.floors(waiting):
                waiting = self.fill(floor, waiting)
                if not waiting:
                    break
        return self.plan

    def _pinned(self, department: int) -> list[Person]:
        people = self.departments[department]
        self.plan.update((person.key, person.pinned) for person in people if person.pinned is not None)
        return [person for person in people if person.pinned is None]

    def floors(self, people: list[Person]) -> list[list[Room]]:
        """Return the rooms by floor: owned before leased, first where most of these people sit, then where most seats are free."""
        rooms: dict[tuple[bool, int], list[Room]] = defaultdict(list)
        for room in self.free.values():
            rooms[room.lease is not None, room.floor].append(room)
        here = Counter(self.problem.room[person.room].floor for person in people if person.room in self.problem.room)
        order = sorted(rooms, key=lambda key: (key[0], -here[key[1]], -sum(room.seats for room in rooms[key]), key[1]))
        return [rooms[key] for key in order]

    def fill(self, rooms: list[Room], people: list[Person]) -> list[Person]:
        """Seat who is left on a floor, and return who is still left."""
        keys = {room.key for room in rooms}
        left: list[Person] = []
        for person in sorted((p for p in people if p.alone), key=lambda p: (-p.ceiling, p.key)):
            fits = [room for key in keys & self.free.keys() if self._suits(person, room := self.free[key])]
            if fits and person.ceiling:
                self._give(max(fits, key=lambda room: (room.key == person.room, room.area, -room.key)), [person])
            else:
                left.append(person)
        return left + self._share([self.free[key] for key in sorted(keys & self.free.keys())], [p for p in people if not p.alone])

    def _suits(self, person: Person, room: Room) -> bool:
        fits = person.zone == room.zone and room.key not in person.forbidden
        return fits and (not person.alone or room.area <= self.problem.limit(person.ceiling))

    def _share(self, rooms: list[Room], people: list[Person]) -> list[Person]:
        """Fill shared rooms with those who sit there today first; a room that would stay too large for its people stays empty."""
        waiting = {person.key: person for person in people}
        here = Counter(person.room for person in people)
        for room in sorted(rooms, key=lambda room: (-here[room.key], -room.seats, room.key)):
            able = [person for person in waiting.values() if self._suits(person, room)]
            able.sort(key=lambda person: (person.room != room.key, person.key))
            crowd = able[: room.seats]
            if crowd and room.area <= self.problem.limit(sum(person.ceiling for person in crowd)):
                self._give(room, crowd)
                for person in crowd:
                    del waiting[person.key]
        return list(waiting.values())

    def _give(self, room: Room, people: list[Person]) -> None:
        del self.free[room.key]
        self.plan.update((person.key, room.key) for person in people)


def greedy(problem: Problem) -> dict[int, int]:
    """Return the clerk's plan."""
    return Clerk(problem).run()


def complete(problem: Problem, plan: dict[int, int]) -> dict[int, int]:
    """Return a plan with those seated whom it left out: beside their own people where a seat is free, else as the clerk would."""
    clerk = Clerk(problem)
    clerk.plan = dict(plan)
    inside: Counter[int] = Counter(plan.values())
    holds = {room: problem.person[key].department for key, room in plan.items() if not problem.person[key].alone}
    clerk.free = {key: room for key, room in clerk.free.items() if key not in inside}
    for department, people in clerk.departments.items():
        waiting = [person for person in people if person.key not in plan and person.pinned is None]
        for person in [person for person in waiting if not person.alone]:
            own = (room for room in problem.rooms if holds.get(room.key) == department and inside[room.key] < room.seats)
            room = next((room for room in own if person.zone == room.zone and room.key not in person.forbidden), None)
            if room is not None:
                clerk.plan[person.key] = room.key
                inside[room.key] += 1
                waiting.remove(person)
        for floor in clerk.floors(waiting):
            waiting = clerk.fill(floor, waiting)
            if not waiting:
                break
    return clerk.plan
