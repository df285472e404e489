"""The office space instances of the literature: read, scored, and solved against every possible plan of small ones."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import pytest

from bench.osap_instances import main
from gongjia.domains.allocation.osap.annealing import Annealing
from gongjia.domains.allocation.osap.model import SpaceProgram
from gongjia.domains.allocation.osap.reading import Constraint, Instance, Rule, Unreadable, read
from gongjia.domains.allocation.osap.scoring import broken, feasible, penalty
from gongjia.domains.allocation.osap.solving import solve

PUBLISHED = Path(__file__).resolve().parents[4] / "shared" / "data" / "optimisation" / "osap"
TEXT = """NoOfEntities: 2
NoOfRooms: 2
NoOfFloors: 1
NoOfConstraints: 2
NoOfHardConstraints: 1
NoOfSoftConstraints: 1

ENTITIES
 0 0 10.5
 1 0 5
ROOMS
 0 0 12 1 1
 1 0 5.5 1 0
CONSTRAINTS
 0 6 1 0 -1
 1 0 0 1 0
"""


def small(seed: int, entities: int = 4, rooms: int = 4) -> Instance:
    draw = random.Random(seed)
    constraints = []
    for rule in draw.choices([rule for rule in Rule if rule != Rule.ONE_OF], k=7):
        first = draw.randrange(rooms if rule == Rule.CAPACITY else entities)
        second = -1 if rule in (Rule.CAPACITY, Rule.NOT_SHARING) else draw.randrange(rooms if rule < Rule.CAPACITY else entities)
        if first != second or rule < Rule.CAPACITY:
            constraints.append(Constraint(rule, draw.random() < 0.25, first, second))
    near = tuple(frozenset({room, (room + 1) % rooms} if room else {0, 1, rooms - 1}) for room in range(rooms))
    sizes = tuple(draw.randrange(8, 40) / 2 for _entity in range(entities))
    capacities = tuple(draw.randrange(8, 50) / 2 for _room in range(rooms))
    return Instance(f"small{seed}", sizes, capacities, tuple(room % 2 for room in range(rooms)), near, tuple(constraints))


def fewest(instance: Instance) -> float:
    plans = itertools.product(range(len(instance.capacities)), repeat=len(instance.sizes))
    return min((penalty(instance, plan) for plan in plans if feasible(instance, plan)), default=float("inf"))


def test_wasted_space_counts_once_and_overused_space_twice():
    instance = Instance("two", (10.0, 5.0), (12.0, 4.0), (0, 1), (frozenset({0}), frozenset({1})), ())
    assert penalty(instance, [0, 1]) == 2 + 2 * 1
    assert penalty(instance, [0, 0]) == 2 * 3 + 4


def test_the_published_penalties_of_soft_constraints():
    constraints = (
        *(Constraint(rule, False, 0, 1) for rule in (Rule.ALLOCATION, Rule.SAME_ROOM)),
        Constraint(Rule.NOT_SHARING, False, 1, -1),
    )
    instance = Instance("two", (1.0, 1.0), (1.0, 1.0), (0, 0), (frozenset({0}), frozenset({1})), constraints)
    assert penalty(instance, [0, 1]) == 20 + 10
    assert penalty(instance, [1, 1]) == 2 + 1 + 50


def test_a_file_is_read_with_the_number_of_neighbours_before_them(tmp_path: Path):
    file = tmp_path / "two.txt"
    file.write_text(TEXT.replace("\n", "\r\n"))
    found = read(file)
    assert (found.sizes, found.capacities, found.adjacent) == ((10.5, 5.0), (12.0, 5.5), (frozenset({0, 1}), frozenset({0, 1})))
    assert found.constraints == (Constraint(Rule.NOT_SHARING, True, 0, -1), Constraint(Rule.ALLOCATION, False, 1, 0))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("NoOfRooms: 2", "NoOfRooms: 3", "3 rooms announced"),
        ("0 6 1 0 -1", "0 6 1 9 -1", "does not exist"),
        ("NoOfRooms", "# rooms", "line 2"),
    ],
)
def test_a_file_that_is_none_says_where(tmp_path: Path, old: str, new: str, says: str):
    file = tmp_path / "two.txt"
    file.write_text(TEXT.replace(old, new))
    with pytest.raises(Unreadable, match=says):
        read(file)


@pytest.mark.parametrize("seed", range(40))
def test_the_program_finds_what_trying_all_plans_finds(seed: int):
    instance = small(seed)
    space, least = SpaceProgram(instance), fewest(instance)
    answer = space.program.solve(20, gap=1e-9)
    assert answer.objective == pytest.approx(least, abs=1e-5)
    if answer.values is not None:
        assert penalty(instance, space.read(answer.values)) == pytest.approx(least, abs=1e-5)


@pytest.mark.parametrize("seed", range(6))
def test_annealing_keeps_its_points_right(seed: int):
    instance = small(seed, entities=9, rooms=6)
    annealing = Annealing(instance, [0] * 9, seed)
    for _round in range(5):
        annealing._steps(20.0)
    hard = 1000 * sum(c.hard and broken(instance, annealing.plan, c) for c in instance.constraints)
    soft_self = [c for c in instance.constraints if c.first == c.second]
    assert not soft_self
    assert annealing.points == pytest.approx(penalty(instance, annealing.plan) + hard)


def test_a_run_prints_a_line_an_instance(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "two.txt").write_text(TEXT)
    (tmp_path / "deep" / "readme.txt").write_text("words")
    assert main([str(tmp_path), "--seconds", "4", "--json"]) == 0
    line = json.loads(capfd.readouterr().out)
    assert line | {"seconds": 0} == {"instance": "two", "penalty": 17.0, "bound": 17.0, "gap": 0.0, "feasible": True, "seconds": 0}


@pytest.mark.slow
@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published instances are not here")
def test_the_published_instances_get_a_feasible_plan_and_a_bound():
    for file in sorted(PUBLISHED.glob("*/?[0-9]*.txt")):
        found = solve(instance := read(file), 15)
        assert feasible(instance, found.plan)
        assert found.penalty == pytest.approx(penalty(instance, found.plan))
        assert 0 <= found.bound <= found.penalty
