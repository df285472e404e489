"""The choice under a budget: held against every subset, and against an independent solver for the bound."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import highspy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjia.domains.maintenance.rules.knapsack import (
    LARGEST,
    Candidate,
    Contradiction,
    TooTangled,
    Unaffordable,
    by_rank,
    choose,
    options_of,
    relaxed,
)

COSTS, VALUES = st.integers(1, 60), st.integers(0, 40)


def allowed(taken: Sequence[Candidate], everything: Sequence[Candidate], pins: set[int], forbids: set[int]) -> bool:
    """The rules in the plainest words."""
    keys = {one.key for one in taken}
    variants = [one.variant for one in taken if one.variant]
    must = {one.key for one in everything if one.must} | pins
    needed = all(one.needs is None or one.needs in keys for one in taken)
    return must <= keys and not keys & forbids and len(variants) == len(set(variants)) and needed


def by_force(cases: Sequence[Candidate], budget: int, pins: set[int], forbids: set[int]) -> int | None:
    """The best value of every affordable subset."""
    worths = [
        sum(one.value for one in taken)
        for many in range(len(cases) + 1)
        for taken in combinations(cases, many)
        if sum(one.cost for one in taken) <= budget and allowed(taken, cases, pins, forbids)
    ]
    return max(worths, default=None)


@st.composite
def problems(draw: st.DrawFn, tied: bool = True) -> tuple[list[Candidate], int]:
    many = draw(st.integers(1, 8))
    cases = []
    for key in range(many):
        variant = draw(st.sampled_from(["", "", "", "a", "b"])) if tied else ""
        needs = draw(st.sampled_from([None, None, key - 1])) if tied and key else None
        cases.append(Candidate(key, draw(COSTS), draw(VALUES), variant, needs, tied and draw(st.integers(0, 9)) == 0))
    return cases, draw(st.integers(0, 200))


@given(problems(), st.sets(st.integers(0, 7), max_size=1), st.sets(st.integers(0, 7), max_size=2))
def test_the_choice_is_as_good_as_the_best_of_all_subsets(case: tuple[list[Candidate], int], pins: set[int], forbids: set[int]) -> None:
    cases, budget = case
    pins &= {one.key for one in cases}
    best = by_force(cases, budget, pins, forbids)
    if best is None:
        with pytest.raises((Unaffordable, Contradiction)):
            choose(cases, budget, pins, forbids)
        return
    found = choose(cases, budget, pins, forbids)
    taken = [one for one in cases if one.key in found.best.keys]
    assert allowed(taken, cases, pins, forbids)
    assert (found.best.value, sum(one.cost for one in taken)) == (best, found.best.cost)
    assert found.best.cost <= budget


@given(problems())
def test_a_little_more_or_less_money_gives_what_is_said_of_it(case: tuple[list[Candidate], int]) -> None:
    cases, budget = case
    try:
        found = choose(cases, budget)
    except (Unaffordable, Contradiction):
        return
    for change in [*found.more, *found.less]:
        there = choose(cases, budget + change.by).best
        assert there.value == change.value
        assert (found.best.keys | change.comes) - change.goes == found.best.keys ^ change.comes ^ change.goes
    if found.more and found.more[0].by > 0:
        assert choose(cases, budget + found.more[0].by - 1).best.value == found.best.value


def linear(cases: Sequence[Candidate], budget: int) -> float:
    """The relaxation of a plain knapsack, by an independent solver."""
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    parts = [model.addVariable(0, 1, -one.value) for one in cases]
    model.addConstr(sum(part * one.cost for part, one in zip(parts, cases, strict=True)) <= budget)
    model.run()
    return -model.getInfo().objective_function_value


@given(problems(tied=False))
def test_the_bound_is_the_optimum_of_the_relaxation(case: tuple[list[Candidate], int]) -> None:
    cases, budget = case
    found = choose(cases, budget)
    assert found.bound == pytest.approx(linear(cases, budget), abs=1e-5)
    assert found.bound >= found.best.value


@given(problems())
def test_the_bound_holds_for_blocks_and_the_shadow_price_is_its_slope(case: tuple[list[Candidate], int]) -> None:
    cases, budget = case
    try:
        found = choose(cases, budget)
    except (Unaffordable, Contradiction):
        return
    blocks = [
        [option for n, option in enumerate(block) if all(option.value > o.value for o in block[:n])]
        for block in options_of(cases, set(), set())
    ]
    further = relaxed(blocks, budget + 1)[0]
    assert found.bound >= found.best.value - 1e-9
    assert further - found.bound == pytest.approx(found.shadow, abs=1e-9) or further - found.bound <= found.shadow


@given(problems())
def test_ranking_never_beats_the_choice(case: tuple[list[Candidate], int]) -> None:
    cases, budget = case
    try:
        found = choose(cases, budget)
    except (Unaffordable, Contradiction):
        return
    plain = by_rank(cases, budget)
    if {one.key for one in cases if one.must} <= plain.keys:
        assert plain.value <= found.best.value
    assert plain.cost <= budget


def test_what_must_be_done_comes_first_even_where_it_is_worth_little() -> None:
    cases = [Candidate(1, 90, 1, must=True), Candidate(2, 80, 99), Candidate(3, 10, 5)]
    assert choose(cases, 100).best.keys == {1, 3}


def test_two_that_must_be_done_and_exclude_each_other_are_a_contradiction() -> None:
    with pytest.raises(Contradiction):
        choose([Candidate(1, 1, 1, "roof", must=True), Candidate(2, 1, 1, "roof", must=True)], 10)


def test_what_must_be_done_and_costs_too_much_says_what_it_costs() -> None:
    with pytest.raises(Unaffordable) as refusal:
        choose([Candidate(1, 70, 1, must=True), Candidate(2, 40, 1, must=True)], 100)
    assert refusal.value.least == 110


def test_too_many_that_exclude_each_other_are_refused() -> None:
    with pytest.raises(TooTangled):
        choose([Candidate(key, 1, 1, "one") for key in range(LARGEST + 1)], 5)


def test_two_hundred_projects_are_chosen_exactly_and_soon() -> None:
    cases = [Candidate(key, 7_000_000 + key * 7_919_777 % 60_000_000, 100 + key * 3_571 % 9_000) for key in range(200)]
    found = choose(cases, 1_500_000_000)
    assert found.gap < 0.002
    assert found.best.value >= by_rank(cases, 1_500_000_000).value
