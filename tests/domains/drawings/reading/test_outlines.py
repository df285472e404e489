"""Rooms from outlines: closed lines of every kind, nested ones, ones that cross themselves, hatches."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ezdxf
import pytest

from gongjia.domains.drawings.reading import Reading, ReadPlan, read_plan
from tests.domains.drawings.reading.drawn import Floor, boxes, dwg, dxf, half_round, half_round_area

Write = Callable[..., Path]

SQUARE = [(0.0, 0.0), (4.0, 0.0), (4.0, 5.0), (0.0, 5.0)]


def floor_of(*rings: Any, layer: str = "房间"):
    floor = Floor(rings=[(layer, ring) for ring in rings])
    for at, ring in enumerate(rings):
        floor.text("房间编号", f"20{at + 1}", ring[0][0] + 0.5, ring[0][1] + 0.5)
    return floor


def sizes(plan: ReadPlan):
    return {room.number: room.area_m2 for room in plan.rooms}


@pytest.mark.parametrize("write", [dxf, dwg])
def test_a_round_side_counts_to_within_a_thousandth(tmp_path: Path, write: Write):
    plan = read_plan(write(floor_of(half_round(0, 0, 4, 3)), tmp_path / "a"))
    assert sizes(plan)["201"] == pytest.approx(half_round_area(4, 3), rel=0.001)


def test_an_old_polyline_counts_like_a_new_one(tmp_path: Path):
    assert sizes(read_plan(dxf(floor_of(SQUARE), tmp_path / "a.dxf", version="R12"))) == {"201": 20.0}


def test_an_outline_that_crosses_itself_is_mended_and_told(tmp_path: Path):
    plan = read_plan(dxf(floor_of([(0, 0), (4, 0), (4, 5), (0, 5), (4, 5.5), (3.9, 4.9)]), tmp_path / "a.dxf"))
    assert len(plan.rooms) == 1 and "self_crossing" in {note.code for note in plan.notes}


def test_a_room_inside_a_room_is_taken_out_of_it(tmp_path: Path):
    inner = [(1.0, 2.0), (3.0, 2.0), (3.0, 4.0), (1.0, 4.0)]
    plan = read_plan(dxf(floor_of(SQUARE, inner), tmp_path / "a.dxf"))
    assert sizes(plan) == {"201": 16.0, "202": 4.0} and len(plan.rooms[0].holes) == 1


def test_the_outline_round_all_rooms_is_no_room(tmp_path: Path):
    floor = floor_of(*([(x0, y0), (x1, y0), (x1, y1), (x0, y1)] for x0, y0, x1, y1 in boxes(3)))
    floor.rings.append(("房间", [(-1, -1), (14, -1), (14, 6), (-1, 6)]))
    assert list(sizes(read_plan(dxf(floor, tmp_path / "a.dxf")))) == ["201", "202", "203"]


def test_an_outline_drawn_twice_is_one_room(tmp_path: Path):
    floor = floor_of(SQUARE)
    floor.rings.append(floor.rings[0])
    assert sizes(read_plan(dxf(floor, tmp_path / "a.dxf"))) == {"201": 20.0}


def test_an_outline_without_text_is_a_room_without_number(tmp_path: Path):
    plan = read_plan(dxf(Floor(rings=[("SPACE", SQUARE)]), tmp_path / "a.dxf"))
    assert [(room.number, room.area_m2) for room in plan.rooms] == [("", 20.0)]
    assert {"unlabelled_room", "no_labels"} <= {note.code for note in plan.notes}


def test_a_hatch_is_an_outline(tmp_path: Path):
    document = ezdxf.new()
    document.header["$INSUNITS"] = 6
    document.modelspace().add_hatch(dxfattribs={"layer": "A-AREA"}).paths.add_polyline_path(SQUARE, is_closed=True)
    document.modelspace().add_mtext("201\\P会议室\\P20.0m²", {"layer": "A-AREA-IDEN", "insert": (1, 3), "char_height": 0.3})
    document.saveas(tmp_path / "a.dxf")
    (room,) = read_plan(tmp_path / "a.dxf").rooms
    assert (room.number, room.name, room.use, room.area_m2, room.said_area_m2) == ("201", "会议室", "service", 20.0, 20.0)


def test_an_outline_that_nearly_closes_is_one(tmp_path: Path):
    document = ezdxf.new()
    document.header["$INSUNITS"] = 6
    document.modelspace().add_lwpolyline([(0.02, 0), (4, 0), (4, 5), (0, 5), (0, 0.01)], dxfattribs={"layer": "ROOM"})
    document.modelspace().add_text("201", height=0.3, dxfattribs={"layer": "ROOM", "insert": (1, 1)})
    document.saveas(tmp_path / "a.dxf")
    assert sizes(read_plan(tmp_path / "a.dxf"))["201"] == pytest.approx(20, rel=0.001)


def test_closed_lines_on_any_layer_serve_labels_that_have_no_room(tmp_path: Path):
    plan = read_plan(dxf(floor_of(SQUARE, layer="图层7"), tmp_path / "a.dxf"))
    assert sizes(plan) == {"201": 20.0}


def test_a_person_names_the_layer_of_outlines(tmp_path: Path):
    floor = floor_of(SQUARE, layer="Z9")
    floor.rings.append(("ROOM", [(0, 0), (2, 0), (2, 2), (0, 2)]))
    plan = read_plan(dxf(floor, tmp_path / "a.dxf"), Reading(room_layers=("Z9",)))
    assert sizes(plan) == {"201": 20.0} and plan.layers["Z9"].role == "room"
