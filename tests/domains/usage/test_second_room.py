"""One room for a leader; one more only by request, for a concurrent post, smaller than the standard; a third never."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongjia.core.action import actions
from gongjia.core.problems import NeedsRequest, Refused
from gongjia.domains.offices.models import Occupancy, Room, SecondRoom
from gongjia.org.models import Place, Post, Unit
from gongjia.standards.models import Finding
from gongjia.standards.sweep import run_sweep
from tests.domains.usage.conftest import BEGAN, TODAY, House
from tests.standards_sweep.places import room, unit

pytestmark = pytest.mark.django_db
GRANT, ONE, SMALLER = "offices.grant_second_room", "offices.one_room_a_leader", "offices.second_room_not_smaller"


@pytest.fixture
def far(house: House) -> Unit:
    made = unit("FAR", parent=house.town.city)
    Post.objects.create(person=house.chief, unit=made, level="division_deputy", primary=False, valid_from=BEGAN)
    return made


def what(at: Unit, made: Room, **more: Any) -> dict[str, Any]:
    row = {"person": "C1", "unit": at.pk, "room": made.pk, "distance": "42 公里", "reason": "每周两天在此办公", "valid_from": "2026-11-01"}
    return {**row, **more}


def grant(house: House, row: dict[str, Any]) -> int:
    return actions[GRANT].run(house.root(), row, request_key="QQ-1", on=TODAY)


def found(key: str, on: dt.date | None = None) -> list[Finding]:
    sweep = run_sweep(on, keys=[key])
    rows = Finding.objects.current() if sweep.live else sweep.findings.all()
    return list(rows.filter(check_key=key))


def test_no_door_grants_it_directly(house: House, far: Unit) -> None:
    with pytest.raises(NeedsRequest):
        actions[GRANT].run(house.root(), what(far, room("201", far, "12")))


def test_two_rooms_are_found_unless_the_second_was_granted(house: House, far: Unit) -> None:
    second = room("201", far, "12")
    Occupancy.objects.create(room=second, person=house.chief, valid_from=BEGAN)
    assert [each.bound for each in found(ONE)] == [1]
    grant(house, what(far, second))
    assert found(ONE) == [] and SecondRoom.objects.get().request_key == "QQ-1"


def test_a_granted_room_is_used_from_then_on(house: House, far: Unit) -> None:
    second = room("201", far, "12")
    grant(house, what(far, second))
    assert Occupancy.objects.get(room=second).valid_from == dt.date(2026, 11, 1)


def test_a_third_room_is_found_even_with_the_second_granted(house: House, far: Unit) -> None:
    grant(house, what(far, room("201", far, "12")))
    room("301", house.town.archive, "10", house.chief)
    assert [each.bound for each in found(ONE)] == [2]


def test_an_expired_grant_counts_no_more(house: House, far: Unit) -> None:
    grant(house, what(far, room("201", far, "12"), valid_to="2026-11-10"))
    assert found(ONE, dt.date(2026, 11, 10)) == []
    assert len(found(ONE, dt.date(2026, 11, 11))) == 1


@pytest.mark.parametrize(("area", "passes"), [("17.99", True), ("18", False), ("18.01", False)])
def test_the_second_room_stays_below_the_standard(house: House, far: Unit, area: str, passes: bool) -> None:
    second = room("201", far, area)
    if passes:
        grant(house, what(far, second))
    else:
        with pytest.raises(Refused, match="应小于标准 18"):
            grant(house, what(far, second))


@pytest.mark.parametrize(("area", "count"), [("17.99", 0), ("18", 1), ("19", 1)])
def test_a_second_room_that_grew_is_found(house: House, far: Unit, area: str, count: int) -> None:
    second = room("201", far, "12")
    grant(house, what(far, second))
    Place.objects.filter(pk=second.pk).update(usable_area=area)
    assert len(found(SMALLER)) == count


@pytest.mark.parametrize(
    ("case", "words"), [("foreign", "不属于兼职单位"), ("nameless", "没有登记使用面积"), ("postless", "兼任职务"), ("third", "已经另配")]
)
def test_what_has_no_ground_is_refused(house: House, far: Unit, case: str, words: str) -> None:
    made = room("201", house.town.archive if case == "foreign" else far, None if case == "nameless" else "12")
    if case == "postless":
        Post.objects.filter(primary=False).update(valid_to=dt.date(2026, 10, 1))
    if case == "third":
        SecondRoom.objects.create(person=house.chief, unit=far, room=room("9", far, "9"), distance="", reason="", valid_from=BEGAN)
    with pytest.raises(Refused, match=words):
        grant(house, what(far, made))


def test_a_grant_ends_on_a_day_that_is_not_before_its_beginning(house: House, far: Unit) -> None:
    pk = grant(house, what(far, room("201", far, "12")))
    with pytest.raises(Refused, match="早于起始"):
        house.do("offices.end_second_room", id=pk, valid_to="2026-10-01")
    house.do("offices.end_second_room", id=pk, valid_to="2026-11-20")
    assert SecondRoom.objects.get().valid_to == dt.date(2026, 11, 20)
