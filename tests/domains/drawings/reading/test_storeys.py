"""Storeys: titles under plans side by side, layouts, blocks, and the file's own name."""

from collections.abc import Callable
from pathlib import Path

import ezdxf
import pytest

from gongjia.domains.drawings.reading import read_plan
from gongjia.domains.drawings.reading.storeys import level_of, storey_in, title_of
from tests.domains.drawings.reading.drawn import Floor, dwg, dxf, row

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("words", "storey"),
    [
        ("A栋一层平面图", "一层"), ("institute_Keller", "Keller"), ("institute_Erdgeschoss", "Erdgeschoss"), ("3F", "3F"),
        ("plan-B1", "B1"),
        ("地下一层", "地下一层"),
        ("Level 2", "Level 2"), ("ground floor", "ground floor"), ("标准层", "标准层"), ("办公楼", ""), ("desk", ""),
    ],
)  # fmt: skip
def test_a_name_tells_its_storey(words: str, storey: str):
    assert storey_in(words) == storey


@pytest.mark.parametrize(
    ("words", "storey"),
    [
        ("一层平面图 1:100", "一层"), ("二~五层平面图", "二~五层"), ("首层平面布置图", "首层"), ("Ground Floor Plan", "Ground Floor"),
        ("2F", "2F"),
        ("三层", "三层"), ("一层大厅", ""), ("办公室", ""), ("FLOOR PLAN", ""), ("101", ""),
    ],
)  # fmt: skip
def test_a_title_is_told_from_a_text_that_mentions_a_storey(words: str, storey: str):
    assert title_of(words) == storey


def two_floors():
    floor, upper = row(["101", "102"]), row(["201", "202"], x=30)
    floor.lines += upper.lines
    floor.texts += upper.texts
    floor.text("PUB_TITLE", "一层平面图 1:100", 2, -3, 0.8)
    floor.text("PUB_TITLE", "二层平面图 1:100", 32, -3, 0.8)
    return floor


@pytest.mark.parametrize("write", [dxf, dwg])
def test_plans_side_by_side_are_storeys_by_their_titles(tmp_path: Path, write: Write):
    plan = read_plan(write(two_floors(), tmp_path / "a"))
    assert {room.number: room.storey for room in plan.rooms} == {"101": "一层", "102": "一层", "201": "二层", "202": "二层"}
    assert sorted(plan.storeys) == ["一层", "二层"]


def test_plans_above_each_other_take_the_title_below_them(tmp_path: Path):
    floor, upper = row(["101"]), row(["201"], y=14)
    floor.lines += upper.lines
    floor.texts += upper.texts
    floor.text("TITLE", "一层平面图", 1, -3)
    floor.text("TITLE", "二层平面图", 1, 11)
    assert {room.number: room.storey for room in read_plan(dxf(floor, tmp_path / "a.dxf")).rooms} == {"101": "一层", "201": "二层"}


def test_blocks_named_after_storeys_are_storeys(tmp_path: Path):
    floor = Floor(blocks={"1F": row(["1"]), "2F": row(["1"])}, inserts=[("0", "1F", 0, 0), ("0", "2F", 20, 0)])
    assert read_plan(dxf(floor, tmp_path / "a.dxf")).storeys == ["1F", "2F"]


def test_a_drawing_that_only_defines_blocks_is_read_block_by_block(tmp_path: Path):
    floor = Floor(blocks={"1F": row(["101"]), "2F": row(["201"])})
    assert {room.number: room.storey for room in read_plan(dxf(floor, tmp_path / "a.dxf")).rooms} == {"101": "1F", "201": "2F"}


def test_layouts_are_read_where_the_model_space_is_empty(tmp_path: Path):
    document = ezdxf.new()
    document.header["$INSUNITS"] = 6
    for title in ("一层", "二层"):
        layout = document.layouts.new(title)
        layout.add_lwpolyline([(0, 0), (4, 0), (4, 5), (0, 5)], close=True, dxfattribs={"layer": "ROOM"})
        layout.add_text("办公室", height=0.3, dxfattribs={"layer": "ROOM", "insert": (1, 1)})
    document.saveas(tmp_path / "a.dxf")
    assert sorted(read_plan(tmp_path / "a.dxf").storeys) == ["一层", "二层"]


def test_the_file_name_tells_the_storey_where_the_drawing_does_not(tmp_path: Path):
    path = dxf(row(["101"]), tmp_path / "digest")
    assert read_plan(path, name="办公楼三层.dxf").storeys == ["三层"]


def test_same_numbers_in_plans_without_titles_are_kept_apart(tmp_path: Path):
    floor, other = row(["1", "2"]), row(["1", "2"], x=30)
    floor.lines += other.lines
    floor.texts += other.texts
    plan = read_plan(dxf(floor, tmp_path / "a.dxf"))
    assert plan.storeys == ["a (1)", "a (2)"] and "no_storey" in {note.code for note in plan.notes}


def test_storeys_stand_in_the_order_of_the_building():
    built = ["地下二层", "B1", "Ground Floor", "一层", "Second Floor", "3F", "十层", "十二层", "二十一层", "30F", "夹层", "屋顶"]
    assert sorted(sorted(built), key=level_of) == built  # from the order of the alphabet
