"""The arithmetic of repairs: split projects, the calendar, the priority."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongjia.domains.maintenance.rules.clock import add_months, due_days, month_end, next_after, whole_months
from gongjia.domains.maintenance.rules.scoring import FACTORS, FULL, priority
from gongjia.domains.maintenance.rules.splitting import Piece, split_sums

START = dt.date(2026, 1, 1)
PIECES = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 900), st.integers(1, 70)), max_size=9)
WEIGHTS = {"safety": Decimal(30), "damage": Decimal(25), "age": Decimal(15), "repair": Decimal(15), "energy": Decimal(15)}
SCALES = {"safety": FULL, "damage": FULL, "age": Decimal(40), "repair": Decimal(15), "energy": Decimal(120)}


def piece(key: int, day: int, cost: int, group: str = "roof") -> Piece:
    return Piece(key, group, START + dt.timedelta(days=day), cost)


def plainly(pieces: Sequence[Piece], window: int, threshold: int) -> dict[int, int]:
    """Every window that begins with a project, in the plainest words."""
    found: dict[int, int] = {}
    small = [one for one in pieces if one.cost <= threshold]
    for first in small:
        inside = [one for one in small if one.group == first.group and 0 <= (one.on - first.on).days <= window]
        total = sum(one.cost for one in inside)
        if len(inside) > 1 and total > threshold:
            found.update({one.key: max(total, found.get(one.key, 0)) for one in inside})
    return found


@given(PIECES, st.integers(0, 400), st.integers(10, 120))
def test_split_projects_are_those_of_every_window(raw: list[tuple[str, int, int]], window: int, threshold: int) -> None:
    pieces = [piece(key, day, cost, group) for key, (group, day, cost) in enumerate(raw)]
    assert split_sums(pieces, window, threshold) == plainly(pieces, window, threshold)


def test_three_small_projects_within_a_year_are_one_large_one() -> None:
    assert split_sums([piece(1, 0, 30), piece(2, 100, 30), piece(3, 365, 30)], 365, 60) == {1: 90, 2: 90, 3: 90}


def test_a_day_outside_the_window_is_no_split() -> None:
    assert split_sums([piece(1, 0, 40), piece(2, 366, 40)], 365, 60) == {}


def test_together_exactly_the_threshold_is_no_split() -> None:
    assert split_sums([piece(1, 0, 30), piece(2, 1, 30)], 365, 60) == {}


def test_another_part_of_the_building_is_another_project() -> None:
    assert split_sums([piece(1, 0, 40), piece(2, 1, 40, "lift")], 365, 60) == {}


def test_a_project_above_the_threshold_is_no_part_of_a_split() -> None:
    assert split_sums([piece(1, 0, 100), piece(2, 1, 40)], 365, 60) == {}


def test_a_plan_of_the_last_day_stays_on_the_last_day() -> None:
    days = list(due_days(dt.date(2026, 1, 31), 1, dt.date(2026, 4, 30)))
    assert days == [dt.date(2026, 1, 31), dt.date(2026, 2, 28), dt.date(2026, 3, 31), dt.date(2026, 4, 30)]
    assert next_after(dt.date(2026, 1, 31), 1, dt.date(2026, 4, 30)) == dt.date(2026, 5, 31)


def test_months_are_counted_whole() -> None:
    assert whole_months(dt.date(2026, 1, 15), dt.date(2026, 12, 14)) == 10
    assert whole_months(dt.date(2026, 1, 15), dt.date(2026, 12, 15)) == 11
    assert whole_months(dt.date(2026, 5, 1), dt.date(2026, 1, 1)) == 0


def test_the_end_of_a_month_knows_leap_years() -> None:
    assert month_end(2028, 2) == dt.date(2028, 2, 29)
    assert add_months(dt.date(2026, 11, 30), 3) == dt.date(2027, 2, 28)


def test_what_is_unknown_is_said_and_its_weight_shared_out() -> None:
    found = priority({"safety": Decimal(80), "damage": Decimal(60), "age": Decimal(20), "repair": Decimal(30)}, WEIGHTS, SCALES)
    assert found.unknown == ("energy",)
    assert sum(factor.used for factor in found.factors) == FULL
    assert found.points == ((Decimal(80) * 30 + Decimal(60) * 25 + Decimal(50) * 15 + Decimal(100) * 15) / 85).quantize(Decimal("0.01"))


def test_nothing_known_is_no_priority() -> None:
    assert priority({}, WEIGHTS, SCALES).points == 0


@given(st.dictionaries(st.sampled_from(FACTORS), st.decimals(0, 500, places=1)))
def test_a_priority_lies_between_nothing_and_a_hundred(measures: dict[str, Decimal]) -> None:
    assert 0 <= priority(measures, WEIGHTS, SCALES).points <= 100
