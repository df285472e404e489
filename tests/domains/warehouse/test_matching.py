"""Matching: as good as trying everything on small cases, never over the bound, obedient to pins and prohibitions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjia.domains.warehouse.matching import Arena, Demand, Pair, Plan, Thing, Weights, match

kinds = st.sampled_from(["printer", "desk"])
things = st.builds(Thing, key=st.just(0), kind=kinds, grade=st.integers(0, 3), months=st.integers(0, 60), site=st.integers(0, 2))
demands = st.builds(
    Demand, key=st.just(0), kind=kinds, quantity=st.integers(1, 2), worst_grade=st.integers(1, 3), urgency=st.integers(1, 3),
    bundle=st.sampled_from(["", "", "a", "b"]), site=st.integers(0, 2),
)  # fmt: skip


def numbered(rows: Sequence[Thing] | Sequence[Demand]) -> list[object]:
    return [type(row)(**{**row.__dict__, "key": number}) for number, row in enumerate(rows)]


def is_a_plan(plan: Sequence[Pair], wanted: Sequence[Demand]) -> bool:
    """Say whether no thing goes twice, no line gets too much, and no bundle is torn."""
    got: dict[int, int] = defaultdict(int)
    for line, _thing in plan:
        got[line] += 1
    bundles: dict[str, list[bool]] = defaultdict(list)
    for demand in wanted:
        if demand.bundle:
            bundles[demand.bundle].append(got[demand.key] == demand.quantity if got[demand.key] else False)
    torn = any(any(full) != all(full) for full in bundles.values()) or any(
        0 < got[d.key] < d.quantity for d in wanted if d.bundle
    )  # fmt: skip
    return len({thing for _line, thing in plan}) == len(plan) and all(got[d.key] <= d.quantity for d in wanted) and not torn


def best_of_all(wanted: Sequence[Demand], stock: Sequence[Thing]) -> int:
    """Try every way to give each thing to some line or to nobody."""
    arena = Arena(wanted, stock, (), (), Weights())
    points = {(int(a), int(b)): int(w) for a, b, w in zip(arena.line, arena.thing, arena.worth, strict=True)}
    ways = product(*([None, *(line for line, thing in points if thing == index)] for index in range(len(stock))))
    plans = ([(line, thing) for thing, line in enumerate(way) if line is not None] for way in ways)
    return max(sum(points[pair] for pair in plan) for plan in plans if is_a_plan(plan, wanted))


@settings(max_examples=120, deadline=None)
@given(st.lists(demands, min_size=1, max_size=4), st.lists(things, min_size=1, max_size=5))
def test_it_is_as_good_as_trying_everything(wanted: list[Demand], stock: list[Thing]):
    wanted, stock = numbered(wanted), numbered(stock)
    plan = match(wanted, stock)
    assert is_a_plan(plan.pairs, wanted)
    assert plan.worth == best_of_all(wanted, stock)


@settings(max_examples=60, deadline=None)
@given(st.lists(demands, min_size=1, max_size=6), st.lists(things, min_size=1, max_size=8))
def test_first_come_is_a_plan_that_is_never_better_and_the_bound_holds_both(wanted: list[Demand], stock: list[Thing]):
    wanted, stock = numbered(wanted), numbered(stock)
    plan = match(wanted, stock)
    assert is_a_plan(plan.first_come, wanted)
    assert plan.first_worth <= plan.worth <= plan.bound + 1e-6


def printers(*grades: int) -> list[Thing]:
    return [Thing(key, "printer", grade, 36) for key, grade in enumerate(grades)]


def test_the_later_but_urgent_demand_gets_the_only_printer():
    plan = match([Demand(0, "printer"), Demand(1, "printer", urgency=3)], printers(1))
    assert (plan.pairs, plan.first_come) == ([(1, 0)], [(0, 0)])
    assert plan.gain > 0


def test_a_bundle_is_filled_whole_or_not_at_all():
    wanted = [Demand(0, "printer", bundle="w"), Demand(1, "desk", bundle="w"), Demand(2, "printer")]
    assert match(wanted, printers(1)).pairs == [(2, 0)]
    full = match(wanted, [*printers(1, 1), Thing(9, "desk", 1, 60)]).pairs
    assert sorted(line for line, _thing in full) == [0, 1, 2]


def test_a_pin_is_kept_though_it_costs():
    wanted = [Demand(0, "printer"), Demand(1, "printer", urgency=3)]
    assert match(wanted, printers(1), pins=[(0, 0)]).pairs == [(0, 0)]


def test_a_forbidden_pair_never_occurs():
    plan = match([Demand(0, "printer")], printers(0, 2), forbids=[(0, 0)])
    assert plan.pairs == [(0, 1)]


def test_what_is_not_good_enough_or_too_old_is_no_match():
    assert match([Demand(0, "printer", worst_grade=1)], printers(2)).pairs == []
    assert match([Demand(0, "printer", least_months=48)], printers(0)).pairs == []


def test_the_nearer_of_two_equals_is_taken():
    near, far = Thing(0, "printer", 1, 36, site=2, compound=2, at=(9, 9)), Thing(1, "printer", 1, 36, site=1, compound=1, at=(0, 1))
    assert match([Demand(0, "printer", site=1, compound=1, at=(0, 0))], [near, far]).pairs == [(0, 1)]


@pytest.mark.parametrize("stock", [[], [Thing(0, "desk", 0, 9)]])
def test_nothing_to_give_is_a_plan_too(stock: list[Thing]):
    plan = match([Demand(0, "printer")], stock)
    assert (plan.pairs, plan.worth, plan.bound, plan.gap, plan.gain) == ([], 0, 0, 0, 0)


def crowd() -> Plan:
    wanted = [Demand(n, "printer", 1 + n % 3, urgency=1 + n % 3, bundle=f"b{n // 2}" if n % 5 else "", site=n % 7) for n in range(240)]
    stock = [Thing(n, "printer", n % 3, 12 + n % 50, site=n % 7) for n in range(220)]
    return match(wanted, stock)


def test_a_case_too_large_for_trying_everything_comes_close_to_its_bound(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gongjia.domains.warehouse.matching.FEW", 0)
    plan = crowd()
    assert plan.worth > plan.first_worth
    assert plan.gap < 0.02
