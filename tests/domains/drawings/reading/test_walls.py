"""Rooms from walls: doors, gaps, overshoots, glass fronts, and what is told where a wall is missing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gongjia.domains.drawings.reading import Reading, ReadPlan, read_plan
from tests.domains.drawings.reading import drawn
from tests.domains.drawings.reading.drawn import Floor, boxes, dwg, dxf, row

Write = Callable[..., Path]

NUMBERS = ["301", "302", "303"]


def areas(plan: ReadPlan) -> dict[str, float]:
    return {room.number: round(room.area_m2, 2) for room in plan.rooms}


def codes(plan: ReadPlan) -> set[str]:
    return {note.code for note in plan.notes}


@pytest.mark.parametrize("write", [dxf, dwg])
def test_rooms_end_at_the_inner_face_of_their_walls(tmp_path: Path, write: Write):
    plan = read_plan(write(row(NUMBERS), tmp_path / "3F"))
    assert areas(plan) == dict.fromkeys(NUMBERS, 20.0)
    assert plan.rooms[0].vertices and {room.name for room in plan.rooms} == {"办公室"}
    assert {room.use for room in plan.rooms} == {"office"} and plan.storeys == ["3F"]


@pytest.mark.parametrize("jambs", [True, False])
@pytest.mark.parametrize("door", [None, 0.7, 0.9, 1.2])
def test_a_gap_as_wide_as_a_door_is_bridged_with_and_without_jambs(tmp_path: Path, door: float | None, jambs: bool):
    assert areas(read_plan(dxf(row(NUMBERS, door=door, jambs=jambs), tmp_path / "a.dxf"))) == dict.fromkeys(NUMBERS, 20.0)


def test_a_gap_wider_than_a_door_stays_open_and_is_told(tmp_path: Path):
    plan = read_plan(dxf(row(["301"], door=1.6, jambs=False), tmp_path / "a.dxf"))
    assert not plan.rooms and {"unmatched_label", "open_wall"} <= codes(plan)


def test_a_person_may_allow_a_wider_gap(tmp_path: Path):
    path = dxf(row(["301"], door=1.6, jambs=False), tmp_path / "a.dxf")
    assert areas(read_plan(path, Reading(gap_m=1.8))) == {"301": 20.0}


def test_a_wide_gap_is_bridged_where_a_window_is_drawn_in_it(tmp_path: Path):
    floor = row(["301"], door=2.4)
    floor.line("WINDOW", 0.8, -0.1, 3.2, -0.1)
    assert areas(read_plan(dxf(floor, tmp_path / "a.dxf"))) == {"301": 20.0}


def test_a_door_in_the_corner_reaches_the_wall_across(tmp_path: Path):
    floor = Floor()
    floor.path("WALL", [(0.9, 0), (4, 0), (4, 5), (0, 5), (0, -0.2)])
    floor.path("WALL", [(0.9, 0), (0.9, -0.2), (4.2, -0.2)])
    floor.text("TEXT", "301", 1, 2)
    assert areas(read_plan(dxf(floor, tmp_path / "a.dxf"))) == {"301": 20.0}


def test_door_leaves_and_swings_do_not_cut_rooms_even_on_the_wall_layer(tmp_path: Path):
    floor = row(NUMBERS)
    for box in boxes(3):
        floor.swing(box, "WALL")
    assert areas(read_plan(dxf(floor, tmp_path / "a.dxf"))) == dict.fromkeys(NUMBERS, 20.0)


def test_ends_that_miss_or_overshoot_by_20_millimetres_are_one_corner(tmp_path: Path):
    floor = Floor()
    for at in ((0, 0.02, 0, 5), (0, 5.02, 4, 5.02), (4, 5, 4, -0.02), (3.98, 0, 0.0, 0)):
        floor.line("WALL", *at)
    floor.text("TEXT", "301", 1, 2)
    assert areas(read_plan(dxf(floor, tmp_path / "a.dxf")))["301"] == pytest.approx(20, rel=0.006)


def test_a_pilaster_in_a_narrow_corridor_does_not_cut_it(tmp_path: Path):
    floor = Floor()
    floor.path("WALL", [(0, 0), (5, 0), (5, 0.25), (5.4, 0.25), (5.4, 0), (12, 0), (12, 1.3), (0, 1.3), (0, 0)])
    floor.text("TEXT", "走廊", 2, 0.5)
    plan = read_plan(dxf(floor, tmp_path / "a.dxf"))
    assert [round(room.area_m2, 2) for room in plan.rooms] == [15.5] and plan.rooms[0].use == "other"


def test_a_column_in_a_room_is_taken_off_its_area(tmp_path: Path):
    floor = row(["301"])
    floor.rings.append(("COLUMN", [(2, 2), (2.5, 2), (2.5, 2.5), (2, 2.5)]))
    plan = read_plan(dxf(floor, tmp_path / "a.dxf"))
    assert areas(plan) == {"301": 19.75} and len(plan.rooms[0].holes) == 1


def test_furniture_blocks_are_left_out_and_a_block_of_walls_is_not(tmp_path: Path):
    floor = Floor(blocks={"DESK": Floor(), "单元": row(["301"])})
    floor.blocks["DESK"].path("0", [(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)])
    floor.inserts = [("FURNITURE", "DESK", 101, 202), ("0", "单元", 100, 200)]
    assert areas(read_plan(dxf(floor, tmp_path / "a.dxf"))) == {"301": 20.0}


def test_two_numbers_without_a_wall_between_them_are_told(tmp_path: Path):
    floor = row(["301"])
    floor.text("TEXT", "302", 2, 4.5)
    plan = read_plan(dxf(floor, tmp_path / "a.dxf"))
    assert len(plan.rooms) == 1 and "several_labels" in codes(plan)


def test_a_room_without_text_is_told_among_rooms_with_text(tmp_path: Path):
    floor = row(NUMBERS)
    floor.texts = floor.texts[:-2]
    plan = read_plan(dxf(floor, tmp_path / "a.dxf"))
    assert set(areas(plan)) == {"301", "302"}


def test_walls_on_a_layer_without_a_telling_name_are_found_and_the_guess_is_told(tmp_path: Path):
    plan = read_plan(dxf(row(NUMBERS, wall="图层1"), tmp_path / "a.dxf"))
    assert areas(plan) == dict.fromkeys(NUMBERS, 20.0) and "guessed_walls" in codes(plan)


def test_a_person_names_the_wall_layer(tmp_path: Path):
    floor = row(NUMBERS, wall="X1")
    floor.line("X2", -1, 2.5, 14, 2.5)
    plan = read_plan(dxf(floor, tmp_path / "a.dxf"), Reading(wall_layers=("x1",)))
    assert areas(plan) == dict.fromkeys(NUMBERS, 20.0) and plan.layers["X1"].role == "wall"


@pytest.mark.parametrize("wall", ["WALL", "墙", "A-WALL", "xref-3$0$A-WALL", "plan|WALL", "WAND-TRAGEND", "建-墙体"])
def test_walls_are_known_by_their_layer(tmp_path: Path, wall: str):
    floor = row(NUMBERS, wall=wall.replace("|", "$0$"))
    floor.line("A-GRID", -1, 2.5, 14, 2.5)
    assert areas(read_plan(dxf(floor, tmp_path / "a.dxf"))) == dict.fromkeys(NUMBERS, 20.0)


def test_far_from_the_origin_rooms_keep_their_size_and_place(tmp_path: Path):
    plan = read_plan(dxf(row(NUMBERS, x=500_000, y=3_400_000), tmp_path / "a.dxf"))
    assert areas(plan) == dict.fromkeys(NUMBERS, 20.0)
    assert min(x for x, _y in plan.rooms[0].vertices) == pytest.approx(500_000, abs=0.001)


def test_a_mirrored_block_is_read_where_it_stands(tmp_path: Path):
    floor = Floor(blocks={"HALF": row(["301"])})
    floor.inserts = [("0", "HALF", 0, 0)]
    path = dxf(floor, tmp_path / "a.dxf")
    document = drawn.ezdxf.readfile(path)
    document.modelspace()[0].dxf.xscale = -1
    document.saveas(path)
    assert min(x for x, _y in read_plan(path).rooms[0].vertices) == pytest.approx(-4)
