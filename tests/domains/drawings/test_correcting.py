"""A room is corrected by hand on a draft, and only there."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongjia.core.models import AuditEntry
from gongjia.core.problems import Refused
from gongjia.domains.drawings.models import FloorPlan, Shape
from tests.domains.drawings.plans import House, room, shape


@pytest.fixture
def plan(house: House) -> FloorPlan:
    return house.draft(house.wanted())


def test_a_room_is_renamed_and_the_audit_knows(house: House, plan: FloorPlan):
    pk = shape(plan, "0301").pk
    house.do("correct_shape", id=pk, number="0301A", name="值班室", use="service")
    assert list(Shape.objects.filter(pk=pk).values_list("number", "mark", "use")) == [("0301A", "0301A", "service")]
    entry = AuditEntry.objects.filter(subject="drawings.shape", subject_id=pk).last()
    assert entry is not None and entry.before["number"] == "0301" and entry.after["number"] == "0301A"


def test_new_corners_give_a_new_area(house: House, plan: FloorPlan):
    pk = shape(plan, "0301").pk
    house.do("correct_shape", id=pk, corners="0,0 5,0 5,4 0,4")
    assert Shape.objects.get(pk=pk).area == Decimal("20.00")


@pytest.mark.parametrize(
    ("corners", "words"), [("0,0 5,5 5,0 0,5", "相交"), ("0,0 5,0", "三个角点"), ("a,b c,d e,f", "读不懂"), ("0,0 1,0 2,0", "面积|相交")]
)
def test_corners_that_hold_no_room_are_refused(house: House, plan: FloorPlan, corners: str, words: str):
    with pytest.raises(Refused, match=words):
        house.do("correct_shape", id=shape(plan, "0301").pk, corners=corners)


def test_a_room_of_the_ledger_has_one_shape(house: House, plan: FloorPlan):
    with pytest.raises(Refused, match="已经对应"):
        house.do("correct_shape", id=shape(plan, "0301").pk, room=house.rooms[1].pk)
    house.do("correct_shape", id=shape(plan, "0302").pk, room=None)
    house.do("correct_shape", id=shape(plan, "0301").pk, room=house.rooms[1].pk)
    assert shape(plan, "0301").linked == "hand"


def test_a_shape_may_be_said_to_be_a_common_part(house: House, plan: FloorPlan):
    house.do("correct_shape", id=shape(plan, "0304").pk, common=True)
    assert (shape(plan, "0304").linked, shape(plan, "0304").room_id) == ("common", None)


def test_a_split_room_keeps_its_number_on_the_first_part_and_its_whole_area(house: House, plan: FloorPlan):
    before = shape(plan, "0303")
    xs = [x / 1000 for x, _y in before.outline[0]]
    middle = (min(xs) + max(xs)) / 2
    new = house.do("split_shape", id=before.pk, line=f"{middle},-99 {middle},99")
    parts = Shape.objects.filter(pk__in=[before.pk, new])
    assert sum(part.area for part in parts) == pytest.approx(before.area, abs=Decimal("0.02"))
    assert Shape.objects.get(pk=new).room_id is None
    assert Shape.objects.get(pk=before.pk).number == "0303"


def test_a_shape_is_taken_away_and_its_room_is_free_again(house: House, plan: FloorPlan):
    house.do("remove_shape", id=shape(plan, "0301").pk)
    added = house.do("add_shape", plan=plan.pk, number="0301", corners="0,0 3,0 3,6 0,6", room=house.rooms[0].pk)
    assert Shape.objects.get(pk=added).area == Decimal("18.00")


def test_an_accepted_version_is_revised_not_changed(house: House, plan: FloorPlan):
    house.do("accept_plan", id=plan.pk)
    with pytest.raises(Refused, match="修订"):
        house.do("correct_shape", id=shape(plan, "0301").pk, number="9")
    draft = FloorPlan.objects.get(pk=house.do("revise_plan", id=plan.pk))
    house.do("correct_shape", id=shape(draft, "0301").pk, number="0309")
    assert shape(plan, "0301").number == "0301"


def test_a_room_of_another_building_is_refused(house: House, plan: FloorPlan):
    other = type(house.building).objects.create(
        place=type(house.building.place).objects.create(code="B-2", name="二号楼", kind="building", unit=house.town.city)
    )
    stray = room(other, house.town.city, "B-2-0301", "10")
    with pytest.raises(Refused, match="另一栋楼"):
        house.do("correct_shape", id=shape(plan, "0301").pk, room=stray.pk)
