"""省部级领导干部的办公室 enter through no door and stand in no list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongjia.core.action import actions, context_for
from gongjia.core.problems import Refused
from gongjia.domains.offices.models import Occupancy
from gongjia.domains.offices.services import AssignRoom, assign_rooms
from gongjia.domains.usage.listing import seats
from gongjia.domains.usage.models import FiledRoom, PublishedRoom
from gongjia.org.models import Post
from tests.api.conftest import program
from tests.domains.usage.conftest import BEGAN, TODAY, House
from tests.standards_sweep.places import room

pytestmark = pytest.mark.django_db
WORDS = "省部级领导干部的办公室不进入本系统"


def row(house: House, level: str) -> dict[str, object]:
    made = house.person("M1", house.town.water, level)
    return {"room": room("900", house.town.water, "54").pk, "person": made.pk, "valid_from": "2026-11-01"}


@pytest.mark.parametrize("level", ["ministerial_chief", "ministerial_deputy"])
@pytest.mark.parametrize("origin", ["form", "api", "import", "drawing"])
def test_no_door_takes_the_room(house: House, level: str, origin: str) -> None:
    with pytest.raises(Refused, match=WORDS):
        actions["offices.assign_room"].run(house.manager, row(house, level), origin=origin, on=TODAY)
    assert Occupancy.objects.filter(person__staff_code="M1").count() == 0


def test_a_service_that_calls_another_is_refused_as_well(house: House) -> None:
    made = AssignRoom.model_construct(**row(house, "ministerial_chief"), valid_to=None, document="")
    with pytest.raises(Refused, match=WORDS):
        assign_rooms(context_for(house.manager), [made])


def test_the_level_below_is_taken(house: House) -> None:
    assert actions["offices.assign_room"].run(house.manager, row(house, "bureau_chief"), on=TODAY)


def test_the_interface_says_why(house: House) -> None:
    answer = program(house.manager).post("actions/offices.assign_room", row(house, "ministerial_deputy"))
    assert answer.status_code == 422 and WORDS in answer.content.decode()
    assert not Occupancy.objects.filter(person__staff_code="M1").exists()


def test_nobody_rises_to_it_while_a_room_stands_here(house: House) -> None:
    what = {"person": "C1", "unit": "YC-SW", "level": "ministerial_deputy", "valid_from": "2026-11-01"}
    with pytest.raises(Refused, match="先办理腾退"):
        actions["org.appoint_person"].run(house.root(), what, on=TODAY)
    house.do("offices.vacate_room", id=house.use.pk, valid_to="2026-11-01")
    assert actions["org.appoint_person"].run(house.root(), what, on=TODAY)


def test_a_second_room_is_not_granted_either(house: House) -> None:
    house.person("M1", house.town.archive, "ministerial_deputy", primary=False)
    what = {"person": "M1", "unit": "YC-DA", "room": room("9", house.town.archive, "9").pk, "distance": "1", "reason": "1"}
    with pytest.raises(Refused, match=WORDS):
        actions["offices.grant_second_room"].run(house.root(), {**what, "valid_from": "2026-11-01"}, request_key="Q", on=TODAY)


@pytest.fixture
def slipped_in(house: House) -> House:
    """A room that was there before the rule, put in behind every door."""
    made = house.person("M1", house.town.water, "ministerial_chief")
    Occupancy.objects.create(room=room("900", house.town.water, "54"), person=made, valid_from=BEGAN)
    return house


def test_what_slipped_in_stands_in_no_list(slipped_in: House) -> None:
    house = slipped_in
    assert [seat.person for seat in seats(house.town.water, TODAY)] == ["郑处"]
    house.do("usage.publish_use", unit="YC-SW", year=2026, until="2026-12-31")
    house.do("usage.file_leaders", unit="YC-SW", year=2026)
    lists: tuple[Callable[..., object], ...] = (PublishedRoom.objects.values_list, FiledRoom.objects.values_list)
    assert [list(each("person", flat=True)) for each in lists] == [["郑处"], ["郑处"]]


def test_a_post_that_ended_before_keeps_nobody_out(house: House) -> None:
    Post.objects.create(
        person=house.chief, unit=house.town.water, level="ministerial_deputy", valid_from=BEGAN, valid_to=TODAY, primary=False
    )
    assert actions["offices.assign_room"].run(
        house.manager, {"room": room("9", house.town.water, "9").pk, "person": "C1", "valid_from": "2026-11-24"}, on=TODAY
    )
