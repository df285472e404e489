"""Depreciation of one card: golden cases worked by hand from the facts, and what holds for any dates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongjia.domains.accounting import rules
from gongjia.domains.accounting.rules import Card, Usage, charge, month_number

CASES = Path(__file__).parent / "cases"
COSTS = st.integers(1, 10**10)
MONTHS = st.integers(1, 700)
DAYS = st.dates(dt.date(1970, 1, 1), dt.date(2060, 12, 31))


def cases(name: str) -> list[Any]:
    found = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["title"]) for case in found]


def cents(yuan: Any) -> int:
    return round(float(yuan) * 100)


def month_of(text: Any) -> int:
    return month_number(dt.date.fromisoformat(f"{text}-01"))


def life(card: Card, first: int, last: int) -> list[int]:
    """Charge month after month, each on what the ones before it left."""
    charges, before = [], card.before
    for month in range(first, last + 1):
        charges.append(charge(card._replace(before=before), month).amount)
        before += charges[-1]
    return charges


@pytest.mark.parametrize("case", cases("straight_line"))
def test_a_life_worked_by_hand(case: Any) -> None:
    start = month_number(case["entered"])
    card = Card(cents(case["cost"]), 0, start, case["months"])
    charges = life(card, start - 12, start + case["months"] + 12)
    assert sum(charges) == card.cost
    for month, expected in case["charges"].items():
        assert charges[month_of(month) - (start - 12)] == cents(expected), month


@pytest.mark.parametrize("case", cases("reasons"))
def test_a_month_worked_by_hand(case: Any) -> None:
    given_card: dict[str, Any] = {"cost": 7200, "before": 0, **case["card"]}
    cost, before = (cents(given_card.pop(name)) for name in ("cost", "before"))
    usage = Usage(*given_card.pop("usage")) if "usage" in given_card else None
    card = Card(cost, before, **{"start": month_of("2026-01"), "months": 72, "usage": usage, **given_card})
    found = charge(card, month_of(case["month"]))
    assert (found.amount, found.reason) == (cents(case["amount"]), case["reason"])


@given(COSTS, MONTHS, DAYS)
def test_a_whole_life_sums_to_the_cost_for_any_dates(cost: int, months: int, entered: dt.date) -> None:
    start = month_number(entered)
    charges = life(Card(cost, 0, start, months), start, start + months - 1)
    assert sum(charges) == cost
    assert min(charges) >= 0


@given(COSTS, MONTHS, DAYS, st.integers(0, 800), st.integers(0, 10**10))
def test_no_month_takes_more_than_is_left_nor_gives_back(cost: int, months: int, entered: dt.date, later: int, before: int) -> None:
    found = charge(Card(cost, before, month_number(entered), months), month_number(entered) + later)
    assert 0 <= found.amount <= max(0, cost - before)


@given(COSTS, MONTHS, st.integers(0, 700), st.integers(-(10**9), 10**9))
def test_after_a_revaluation_the_life_still_sums_to_the_cost_in_parts_a_cent_apart(cost: int, months: int, when: int, change: int) -> None:
    start, when = 24000, min(when, months - 1)
    charged = sum(life(Card(cost, 0, start, months), start, start + when - 1))
    changed = max(cost + change, charged)
    rest = life(Card(changed, charged, start, months, revalued=True), start + when, start + months - 1)
    assert charged + sum(rest) == changed
    assert max(rest) - min(rest) <= 1


@given(COSTS, MONTHS, st.integers(1, 700))
def test_after_the_term_was_lengthened_the_life_still_sums_to_the_cost(cost: int, months: int, longer: int) -> None:
    start, half = 24000, months // 2
    charged = sum(life(Card(cost, 0, start, months), start, start + half - 1))
    rest = life(Card(cost, charged, start, months + longer), start + half, start + months + longer - 1)
    assert charged + sum(rest) == cost


@given(COSTS, MONTHS, st.sets(st.integers(0, 699), max_size=40))
def test_missed_months_are_made_up_for_in_the_last_month_at_the_earliest(cost: int, months: int, missed: set[int]) -> None:
    start, before, even = 24000, 0, rules.half_up(cost, months)
    for month in range(months):
        if month not in missed or month == months - 1:
            amount = charge(Card(cost, before, start, months), start + month).amount
            assert amount <= even or month == months - 1
            before += amount
    assert before == cost


@given(COSTS, st.lists(st.integers(0, 5000), min_size=1, max_size=60))
def test_work_done_sums_to_the_cost_when_the_plan_is_reached(cost: int, work: list[int]) -> None:
    planned, done, before = max(1, sum(work)), 0, 0
    for amount in work if sum(work) else [1]:
        before += charge(Card(cost, before, 0, None, "usage", usage=Usage(planned, done, amount)), 1).amount
        done += amount
    assert before == cost


def test_a_month_number_names_its_first_and_last_day() -> None:
    month = month_number(dt.date(2024, 2, 17))
    assert (rules.first_day(month), rules.last_day(month)) == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))


def test_a_card_that_is_not_where_even_parts_lead_is_shown_for_review() -> None:
    assert charge(Card(720_00, 0, 100, 72), 109).uneven
    assert not charge(Card(720_00, 90_00, 100, 72), 109).uneven
    assert not charge(Card(720_00, 0, 100, 72, revalued=True), 109).uneven
