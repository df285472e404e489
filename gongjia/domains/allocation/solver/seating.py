"""From counts to names: who sits in which room, with everybody who may stay staying."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from gongjia.domains.allocation.solver.counts import Counts
from gongjia.domains.allocation.solver.groups import Groups, Kind, Sort, kind_of
from gongjia.domains.allocation.solver.problem import Person, Room


class Seating:
    """Gives the rooms of a solution in counts to people; who finds no lawful room is left out."""

    def __init__(self, groups: Groups, counts: Counts, free: Iterable[int]) -> None:
        self.groups, self.counts = groups, counts
        self.free = set(free)
        self.plan: dict[int, int] = {}
        self.waiting: dict[Kind, list[Person]] = {kind: list(groups.members[kind]) for kind, _sort in counts.seated}
        self.keepers: dict[tuple[int, Sort], list[Room]] = defaultdict(list)
        self.stayed: Counter[tuple[Kind, Sort]] = Counter()
        self._stay()

    def _stay(self) -> None:
        for (kind, key), count in self.counts.staying.items():
            if kind not in self.waiting:
                continue
            stay = [person for person in self.waiting[kind] if person.room == key][:count]
            self.plan.update((person.key, key) for person in stay)
            self.waiting[kind] = [person for person in self.waiting[kind] if person.key not in self.plan]
            self.free.discard(key)
            self.stayed[kind, self.groups.sort[key]] += len(stay)
            keepers = self.keepers[kind.department, self.groups.sort[key]]
            if not kind.alone and self.groups.problem.room[key] not in keepers:
                keepers.append(self.groups.problem.room[key])

    def run(self) -> dict[int, int]:
        """Return the plan."""
        for (kind, sort), count in self.counts.seated.items():
            if kind.alone:
                for _seat in range(count - self.stayed[kind, sort]):
                    self._alone(kind, sort)
        for (department, sort), rooms in self.counts.shared.items():
            self._together(department, sort, rooms)
        return self.plan

    def _next(self, kind: Kind) -> Person | None:
        return self.waiting[kind].pop() if self.waiting[kind] else None

    def _take(self, sort: Sort) -> Room | None:
        room = next((room for room in self.groups.rooms[sort] if room.key in self.free), None)
        if room is not None:
            self.free.discard(room.key)
        return room

    def _alone(self, kind: Kind, sort: Sort) -> None:
        room, person = self._take(sort), self._next(kind)
        if room is not None and person is not None:
            self.plan[person.key] = room.key

    def _together(self, department: int, sort: Sort, count: int) -> None:
        """Fill rooms one seat after another, the largest ceilings first, always where most square metres are uncovered."""
        rooms = self.keepers[department, sort]
        while len(rooms) < count and (room := self._take(sort)) is not None:
            rooms.append(room)
        if not rooms:
            return
        crowd: dict[int, list[int]] = {room.key: [] for room in rooms}
        for seated, key in self.plan.items():
            if key in crowd:
                crowd[key].append(seated)
        person = self.groups.problem.person
        open_area = {key: sort.area - sum(person[p].ceiling for p in people) for key, people in crowd.items()}
        for joins in self._joining(department, sort):
            roomy = [key for key, people in crowd.items() if len(people) < sort.seats]
            if not roomy:
                break
            key = max(roomy, key=lambda key: open_area[key])
            crowd[key].append(joins.key)
            open_area[key] -= joins.ceiling
            self.plan[joins.key] = key
            self.waiting[kind_of(joins)].remove(joins)
        self._lawful(sort, crowd)

    def _joining(self, department: int, sort: Sort) -> list[Person]:
        """Return who joins those who stay, the largest ceilings first."""
        joining: list[Person] = []
        for (kind, place), count in self.counts.seated.items():
            if place == sort and kind.department == department and not kind.alone:
                joining += self.waiting[kind][: count - self.stayed[kind, sort]]
        return sorted(joining, key=lambda person: -person.ceiling)

    def _lawful(self, sort: Sort, crowd: dict[int, list[int]]) -> None:
        """Let rooms that are too large for their people get some from those that can spare them, else leave their people out."""
        for key, people in crowd.items():
            while people and self._too_large(sort, people) and (giver := self._giver(sort, crowd, key)) is not None:
                moved = crowd[giver].pop()
                people.append(moved)
                self.plan[moved] = key
            if people and self._too_large(sort, people):
                for left in people:
                    del self.plan[left]
                people.clear()

    def _too_large(self, sort: Sort, people: list[int]) -> bool:
        person = self.groups.problem.person
        return sort.area > self.groups.problem.limit(sum(person[p].ceiling for p in people))

    def _giver(self, sort: Sort, crowd: dict[int, list[int]], key: int) -> int | None:
        """Return a room that stays lawful with one person less."""
        able = (other for other, people in crowd.items() if other != key and len(people) > 1 and not self._too_large(sort, people[:-1]))
        return next(able, None)
