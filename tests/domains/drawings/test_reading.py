"""A drawing comes in, is read by a job, and becomes a draft whose rooms are matched with the ledger."""

from __future__ import annotations

import pytest

from gongjia.core import files
from gongjia.core.action import actions
from gongjia.core.problems import Forbidden, Refused
from gongjia.demo.drawings import Wanted
from gongjia.domains.drawings.models import Drawing, FloorPlan, Shape
from tests.domains.drawings.plans import AREAS, House, shape


def test_rooms_are_read_and_matched_by_number(house: House):
    plan = house.draft(house.wanted())
    pairs = Shape.objects.filter(plan=plan, room__isnull=False).order_by("number").values_list("number", "room", "linked")
    assert list(pairs) == [(f"030{n}", room.pk, "number") for n, room in enumerate(house.rooms, 1)]
    assert [str(shape(plan, f"030{n}").area) for n in (1, 2, 3, 4)] == list(AREAS)


def test_stairs_corridor_and_toilets_are_no_rooms_that_the_ledger_lacks(house: House):
    plan = house.draft(house.wanted())
    assert set(Shape.objects.filter(plan=plan, linked="common").values_list("name", flat=True)) == {"楼梯间", "走廊", "卫生间"}
    assert not Shape.objects.filter(plan=plan, linked="none").exists()


def test_the_floor_takes_the_name_that_the_ledger_has_for_it(house: House):
    drawing = house.upload(house.wanted(), storey="三层")
    house.read(drawing)
    assert FloorPlan.objects.get(drawing=drawing).storey == "3层"


def test_what_cannot_be_read_says_what_where_and_how(house: House):
    drawing = house.kept(files.store_chunks([b"0\nSECTION\n2\nENTITIES\n garbage"], "坏图.dxf").digest)
    job = house.read(drawing)
    drawing.refresh_from_db()
    assert (job.state, drawing.state) == ("failed", "failed")
    assert "坏图.dxf" in drawing.problem
    assert drawing.problem in job.message
    assert not FloorPlan.objects.exists()


def test_a_drawing_without_rooms_is_told_so(house: House):
    job = house.read(house.kept(files.store_chunks([b"%PDF-1.7 not a plan"], "plan.pdf").digest))
    assert "DXF" in job.message


def test_reading_again_takes_the_place_of_the_draft_and_leaves_what_was_accepted(house: House):
    drawing = house.upload(house.wanted())
    house.read(drawing)
    first = FloorPlan.objects.live().get()
    house.do("choose_reading", id=drawing.pk, scale="0.01")
    house.read(Drawing.objects.get(pk=drawing.pk))
    second = FloorPlan.objects.live().get()
    assert second.pk != first.pk
    assert round(shape(second, "0301").area / shape(first, "0301").area) == 100


def test_no_scale_is_nothing(house: House):
    drawing = house.upload(house.wanted())
    with pytest.raises(Refused, match="大于零"):
        house.do("choose_reading", id=drawing.pk, scale="0")


def test_who_does_not_look_after_the_building_uploads_nothing(house: House):
    digest = files.store_chunks([b"x"], "x.dxf").digest
    raw = {"building": house.building.pk, "name": "x", "digest": digest}
    with pytest.raises((Forbidden, Refused)):
        actions["drawings.upload_drawing"].run(house.town.clerk, raw)


def test_a_link_made_by_hand_is_kept_for_the_next_drawing(house: House):
    rooms = [*house.wanted((3, None)), Wanted("0399", "办公室", house.wanted()[3].area)]
    plan = house.draft(rooms)
    house.do("correct_shape", id=shape(plan, "0399").pk, room=house.rooms[3].pk)
    house.do("accept_plan", id=plan.pk)
    assert shape(house.draft(rooms), "0399").room_id == house.rooms[3].pk


def test_a_withdrawn_drawing_takes_its_draft_along(house: House):
    plan = house.draft(house.wanted())
    house.do("withdraw_drawing", id=plan.drawing_id)
    assert not FloorPlan.objects.live().exists()
    assert not Drawing.objects.live().exists()
