"""The pages of floors, buildings and the map: what they draw, and for whom."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongjia.core.models import Job
from gongjia.demo.drawings import dxf_of
from gongjia.domains.drawings.colouring import SCHEMES, by_vacancy, legend
from gongjia.domains.drawings.floor import cells_of
from gongjia.domains.drawings.models import Drawing, FloorPlan
from gongjia.domains.drawings.views.matching import matched
from gongjia.domains.offices.models import Occupancy
from tests import people
from tests.domains.drawings.plans import House, shape


@pytest.fixture
def plan(house: House) -> FloorPlan:
    return house.accepted(house.wanted())


def page(client: Client, name: str, *args: int | str, **asked: str) -> str:
    answer = client.get(reverse(f"drawings:{name}", args=args), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.fixture
def keeper(house: House, client: Client) -> Client:
    client.force_login(house.keeper)
    return client


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_floor_is_drawn_in_every_colouring(plan: FloorPlan, keeper: Client, scheme: str):
    html = page(keeper, "floor", plan.pk, by=scheme)
    assert html.count('href="?by=') >= 7
    assert ">0301<" in html


def test_energy_says_that_there_is_no_meter_and_invents_no_figure(plan: FloorPlan, keeper: Client):
    html = page(keeper, "floor", plan.pk, by="energy")
    assert "没有计量数据" in html
    assert "kWh/m² 着色" in html


def test_vacancy_counts_who_sits_there(house: House, plan: FloorPlan, keeper: Client):
    Occupancy.objects.create(room=house.rooms[0], person=house.town.person, valid_from=dt.date(2026, 1, 1))
    cells = cells_of(house.keeper, plan)
    lines = {line.label: line.count for line in legend(cells, by_vacancy(cells))}
    assert lines == {"空置": 3, "在用": 1, "公共部位": 3}
    assert page(keeper, "floor", plan.pk, by="vacancy").count("1 人<") == 1


def test_a_room_opens_beside_the_picture_with_and_without_script(house: House, plan: FloorPlan, keeper: Client):
    Occupancy.objects.create(room=house.rooms[0], person=house.town.person, valid_from=dt.date(2026, 1, 1))
    pk = shape(plan, "0301").pk
    alone, whole = page(keeper, "room", plan.pk, pk), page(keeper, "floor", plan.pk, room=str(pk))
    assert "周立新" in alone
    assert "周立新" in whole
    assert f"/offices/room/{house.rooms[0].pk}/" in alone


def test_rooms_of_units_that_somebody_does_not_see_are_drawn_without_their_facts(house: House, plan: FloorPlan, client: Client):
    house.building.place.unit = house.town.water
    house.building.place.save()
    client.force_login(people.user("water", "space_manager", house.town.water))
    pk = shape(plan, "0303").pk
    assert "不在你的范围" in page(client, "floor", plan.pk)
    html = page(client, "room", plan.pk, pk)
    assert "市档案馆" not in html
    assert house.rooms[2].place.code not in html


def test_a_floor_of_a_foreign_building_is_not_there(house: House, plan: FloorPlan, client: Client):
    client.force_login(people.user("archivist", "space_manager", house.town.archive))
    pk = shape(plan, "0301").pk
    urls = [reverse(f"drawings:{name}", args=[plan.pk]) for name in ("floor", "svg", "sheet", "match", "changes")]
    urls += [
        reverse("drawings:room", args=[plan.pk, pk]),
        reverse("drawings:stack", args=[house.building.pk]),
        reverse("drawings:work", args=[plan.drawing_id]),
    ]
    assert {client.get(url).status_code for url in urls} == {404}
    assert client.post(reverse("drawings:do", args=[plan.pk, "revise"])).status_code == 404


def test_the_picture_alone_is_well_formed_and_has_every_room(plan: FloorPlan, keeper: Client):
    answer = keeper.get(reverse("drawings:svg", args=[plan.pk]))
    root = ElementTree.fromstring(answer.content)
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert len(root.findall(".//{http://www.w3.org/2000/svg}title")) == 7


@pytest.mark.parametrize("paper", ["a3", "a4"])
def test_the_sheet_is_a_pdf(plan: FloorPlan, keeper: Client, paper: str):
    assert keeper.get(reverse("drawings:sheet", args=[plan.pk]), {"paper": paper}).content.startswith(b"%PDF")


def test_an_uploaded_file_is_registered_and_read(house: House, keeper: Client):
    body = dxf_of(house.wanted(), house.folder / "x.dxf").read_bytes()
    url = reverse("drawings:upload", args=[house.building.pk])
    answer = keeper.post(url, {"file": SimpleUploadedFile("三层.dxf", body), "storey": "3层"})
    assert answer["Location"] == reverse("web:job", args=[Job.objects.get(kind="drawings.read").pk])
    assert Drawing.objects.get().name == "三层"


def test_what_is_no_drawing_is_refused_at_the_door(house: House, keeper: Client):
    answer = keeper.post(reverse("drawings:upload", args=[house.building.pk]), {"file": SimpleUploadedFile("a.xlsx", b"PK")})
    assert answer.status_code == 422
    assert "DXF" in answer.content.decode()
    assert not Drawing.objects.exists()


def test_who_only_looks_uploads_nothing(house: House, client: Client):
    client.force_login(house.town.inspector)
    assert client.get(reverse("drawings:upload", args=[house.building.pk])).status_code == 403


def test_matching_lists_both_sides_and_brings_them_together(house: House, keeper: Client):
    house.rooms[0].place.code = "B-1-0311"
    house.rooms[0].place.save()
    plan = house.draft(house.wanted())
    found = matched(house.keeper, plan)
    assert ([str(each) for each in found.loose], found.missing, len(found.pairs)) == (["0301"], [house.rooms[0]], 3)
    assert "B-1-0311" in page(keeper, "match", plan.pk)
    keeper.post(reverse("drawings:link", args=[plan.pk]), {"shape": found.loose[0].pk, "room": house.rooms[0].pk})
    assert shape(plan, "0301").room_id == house.rooms[0].pk


def test_a_corner_is_taken_away_at_a_press(house: House, keeper: Client):
    plan = house.draft(house.wanted())
    pk = shape(plan, "0301").pk
    keeper.post(reverse("drawings:corners", args=[plan.pk]), {"shape": pk, "drop": "0"})
    assert len(shape(plan, "0301").outline[0]) == 3


def test_a_draft_is_accepted_from_its_page(house: House, keeper: Client):
    plan = house.draft(house.wanted())
    keeper.post(reverse("drawings:do", args=[plan.pk, "accept"]))
    plan.refresh_from_db()
    assert plan.state == "current"


@pytest.mark.parametrize("cut", ["unit", "use", "vacancy"])
def test_a_building_is_stacked(house: House, plan: FloorPlan, keeper: Client, cut: str):
    html = page(keeper, "stack", house.building.pk, by=cut)
    assert "3层" in html
    assert reverse("drawings:floor", args=[plan.pk]) in html


def test_the_map_shows_compounds_with_a_position_and_counts_the_others(house: House, keeper: Client):
    assert "还没有楼栋填了经纬度" in page(keeper, "map")
    type(house.building).objects.update(latitude="31.5", longitude="117.5")
    type(house.building.place).objects.filter(pk=house.building.place.pk).update(path=f"{house.building.place.pk}/")
    html = page(keeper, "map")
    assert 'data-testid="map"' in html
    assert "一号楼" in html
