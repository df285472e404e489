"""Moves in their order, and why they are made."""

from __future__ import annotations

from gongjia.domains.allocation.solver.phases import Step, phases
from gongjia.domains.allocation.solver.problem import Lease, Person, Problem, Room
from gongjia.domains.allocation.solver.reasons import Reasons
from gongjia.domains.allocation.solver.solve import solve
from tests.domains.allocation.checker import tiny

ROOMS = tuple(Room(key, 1, 1, 9.0, 1) for key in (1, 2, 3))


def staff(*rooms: int | None) -> tuple[Person, ...]:
    return tuple(Person(key, key, 9.0, room) for key, room in enumerate(rooms, 1))


def held(problem: Problem, steps: list[Step]) -> bool:
    """Walk through the steps: at the end of no phase, and at no moving in, is a room shared by those who come and those who leave."""
    where = {person.key: person.room for person in problem.people}
    for phase in sorted({step.phase for step in steps}):
        before = dict(where)
        for step in (step for step in steps if step.phase == phase):
            where[step.person] = step.target
            leaving = [key for key, room in before.items() if room == step.target and where[key] != room]
            if step.target is not None and leaving:
                return False
    return True


def test_a_chain_is_moved_from_its_free_end():
    problem = Problem(staff(1, 2), ROOMS)
    steps = phases(problem, {1: 2, 2: 3})
    assert [(step.phase, step.person, step.target) for step in steps] == [(1, 2, 3), (2, 1, 2)]


def test_a_cycle_is_broken_in_an_empty_room():
    problem = Problem(staff(1, 2), ROOMS)
    steps = phases(problem, {1: 2, 2: 1})
    assert [(s.person, s.target, s.swing) for s in steps] == [(1, 3, True), (2, 1, False), (1, 2, False)]
    assert held(problem, steps)


def test_without_an_empty_room_somebody_waits_outside():
    problem = Problem(staff(1, 2), ROOMS[:2])
    assert phases(problem, {1: 2, 2: 1})[0] == Step(1, 1, 1, None, swing=True)


def test_every_plan_ends_where_it_should_and_no_room_is_entered_too_early():
    for seed in range(12):
        problem = tiny(seed)
        plan = solve(problem, 5).plan
        steps = phases(problem, plan)
        last = {step.person: step.target for step in steps}
        assert all(last.get(key, problem.person[key].room) == room for key, room in plan.items())
        assert held(problem, steps)


def test_the_reasons_of_a_move():
    rooms = (Room(1, 1, 1, 24.0, 3, "", 5), Room(2, 2, 2, 18.0, 2))
    people = (Person(1, 1, 9.0, 1), Person(2, 1, 9.0, 2))
    problem = Problem(people, rooms, (Lease(5, 24.0),))
    assert Reasons(problem, {1: 2, 2: 2}).of(1) == ["lease", "over", "together", "emptied"]
