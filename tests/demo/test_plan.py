"""The plan of the city: its size, its determinism, its invented names."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from gongjia.demo.constants import CARD_FAULTS, DEMO_PROVINCE, SEED
from gongjia.demo.people import LEADING, PersonPlan, plan_people
from gongjia.demo.places import BuildingPlan, plan_buildings, plan_leases, plan_occupancies
from gongjia.demo.stories import STORIES
from gongjia.demo.units import UnitPlan, bodies, plan_units
from gongjia.demo.vehicles import plan_vehicles

Plan = tuple[list[UnitPlan], list[PersonPlan], list[BuildingPlan]]


def planned(size: float = 1) -> Plan:
    random = Random(SEED)
    units = plan_units(size)
    people = plan_people(random, units)
    return units, people, plan_buildings(random, units, people)


@pytest.fixture(scope="module")
def city() -> Plan:
    return planned()


def test_the_city_has_the_size_that_it_promises(city: Plan):
    units, people, buildings = city
    assert 110 <= len(units) <= 130
    assert 5_500 <= len(people) <= 6_500
    assert len(buildings) == 40
    assert 3_200 <= sum(len(building.rooms) for building in buildings) <= 3_800


def test_the_same_seed_makes_the_same_city(city: Plan):
    units, people, buildings = planned()
    assert units == city[0]
    assert [(p.code, p.name, p.level, p.since, p.left_on) for p in people] == [
        (p.code, p.name, p.level, p.since, p.left_on) for p in city[1]
    ]
    assert [(r.code, r.area) for b in buildings for r in b.rooms] == [(r.code, r.area) for b in city[2] for r in b.rooms]


def test_the_fleet_is_the_same_for_the_same_seed(city: Plan):
    first, second = (plan_vehicles(Random(1), city[0], 600) for _turn in range(2))
    assert [vars(plan) for plan in first if not plan.replaces] == [vars(plan) for plan in second if not plan.replaces]
    assert len({plan.number for plan in first}) == len(first)


def test_the_city_stands_under_a_province_but_under_no_real_city(city: Plan):
    own = {unit.division for unit in city[0] if not unit.code.startswith("WS-")}
    assert all(division.startswith(DEMO_PROVINCE + "99") for division in own)


def test_codes_are_unique(city: Plan):
    units, people, buildings = city
    for codes in ([u.code for u in units], [p.code for p in people], [r.code for b in buildings for r in b.rooms]):
        assert max(Counter(codes).values()) == 1


def test_a_division_chief_works_at_every_ruling_tier(city: Plan):
    tiers = {person.unit.ruling_tier for person in city[1] if person.level == "division_chief" and person.status == "active"}
    assert tiers >= {"central", "provincial", "municipal", "county"}


def test_nobody_in_a_county_outranks_it_but_the_one_irregular_leader(city: Plan):
    high = [person for person in city[1] if person.unit.ruling_tier == "county" and person.level in LEADING[:2]]
    assert len(high) == 1


def test_everybody_active_has_a_room(city: Plan):
    _units, people, buildings = city
    occupancies = plan_occupancies(Random(1), buildings, people)
    housed = {plan.person.code for plan in occupancies if plan.until is None}
    assert all(person.code in housed for person in people if person.status == "active")


def test_leases_run_end_soon_and_have_ended(city: Plan):
    ends = sorted((lease["ends_on"] - lease["starts_on"]).days > 900 for lease in plan_leases(Random(1), city[2]))
    assert all(ends)


def test_every_fault_of_the_table_of_rates_has_its_story():
    assert list(STORIES) == list(CARD_FAULTS)


def test_bodies_of_the_small_city_keep_at_least_four_people():
    assert min(unit.people for unit in bodies(plan_units(0.01))) == 4
