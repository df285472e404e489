"""What texts say: numbers, names and areas apart, escapes undone, attributes by their tag, marks of doors ignored."""

from pathlib import Path

import ezdxf
import pytest

from gongjia.domains.drawings.reading import read_plan
from gongjia.domains.drawings.reading.texts import plain, told
from tests.domains.drawings.reading.drawn import Floor, dxf, row

SQUARE = [(0.0, 0.0), (4.0, 0.0), (4.0, 5.0), (0.0, 5.0)]


def told_as(line: str):
    return [(said.kind, round(said.figure, 2) or said.text) for said in told(line)]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("101", [("number", "101")]),
        ("A-101", [("number", "A-101")]),
        ("B1-03", [("number", "B1-03")]),
        ("H101", [("number", "H101")]),
        ("E1 会议室", [("number", "E1"), ("name", "会议室")]),
        ("ALSO ON BEARING WALLS FOR ROOFS. R-309.2", [("name", "ALSO ON BEARING WALLS FOR ROOFS. R-309.2")]),
        ("2 CAR GARAGE", [("name", "2 CAR GARAGE")]),
        ("办公室(24.5㎡)", [("area", 24.5), ("name", "办公室")]),
        ("1203室", [("number", "1203室")]),
        ("房号：305", [("number", "305")]),
        ("Room 12B", [("number", "12B")]),
        ("办公室", [("name", "办公室")]),
        ("Bedroom 2", [("name", "Bedroom 2")]),
        ("会议室1", [("name", "会议室1")]),
        ("101 办公室", [("number", "101"), ("name", "办公室")]),
        ("办公室101", [("number", "101"), ("name", "办公室")]),
        ("1 - Living room", [("number", "1"), ("name", "Living room")]),
        ("12.5m²", [("area", 12.5)]),
        ("使用面积：18.36㎡", [("area", 18.36)]),
        ("面积:20.1", [("area", 20.1)]),
        ("101 办公室 12.5㎡", [("area", 12.5), ("number", "101"), ("name", "办公室")]),
        ("S=18.00m2", [("area", 18.0)]),
        ("10' x 10'", [("area", 9.29)]),
        ("±0.000", [("other", "±0.000")]),
        ("-0.450", [("other", "-0.450")]),
        ("H=2.80", [("other", "H=2.80")]),
        ("1:100", [("other", "1:100")]),
        ("2400x1200", [("other", "2400x1200")]),
    ],
)
def test_a_line_is_told_by_its_form(line: str, says: list[tuple[str, object]]):
    assert told_as(line) == says


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("\\U+529E\\U+516C\\U+5BA4", "办公室"),
        ("\\M+5B0EC\\M+5B9AB", "办公"),
        ("%%u101%%u", "101"),
        ("%%p0.000", "±0.000"),
        ("20m%%178", "20m²"),
    ],
)
def test_escapes_are_undone(raw: str, words: str):
    assert plain(raw) == words


def test_attributes_say_what_their_tags_name(tmp_path: Path):
    document = ezdxf.new()
    document.header["$INSUNITS"] = 6
    document.blocks.new("TAG")
    document.modelspace().add_lwpolyline(SQUARE, close=True, dxfattribs={"layer": "ROOM"})
    insert = document.modelspace().add_blockref("TAG", (1, 2))
    for at, (tag, text) in enumerate([("ROOM_NO", "E"), ("NAME", "101"), ("AREA", "20,00")]):
        insert.add_attrib(tag, text, (1, 2 - at * 0.4), {"height": 0.3})
    document.saveas(tmp_path / "a.dxf")
    (room,) = read_plan(tmp_path / "a.dxf").rooms
    assert (room.number, room.name, room.said_area_m2) == ("E", "101", 20.0)


def test_marks_of_doors_and_windows_are_no_numbers(tmp_path: Path):
    floor = row(["301", "302", "303"])
    for at in range(3):
        floor.text("TEXT", "M0921", 1.5 + 4.4 * at, 0.5)
        floor.text("WINDOW_TEXT", f"C151{at}", 1.5 + 4.4 * at, 4.5)
    assert [room.number for room in read_plan(dxf(floor, tmp_path / "a.dxf")).rooms] == ["301", "302", "303"]


def test_an_area_without_a_unit_is_known_by_the_room_it_stands_in(tmp_path: Path):
    floor = row(["301"])
    floor.text("TEXT", "20.05", 1.2, 1.8)
    (room,) = read_plan(dxf(floor, tmp_path / "a.dxf")).rooms
    assert (room.number, room.said_area_m2) == ("301", 20.05)


def test_a_written_area_that_differs_is_told(tmp_path: Path):
    floor = row(["301"])
    floor.text("TEXT", "23.5㎡", 1.2, 1.8)
    notes = [note for note in read_plan(dxf(floor, tmp_path / "a.dxf")).notes if note.code == "area_differs"]
    assert [(note.params["written"], note.params["drawn"]) for note in notes] == [("23.50", "20.00")]


def test_a_text_in_no_room_is_told_with_its_place(tmp_path: Path):
    floor = row(["301"])
    floor.text("TEXT", "档案室", 30, 30)
    (note,) = [note for note in read_plan(dxf(floor, tmp_path / "a.dxf")).notes if note.code == "unmatched_label"]
    assert note.params == {"text": "档案室"} and note.at == pytest.approx((30.45, 30.15), abs=0.1)


@pytest.mark.parametrize("page", ["ANSI_936", "ANSI_1252", ""])
def test_gbk_is_read_whatever_the_header_says(tmp_path: Path, page: str):
    path = dxf(row(["301"], name="会议室"), tmp_path / "a.dxf", version="R2000", encoding="gbk")
    data = path.read_bytes()
    assert "会议室".encode("gbk") in data
    path.write_bytes(data.replace(b"ANSI_936", page.encode()) if page else data.replace(b"  9\n$DWGCODEPAGE\n  3\nANSI_936\n", b""))
    assert [(room.name, room.use) for room in read_plan(path).rooms] == [("会议室", "service")]


def test_umlauts_of_an_old_file_stay_umlauts(tmp_path: Path):
    path = dxf(row(["301"], name="Büro für Vermögen"), tmp_path / "a.dxf", version="R2000")
    assert [room.name for room in read_plan(path).rooms] == ["Büro für Vermögen"]


def test_gbk_in_a_file_that_should_be_utf8_is_read(tmp_path: Path):
    path = dxf(row(["301"], name="会议室"), tmp_path / "a.dxf")
    path.write_bytes(path.read_bytes().replace("会议室".encode(), "会议室".encode("gbk")))
    assert [room.name for room in read_plan(path).rooms] == ["会议室"]


def test_names_under_each_other_are_one_name(tmp_path: Path):
    floor = Floor(rings=[("ROOM", SQUARE)])
    floor.text("TEXT", "MASTER", 1, 3)
    floor.text("TEXT", "BEDROOM", 1, 2.5)
    assert [room.name for room in read_plan(dxf(floor, tmp_path / "a.dxf")).rooms] == ["MASTER BEDROOM"]
