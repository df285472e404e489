"""The arithmetic of a unit's ceiling, step by step and against what the unit has; usable area and floor area never mix."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client

from gongjia.core import files
from gongjia.domains.offices.models import Project, Room
from gongjia.domains.usage.ceilings import Asked, Sheet, sheet
from gongjia.domains.usage.papers import ceiling_pdf
from gongjia.org.models import AuthorisedPosts, Place, Unit
from gongjia.standards.models import Finding
from gongjia.standards.sweep import run_sweep
from tests.domains.usage.conftest import BEGAN, TODAY, House
from tests.standards_sweep.places import room

pytestmark = pytest.mark.django_db


def posts(unit: Unit, **levels: int) -> None:
    for level, count in levels.items():
        AuthorisedPosts.objects.create(unit=unit, level=level, count=count, valid_from=BEGAN)


def reckoned(house: House, **more: object) -> Sheet:
    return sheet(Asked(house.town.water, TODAY, **more))  # type: ignore[arg-type]


@pytest.fixture
def bureau(house: House) -> House:
    """A municipal bureau of 100 authorised posts."""
    posts(house.town.water, division_chief=1, division_deputy=4, staff=95)
    return house


def test_the_whole_arithmetic_of_a_hundred_posts(bureau: House) -> None:
    made = reckoned(bureau, quantities={"vehicles": 10})
    assert [step.value for step in made.offices] == [24, 72, 855]
    assert [step.value for step in made.usable] == [951, 800, Decimal("157.59"), Decimal("1908.59")]
    assert [step.value for step in made.floor] == [Decimal("2936.29"), 370, 400, Decimal("3706.29")]
    assert made.posts == 100 and made.total == Decimal("3706.29")


def test_each_step_is_written_out_with_its_clause(bureau: House) -> None:
    made = reckoned(bureau)
    assert [step.how for step in made.usable] == ["24 + 72 + 855", "100 × 8", "(A + B) × 9%", "A + B + E"]
    assert made.floor[0].how == "1908.59 ÷ 0.65"
    assert all("发改投资〔2014〕2674号" in step.clause for step in (*made.offices, *made.usable[1:3], made.floor[0]))
    assert made.usable[1].mark == "二手资料，待核" and made.usable[2].mark == ""


@pytest.mark.parametrize(("height", "basic"), [("multi_storey", "2936.29"), ("high_rise", "3180.98")])
def test_a_high_building_loses_more(bureau: House, height: str, basic: str) -> None:
    assert reckoned(bureau, height=height).floor[0].value == Decimal(basic)


@pytest.mark.parametrize(("people", "each"), [(200, "8"), (300, "7"), (400, "6"), (500, "6")])
def test_service_rooms_follow_the_posts_in_a_line(house: House, people: int, each: str) -> None:
    posts(house.town.water, staff=people)
    assert reckoned(house).usable[1].value == people * Decimal(each)


@pytest.mark.parametrize(("people", "area"), [(100, "370"), (101, "372.6"), (150, "500")])
def test_a_canteen_grows_slower_beyond_a_hundred(house: House, people: int, area: str) -> None:
    posts(house.town.water, staff=people)
    assert reckoned(house).floor[1].value == Decimal(area)
    assert reckoned(house, canteen=False).floor[1].sum


def test_a_level_without_a_row_leaves_the_sum_open_and_says_so(house: House) -> None:
    posts(house.town.water, ministerial_chief=1, staff=9)
    made = reckoned(house)
    assert made.total is None and made.unknown == ["省部级正职"] and made.offices[1].value == 81


def test_usable_area_never_becomes_floor_area(bureau: House) -> None:
    Place.objects.filter(code="101").update(floor_area=40)
    room("102", bureau.town.water, "100")
    held = reckoned(bureau).held_floor[0]
    assert held.has == 40 and "1 间没有登记建筑面积" in held.note


def project(house: House, with_file: bool) -> Project:
    made = Project.objects.create(
        number="云发改〔2019〕1号", name="水文实验室", unit=house.town.water, issuer="市发改委", approved_on=BEGAN
    )
    if with_file:
        files.attach("offices.project", made.pk, files.store_chunks([b"approval"], "a.pdf"), "a.pdf", house.manager)
    return made


def lab(house: House, approval: Project | None = None) -> Room:
    made = room("L1", house.town.water, "5000", use="technical")
    Room.objects.filter(pk=made.pk).update(project=approval)
    return made


def outcomes(key: str) -> list[str]:
    run_sweep(keys=[key])
    return list(Finding.objects.current().filter(check_key=key).values_list("outcome", flat=True))


@pytest.mark.parametrize(("case", "counts"), [("none", True), ("number only", True), ("number and file", False)])
def test_a_technical_room_counts_as_such_only_with_number_and_file(bureau: House, case: str, counts: bool) -> None:
    lab(bureau, None if case == "none" else project(bureau, case == "number and file"))
    assert outcomes("offices.technical_without_project") == (["doubt"] if counts else [])
    assert bool(outcomes("offices.unit_area_over_authorised")) is counts
    assert (reckoned(bureau).held_usable[3].has == 5000) is counts


def test_a_project_that_was_approved_later_did_not_count_before(bureau: House) -> None:
    made = project(bureau, with_file=True)
    Project.objects.filter(pk=made.pk).update(approved_on="2026-06-01")
    lab(bureau, made)
    key = "offices.technical_without_project"
    assert [run_sweep(dt.date(2026, *day), keys=[key]).findings.count() for day in ((5, 31), (6, 1))] == [1, 0]


@pytest.mark.parametrize(
    ("level", "toilet", "found"), [("bureau_chief", "6", []), ("bureau_chief", "6.01", ["doubt"]), ("division_chief", "3", ["doubt"])]
)
def test_a_private_toilet_goes_with_the_post(house: House, level: str, toilet: str, found: list[str]) -> None:
    made = room("103", house.town.water, "42", house.person("B1", house.town.water, level))
    Room.objects.filter(pk=made.pk).update(toilet_area=toilet)
    assert outcomes("offices.toilet_over") == found


def test_who_shares_a_room_with_an_entitled_one_shares_the_toilet(house: House) -> None:
    both = [house.person("B1", house.town.water, "bureau_chief"), house.person("B2", house.town.water)]
    made = room("103", house.town.water, "42", *both)
    Room.objects.filter(pk=made.pk).update(toilet_area=5)
    assert outcomes("offices.toilet_over") == []


@pytest.mark.parametrize(("rest", "found"), [("18", []), ("18.01", ["doubt"])])
def test_rest_room_and_toilet_are_inside_the_room(house: House, rest: str, found: list[str]) -> None:
    Room.objects.filter(pk=house.room.pk).update(rest_area=rest, toilet_area=6)
    assert outcomes("offices.parts_exceed_room") == found


def test_the_page_and_its_paper(bureau: House) -> None:
    browser = Client()
    browser.force_login(bureau.manager)
    said = browser.get(f"/usage/ceiling/?unit={bureau.town.water.pk}&vehicles=10").content.decode()
    assert "3,706.29" in said and "1908.59 ÷ 0.65" in said
    assert browser.get(f"/usage/ceiling/paper/?unit={bureau.town.water.pk}").content[:5] == b"%PDF-"
    assert ceiling_pdf(reckoned(bureau))[:5] == b"%PDF-"


@pytest.mark.parametrize("query", ["unit=999999", "unit=abc&vehicles=-1&height=x&guards=99999999999"])
def test_nonsense_in_the_address_gives_a_clear_answer(bureau: House, query: str) -> None:
    browser = Client()
    browser.force_login(bureau.manager)
    assert browser.get(f"/usage/ceiling/?{query}").status_code == (404 if query == "unit=999999" else 200)


def test_a_stranger_sees_no_ceiling(bureau: House) -> None:
    browser = Client()
    browser.force_login(bureau.town.stranger)
    assert browser.get(f"/usage/ceiling/?unit={bureau.town.water.pk}").status_code == 403
