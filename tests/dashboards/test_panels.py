"""Detail pages show what hangs together: rooms and people, buildings and vacancy, places and cards."""

from collections.abc import Callable

import pytest
from django.test import Client

from gongjia.core.jobs import enqueue, perform
from gongjia.core.models import Job
from gongjia.domains.offices.labels import label_of
from gongjia.domains.offices.models import Building, Room
from gongjia.domains.offices.panels import floors_of, occupants
from gongjia.domains.vehicles.models import Vehicle
from gongjia.org.models import Place
from tests.people import Town

Page = Callable[[str], str]


@pytest.fixture
def page(town: Town, client: Client):
    """Return the text of a page, as the inspector sees it."""
    client.force_login(town.inspector)

    def read(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200, address
        return answer.content.decode()

    return read


def test_a_room_names_its_occupants_and_the_cards_inside(town: Town, page: Page):
    text = page(f"/offices/room/{town.room.pk}/")
    assert "周立新" in text
    assert "S-1" in text


def test_a_building_counts_its_free_offices_floor_by_floor(town: Town):
    floors = floors_of(town.inspector, Building.objects.get())
    assert [(f.name, f.rooms, f.offices, [room.place.code for room in f.free]) for f in floors] == [("6", 2, 2, ["0615"])]


def test_the_page_of_a_building_lists_what_is_free(page: Page, town: Town):
    assert "0615" in page(f"/offices/building/{Building.objects.get().pk}/")


def test_a_shared_room_is_divided_among_its_people(town: Town):
    found = occupants(town.inspector, "offices.room", Room.objects.get(place=town.room))
    assert (found["now"], str(found["each"])) == (1, "12.60")


def test_a_person_leads_to_rooms_and_cards(town: Town, page: Page):
    text = page(f"/org/person/{town.person.pk}/")
    assert "行政中心 2 号楼 0612" in text
    assert "S-1" in text


def test_a_place_lists_the_cards_below_it(town: Town, page: Page):
    Place.objects.filter(pk=town.room.pk).update(path="B2/1/")
    Place.objects.filter(code="B2").update(path="B2/")
    assert "S-1" in page(f"/org/place/{Place.objects.get(code='B2').pk}/")


def test_a_vehicle_shows_value_and_card(town: Town, page: Page):
    text = page(f"/vehicles/vehicle/{Vehicle.objects.first().pk}/")
    assert "18 万元" in text or "18.0 万元" in text


def test_a_unit_lists_the_units_below_it(town: Town, page: Page):
    assert "市水务局" in page(f"/org/unit/{town.city.pk}/")


def test_a_unit_shows_its_own_figures_and_the_way_to_its_cockpit(town: Town, page: Page):
    text = page(f"/org/unit/{town.archive.pk}/")
    assert "150.0" in text
    assert f"/cockpit/?within={town.archive.pk}" in text


def test_rooms_have_labels_for_their_doors(town: Town):
    row = enqueue("offices.labels", town.inspector, resource="offices.room", ids=[town.room.pk], shape="small")
    perform(row)
    done = Job.objects.get(pk=row.pk)
    assert (done.state, done.result) == ("done", {"labels": 1})
    assert label_of(Room.objects.get(place=town.room), "https://gj.example")["number"] == "0612"
