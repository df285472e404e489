"""The verdict on a case in no ledger, and on a record whenever it is asked for."""

from __future__ import annotations

import datetime as dt

import pytest

from gongjia.core.check import checks
from gongjia.core.problems import Refused
from gongjia.standards.asking import ask, ask_fields, recompute, verdicts_of
from gongjia.standards.models import Finding
from gongjia.standards.sweep import run_sweep
from tests.standards_sweep.places import card, person, room, unit

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 1, 15)
OVER = "offices.room_over_entitlement"


@pytest.mark.parametrize(("tier", "limit"), [("central", 12), ("provincial", 18), ("municipal", 24), ("county", 30)])
def test_the_limit_of_a_division_chief_by_tier(tier: str, limit: int) -> None:
    assert ask(OVER, {"tier": tier, "level": "division_chief", "area": "10"}, ON).bound == limit


def test_several_people_are_asked_for_with_commas() -> None:
    answer = ask(OVER, {"tier": "municipal", "level": "staff,staff,staff", "area": "24.9"}, ON)
    assert (answer.outcome, answer.bound) == ("compliant", 27)


def test_what_is_missing_is_named() -> None:
    assert ask(OVER, {"tier": "municipal", "area": "24.9"}, ON).reason == "missing:level"
    assert ask("ledger.quantity_per_head", {"tier": "central", "item": "copier", "count": 3}, ON).reason == "missing:heads"


def test_before_any_standard_there_is_no_rule() -> None:
    assert ask(OVER, {"tier": "municipal", "level": "staff", "area": "99"}, dt.date(1990, 1, 1)).outcome == "no_rule"


def test_an_input_that_the_check_does_not_know_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match="level"):
        ask(OVER, {"tier": "municipal", "size": "3"}, ON)


def test_a_number_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(Refused, match="很大"):
        ask(OVER, {"tier": "municipal", "level": "staff", "area": "很大"}, ON)


def test_a_unit_may_stand_for_its_traits() -> None:
    unit("SQ", "county")
    assert ask(OVER, {"unit": "SQ", "level": "division_chief", "area": "10"}, ON).bound == 30
    with pytest.raises(Refused, match="XX"):
        ask(OVER, {"unit": "XX", "level": "staff", "area": "10"}, ON)


def test_every_check_says_what_may_be_asked_and_answers() -> None:
    for check in checks:
        names = [each.name for each in ask_fields(check)]
        assert "tier" in names
        assert ask(check.key, {"tier": "municipal"}, ON).outcome in ("cannot_decide", "compliant", "no_rule")


def test_every_verdict_of_a_record_is_recomputed_on_demand() -> None:
    at = unit("C", "central")
    made = card("1", at, "A02010105", "4000", depreciation_months=72)
    found = {each.check_key: each.outcome for each in verdicts_of("ledger.asset", made.pk)}
    assert found["ledger.price"] == found["ledger.depreciation_years"] == "compliant"


def test_a_recomputed_verdict_is_what_the_sweep_found() -> None:
    at = unit("U")
    room("101", at, "30", person("P1", at), person("P2", at))
    card("1", at, "A05010201", quantity=9)
    run_sweep()
    for found in Finding.objects.current():
        again = recompute(found)
        assert again is not None
        assert (again.outcome, again.value, again.bound, again.reason) == (found.outcome, found.value, found.bound, found.reason)


def test_the_verdicts_of_a_unit_count_its_departments() -> None:
    body = unit("C", "central")
    part = unit("C1", "central", parent=body, kind="department")
    person("P1", part)
    card("1", part, "A05010201", quantity=2)
    [desks] = [each for each in verdicts_of("org.unit", body.pk) if each.fact_key == "desk"]
    assert (desks.value, desks.bound, desks.outcome) == (2, 1, "breach")


def test_a_room_is_also_judged_as_the_place_that_it_is() -> None:
    at = unit("U")
    made = room("101", at, "9", person("P1", at))
    assert [each.check_key for each in verdicts_of("org.place", made.pk)] == ["offices.room_over_entitlement"]
