"""The drawing audit: planted differences are all found, and none is invented."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from gongjia.demo.drawings import Wanted
from gongjia.domains.drawings.auditing import Report, audit_of
from gongjia.domains.offices.models import Occupancy, Title
from gongjia.org.models import Post
from gongjia.standards.models import Finding
from gongjia.standards.sweep import run_sweep
from tests.domains.drawings.plans import House

KEYS = (
    "room_area_differs",
    "room_not_drawn",
    "shape_not_in_ledger",
    "certificate_differs",
    "drawn_over_certificate",
    "drawn_over_entitlement",
)
SINCE = dt.date(2020, 1, 1)


def found(house: House) -> set[tuple[str, int, str]]:
    """Sweep and return what the checks of drawings find."""
    run_sweep(keys=[f"drawings.{key}" for key in KEYS])
    rows = Finding.objects.current().filter(check_key__startswith="drawings.")
    return {(key.removeprefix("drawings."), pk, fact) for key, pk, fact in rows.values_list("check_key", "subject_id", "fact_key")}


def report(house: House) -> Report:
    return audit_of(house.keeper, house.building)


def grounds(house: House) -> dict[str, list[str]]:
    return {line.number: line.grounds for line in report(house).differences}


def certificate(house: House, area: str) -> None:
    Title.objects.create(place=house.building.place, valid_from=SINCE, holder="市水务局", certified_area=Decimal(area))


def seated(house: House, place: int, level: str) -> None:
    """Let the town's person sit in a room, at a level."""
    Post.objects.create(person=house.town.person, unit=house.town.water, level=level, valid_from=SINCE)
    Occupancy.objects.create(room=house.rooms[place], person=house.town.person, valid_from=SINCE)


def test_a_floor_drawn_as_the_ledger_has_it_differs_in_nothing(house: House):
    house.accepted(house.wanted())
    certificate(house, "200.00")
    assert found(house) == set()
    assert report(house).count == 0


def test_every_planted_difference_is_found_and_none_is_invented(house: House):
    house.accepted([*house.wanted((0, "20.00"), (1, "24.60"), (3, None)), Wanted("0399", "库房", Decimal("14.40"))])
    certificate(house, "214.00")
    rooms, building = house.rooms, house.building.pk
    assert found(house) == {
        ("room_area_differs", rooms[0].pk, ""),
        ("room_not_drawn", rooms[3].pk, ""),
        ("shape_not_in_ledger", building, "3层/0399"),
        ("certificate_differs", building, ""),
    }
    assert grounds(house) == {rooms[0].place.code: ["area"], rooms[3].place.code: ["undrawn"], "0399": ["loose"]}
    assert report(house).grounds == ["certificate"]


@pytest.mark.parametrize(("area", "differs"), [("18.54", False), ("18.55", True), ("17.46", False), ("17.45", True)])
def test_the_tolerance_is_kept_on_both_sides(house: House, area: str, differs: bool):
    house.accepted(house.wanted((0, area)))
    assert (("room_area_differs", house.rooms[0].pk, "") in found(house)) is differs
    assert bool(grounds(house)) is differs


def test_rooms_that_together_exceed_the_certificate_are_found(house: House):
    house.accepted(house.wanted())
    certificate(house, "80.00")
    assert {key for key, _pk, _fact in found(house)} == {"certificate_differs", "drawn_over_certificate"}
    assert report(house).grounds == ["certificate", "sum"]


def test_a_room_that_only_the_drawing_shows_to_be_too_large_is_found(house: House):
    house.accepted(house.wanted((0, "18.50")))
    seated(house, 0, "division_chief")
    assert found(house) == set()
    limit = next(line.entitled for line in report(house).lines if line.room == house.rooms[0])
    assert limit is not None and limit > 18


def test_a_drawing_over_the_entitlement_is_told_apart_from_the_ledger(house: House):
    seated(house, 0, "staff")
    house.accepted(house.wanted((0, "40.00")))
    assert ("drawn_over_entitlement", house.rooms[0].pk, "") in found(house)
    assert "over" in grounds(house)[house.rooms[0].place.code]


def test_a_floor_without_a_drawing_misses_nothing(house: House):
    assert found(house) == set()
    assert report(house).count == 0


def test_a_finding_is_cured_by_the_next_version(house: House):
    house.accepted(house.wanted((0, "20.00")), dt.date(2026, 3, 1))
    assert len(found(house)) == 1
    house.accepted(house.wanted(), dt.date(2026, 6, 1))
    assert found(house) == set()


def test_the_report_is_exported_with_its_differences(house: House, client: Client):
    house.accepted(house.wanted((0, "20.00")))
    client.force_login(house.keeper)
    body = client.get(reverse("drawings:audit_export", args=[house.building.pk, "csv"])).content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(body)))
    assert (rows[0]["房间"], rows[0]["差异"]) == (house.rooms[0].place.code, "面积不符")
    assert client.get(reverse("drawings:audit_export", args=[house.building.pk, "xlsx"])).content.startswith(b"PK")
    assert client.get(reverse("drawings:audit_export", args=[house.building.pk, "doc"])).status_code == 404


def test_the_audit_of_the_scope_and_of_a_building_open(house: House, client: Client):
    house.accepted(house.wanted((0, "20.00")))
    client.force_login(house.keeper)
    assert "面积不符 1" in client.get(reverse("drawings:audit")).content.decode()
    assert 'data-grounds="area"' in client.get(reverse("drawings:building_audit", args=[house.building.pk])).content.decode()
