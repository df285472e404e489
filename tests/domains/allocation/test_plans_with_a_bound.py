"""The solver against every possible plan of small problems, and against a checker of its own on larger ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.bureau import bureau
from gongjia.domains.allocation.solver.counts import CountProgram
from gongjia.domains.allocation.solver.greedy import greedy
from gongjia.domains.allocation.solver.groups import Groups
from gongjia.domains.allocation.solver.problem import Person, Problem, Room
from gongjia.domains.allocation.solver.score import faults, score
from gongjia.domains.allocation.solver.search import Search
from gongjia.domains.allocation.solver.solve import solve
from tests.domains.allocation.checker import best, is_lawful, points, tiny


@pytest.mark.parametrize("seed", range(12))
def test_no_plan_of_all_is_below_the_bound_and_none_is_better(seed: int):
    problem = tiny(seed)
    result, fewest = solve(problem, 20), best(problem)
    assert is_lawful(problem, result.plan)
    assert result.bound <= fewest + 1e-6
    assert result.points == pytest.approx(fewest, rel=2e-3)


@pytest.mark.parametrize("seed", range(12))
def test_the_relaxation_is_below_the_best_plan(seed: int):
    groups = Groups(tiny(seed))
    whole = CountProgram(groups, groups.kinds, groups.problem.room).program
    coarse = Groups(groups.problem.coarse())
    rough = CountProgram(coarse, coarse.kinds, coarse.problem.room).program
    fewest = best(groups.problem)
    assert whole.solve(5, relaxed=True).bound <= fewest + 1e-6
    assert rough.solve(5, relaxed=True).bound <= fewest + 1e-6


def test_a_bureau_is_planned_lawfully_and_its_points_add_up():
    problem = bureau(120)
    result = solve(problem, 8)
    assert is_lawful(problem, result.plan)
    assert faults(problem, result.plan) == []
    assert result.points == pytest.approx(points(problem, result.plan))
    assert result.bound <= result.points <= result.greedy_points


def test_the_clerk_keeps_the_rules_too():
    problem = bureau(300)
    plan = greedy(problem)
    assert is_lawful(problem, plan)
    assert score(problem, plan).total == pytest.approx(points(problem, plan))


def test_planning_some_departments_anew_never_makes_it_worse():
    problem = bureau(200)
    search = Search(Groups(problem), greedy(problem))
    before = search.points
    search.step({0, 1}, 2)
    assert search.points <= before
    assert is_lawful(problem, search.plan)


def test_who_is_pinned_stays_and_a_forbidden_room_is_not_used():
    problem = tiny(3)
    first, second = problem.people[0], problem.people[1]
    room = next(room for room in problem.rooms if room.seats > 1)
    pinned = replace(first, pinned=room.key, ceiling=30.0, alone=False, forbidden=frozenset())
    banned = replace(second, forbidden=frozenset(r.key for r in problem.rooms))
    result = solve(replace(problem, people=(pinned, banned, *problem.people[2:])), 5)
    assert result.plan[first.key] == room.key
    assert second.key not in result.plan


def test_pins_against_a_hard_rule_are_refused():
    rooms = (Room(1, 1, 1, 9.0, 1),)
    people = tuple(Person(key, key, 9.0, None, pinned=1) for key in (1, 2))
    with pytest.raises(ValueError, match="two departments"):
        solve(Problem(people, rooms), 1)
    with pytest.raises(ValueError, match="unknown rooms"):
        solve(Problem((Person(1, 1, 9.0, pinned=5),), rooms), 1)


def test_a_secret_department_sits_in_its_zone_only():
    rooms = (Room(1, 1, 1, 9.0, 1), Room(2, 1, 1, 9.0, 1, "secret"))
    people = (Person(1, 1, 9.0, 1, zone="secret"), Person(2, 2, 9.0, 2))
    assert solve(Problem(people, rooms), 2).plan == {1: 2, 2: 1}


def test_nobody_is_stopped_from_stopping():
    told: list[float] = []
    result = solve(bureau(400), 30, tell=lambda share, points, bound: told.append(points), stop=lambda: True)
    assert result.seconds < 25
    assert is_lawful(bureau(400), result.plan)


def test_a_large_bureau_is_split_by_buildings_under_a_bound_for_the_whole(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gongjia.domains.allocation.solver.solve.LARGE", 100)
    monkeypatch.setattr("gongjia.domains.allocation.solver.solve.SMALL", 0)
    problem = bureau(200)
    result = solve(problem, 10)
    assert is_lawful(problem, result.plan)
    assert result.bound <= result.points < result.greedy_points
