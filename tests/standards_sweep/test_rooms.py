"""Rooms against entitlements, through a real sweep."""

from __future__ import annotations

import datetime as dt

import pytest

from gongjia.standards.models import Finding
from gongjia.standards.sweep import run_sweep
from tests.standards_sweep.places import SINCE, months_ago, person, room, unit

pytestmark = pytest.mark.django_db
OVER = "offices.room_over_entitlement"


def found(key: str = OVER, on: dt.date | None = None) -> list[Finding]:
    sweep = run_sweep(on, keys=[key])
    rows = Finding.objects.current() if sweep.live else sweep.findings.all()
    return list(rows.filter(check_key=key))


@pytest.mark.parametrize(("tier", "limit"), [("central", 12), ("provincial", 18), ("municipal", 24), ("county", 30)])
def test_the_same_division_chief_gets_what_the_tier_gives(tier: str, limit: int) -> None:
    at = unit("U", tier)
    room("101", at, str(limit), person("P1", at, "division_chief"))
    room("102", at, f"{limit}.01", person("P2", at, "division_chief"))
    [only] = found()
    assert (only.bound, str(only.over), only.fact_key) == (limit, "0.01", "")


def test_people_who_share_a_room_bring_their_entitlements_together() -> None:
    at = unit("U")
    room("101", at, "24.90", *(person(f"P{n}", at) for n in range(3)))
    room("102", at, "27.30", *(person(f"Q{n}", at) for n in range(3)))
    [only] = found()
    assert (str(only.value), only.bound) == ("27.30", 27)
    assert sum(line["weight"] for line in only.inputs["lines"]) == 3


def test_a_post_in_another_body_brings_the_entitlement_of_that_body() -> None:
    here, county = unit("A", "municipal"), unit("B", "county")
    guest = person("P1", county, "division_chief")
    room("101", here, "29", guest)
    assert found() == []


def test_a_vertical_unit_is_judged_by_the_tier_of_its_superior() -> None:
    at = unit("U", "municipal", vertical=True, superior_tier="central")
    room("101", at, "13", person("P1", at, "division_chief"))
    [only] = found()
    assert only.bound == 12


def test_a_department_has_the_traits_of_its_body() -> None:
    body = unit("U", "county")
    office = unit("U-1", "county", parent=body, kind="department", nature="enterprise")
    room("101", office, "10", person("P1", office))
    [only] = found()
    assert only.bound == 9


def test_an_enterprise_is_not_ruled_by_the_standard_of_offices() -> None:
    at = unit("U", nature="enterprise")
    room("101", at, "200", person("P1", at))
    assert found() == []


def test_an_unverified_row_warns_and_never_blocks() -> None:
    central, city = unit("C", "central"), unit("M", "municipal")
    room("101", central, "20", person("P1", central, "division_chief"))
    room("102", city, "30", person("P2", city, "division_chief"))
    verdicts = {each.unit.code: (each.outcome, each.blocks) for each in found()}
    assert verdicts == {"C": ("doubt", False), "M": ("breach", True)}


def test_a_person_without_a_level_cannot_be_decided() -> None:
    at = unit("U")
    room("101", at, "15", person("P1", at, ""))
    [only] = found()
    assert (only.outcome, only.reason, only.bound) == ("cannot_decide", "missing:level", None)


def test_an_unknown_colleague_does_not_matter_where_the_others_suffice() -> None:
    at = unit("U")
    room("101", at, "15", person("P1", at, "division_chief"), person("P2", at, ""))
    room("102", at, "25", person("P3", at, "division_chief"), person("P4", at, ""))
    assert [each.reason for each in found()] == ["missing:level"]


def test_a_level_that_the_tier_does_not_know_finds_no_row() -> None:
    at = unit("U", "county")
    person("P1", at, "bureau_chief")
    [only] = found("offices.post_without_row")
    assert (only.outcome, only.reason) == ("cannot_decide", "no_row")


def test_a_room_without_an_area_cannot_be_decided() -> None:
    at = unit("U")
    room("101", at, None, person("P1", at))
    assert [each.reason for each in found()] == ["missing:area"]


def test_the_day_before_the_standard_bound_another_one_did_and_before_that_none() -> None:
    at = unit("U")
    early = dt.date(1990, 1, 1)
    someone = person("P1", at, "")
    someone.posts.create(unit=at, level="division_chief", valid_from=early)
    room("101", at, "20", someone, since=early)
    assert found(on=dt.date(2014, 11, 24)) == []
    assert [each.bound for each in found(on=dt.date(2014, 11, 23))] == [12]
    assert found(on=dt.date(1999, 12, 30)) == []


def test_a_leader_has_one_room_and_staff_may_sit_in_two() -> None:
    at = unit("U")
    chief, clerk = person("P1", at, "division_chief"), person("P2", at)
    for code in ("101", "102"):
        room(code, at, "9", chief, clerk)
    [only] = found("offices.one_room_a_leader")
    assert (only.subject, only.subject_id, only.value, only.bound) == ("org.person", chief.pk, 2, 1)


def test_who_left_has_a_month_to_give_the_room_back() -> None:
    at = unit("U")
    gone, going = months_ago(2), months_ago(1)
    old = room("101", at, "9", person("P1", at, status="retired", left_on=gone))
    room("102", at, "9", person("P2", at, status="left", left_on=max(going, months_ago(0) - dt.timedelta(27))))
    found_rooms = [each.subject_id for each in found("offices.left_person_holds_room")]
    assert found_rooms == [old.pk]


def test_the_area_of_a_unit_is_held_against_its_authorised_posts() -> None:
    at = unit("U")
    at.authorised_posts.create(level="division_chief", count=2, valid_from=SINCE)
    at.authorised_posts.create(level="staff", count=30, valid_from=SINCE)
    room("101", at, "620")
    room("102", at, "80", use="service")
    [only] = found("offices.unit_area_over_authorised")
    assert (str(only.value), str(only.bound), only.outcome) == ("700.00", "625.66", "doubt")


def test_a_unit_without_authorised_posts_cannot_be_decided() -> None:
    room("101", unit("U"), "620")
    assert [each.reason for each in found("offices.unit_area_over_authorised")] == ["missing:posts"]
