"""The simulator's numbers are those of a real sweep under the draft; nothing is saved."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongjia.core.check import checks
from gongjia.core.periods import today
from gongjia.ledger.models import Asset
from gongjia.standards.models import Finding, Sweep
from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.drafts import Edit, draft
from gongjia.standards.rulebook.loading import load
from gongjia.standards.simulating import compare_drafts, simulate, touched
from gongjia.standards.sweep import judge_all, run_sweep
from tests.city import City
from tests.standards_sweep.places import card, person, room, unit

pytestmark = pytest.mark.django_db
OVER, ROOMS, EQUIPMENT = "offices.room_over_entitlement", "office_room_area@2014-11-24", "equipment@2016-07-01"
STAFF, DESKTOP = 18, 1


def stricter(limit: str = "8", row: int = STAFF) -> Rulebook:
    return draft(load(), [Edit(ROOMS, row, "max_m2", limit)])


def test_a_stricter_row_turns_rooms_bad_and_says_by_how_much() -> None:
    at = unit("U")
    room("101", at, "8.5", person("P1", at))
    room("102", at, "10", person("P2", at))
    room("103", at, "7", person("P3", at))
    [rooms] = [each for each in simulate(stricter()).compared if each.check.key == OVER]
    assert (rooms.bad(rooms.before), rooms.bad(rooms.after), rooms.worse, rooms.better) == (1, 2, 1, 0)
    assert (rooms.over_before, rooms.over_after) == (Decimal("1.00"), Decimal("2.50"))
    assert [shift.turns for shift in rooms.shifts] == ["worse", "moves", "moves"]
    assert {(shift.bound_before, shift.bound_after) for shift in rooms.shifts} == {(9, 8)}


def test_a_milder_row_lets_rooms_go() -> None:
    at = unit("U")
    room("101", at, "10", person("P1", at))
    assert (simulate(stricter("12")).better, simulate(stricter("12")).worse) == (1, 0)


def test_only_the_checks_that_read_the_table_run() -> None:
    assert OVER in {check.key for check in touched(load(), stricter())}
    reading = {check.key for check in checks if "office_room_area" in {check.table, *(term.table for term in check.terms)}}
    assert {check.key for check in touched(load(), stricter())} <= reading
    assert touched(load(), load()) == []


def test_nothing_is_saved_and_the_rulebook_stays() -> None:
    at = unit("U")
    room("101", at, "8.5", person("P1", at))
    simulate(stricter())
    assert not Finding.objects.exists()
    assert not Sweep.objects.exists()
    run_sweep(keys=[OVER])
    assert not Finding.objects.exists()


EDITS = [Edit(ROOMS, STAFF, "max_m2", "8"), Edit(EQUIPMENT, DESKTOP, "price", "4200"), Edit("idle_days@2000-01-01", 1, "days", 400)]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.version)
def test_the_numbers_equal_a_real_sweep_under_the_draft(demo_city: City, edit: Edit) -> None:
    book = draft(load(), [edit])
    simulation = simulate(book, most=10**6)
    real = judge_all(book, today(), [each.check for each in simulation.compared])
    assert {each.check.key: each.after for each in simulation.compared} == real.counts
    shifted = {(each.check.key, s.subject_id, s.fact_key): s for each in simulation.compared for s in each.shifts}
    for found in real.found:
        for index in range(len(found)):
            row = found.row(index)
            shift = shifted.get((found.check.key, row["subject_id"], row["fact_key"]))
            assert shift is None or (shift.after, shift.bound_after) == (row["outcome"], row["bound"])


def test_two_drafts_are_compared_against_the_rulebook_in_force() -> None:
    at = unit("U")
    for number, area in enumerate(("8.5", "11", "13")):
        room(str(number), at, area, person(f"P{number}", at))
    one, other = compare_drafts(stricter("8"), stricter("12"))
    assert (one.worse, one.better) == (1, 0)
    assert (other.worse, other.better) == (0, 1)


def test_a_subtree_is_simulated_alone() -> None:
    here, there = unit("A"), unit("B")
    for number, at in enumerate((here, there)):
        room(str(number), at, "8.5", person(f"P{number}", at))
    assert simulate(stricter(), unit_path=here.path).worse == 1


def test_what_a_dearer_price_limit_saves_is_in_yuan() -> None:
    card("1", unit("C", "central"), "A02010105", "5500")
    dearer = draft(load(), [Edit(EQUIPMENT, DESKTOP, "price", "6000")])
    [prices] = [each for each in simulate(dearer).compared if each.check.key == "ledger.price"]
    assert (prices.over_before, prices.over_after, Asset.objects.count()) == (500, 0, 1)
