"""Files as they come: told by their bytes, recovered where damaged, refused by name where they are nothing."""

import random
import sys
from collections.abc import Callable
from pathlib import Path

import ezdxf
import pytest

from gongjia.domains.drawings.reading import CannotRead, Limits, content, read_apart, read_plan
from tests.domains.drawings.reading.drawn import dwg, dxf, row

Write = Callable[..., Path]

NUMBERS = ["301", "302", "303"]


def refused(path: Path):
    with pytest.raises(CannotRead) as refusal:
        read_plan(path)
    return refusal.value.code


@pytest.mark.parametrize("write", [dxf, dwg])
def test_a_file_is_told_by_its_bytes_whatever_its_name(tmp_path: Path, write: Write):
    plan = read_plan(write(row(NUMBERS), tmp_path / "plan.pdf"))
    assert plan.kind == write.__name__ and len(plan.rooms) == 3


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"), (b"  \n\n", "empty_file"), (b"%PDF-1.7 ...", "not_a_drawing"), (b"PK\x03\x04zip", "not_a_drawing"),
        (b"just some words\n", "not_a_drawing"), (b"AC1027" + b"\0" * 200, "broken"), (b"AC1.50" + b"\0" * 200, "dwg_version"),
        (b"ISO-10303-21;\nHEADER;\nFILE_SCHEMA(('CONFIG_CONTROL_DESIGN'));\nENDSEC;", "not_a_drawing"),
        (bytes(range(256)) * 40, "not_a_drawing"),
    ],
)  # fmt: skip
def test_what_is_no_drawing_is_refused(tmp_path: Path, data: bytes, code: str):
    (tmp_path / "a.dxf").write_bytes(data)
    assert refused(tmp_path / "a.dxf") == code


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path):
    assert refused(tmp_path / "none.dxf") == "no_file" and refused(tmp_path) == "no_file"


def test_a_drawing_without_content_is_refused(tmp_path: Path):
    ezdxf.new().saveas(tmp_path / "a.dxf")
    assert refused(tmp_path / "a.dxf") == "empty"


def read_or_refused(path: Path) -> str:
    """Read a file that may be broken: anything but a plan or a refusal by name fails the test."""
    try:
        return read_plan(path).kind
    except CannotRead as refusal:
        return refusal.code


def test_a_file_cut_short_gives_what_is_left_or_a_refusal(tmp_path: Path) -> None:
    data = dxf(row(NUMBERS), tmp_path / "a.dxf").read_bytes()
    for share in (0.2, 0.5, 0.9, 0.99):
        (tmp_path / "b.dxf").write_bytes(data[: int(len(data) * share)])
        assert read_or_refused(tmp_path / "b.dxf") in {"dxf", "broken", "empty"}


@pytest.mark.parametrize("write", [dxf, dwg])
def test_broken_bytes_never_break_the_reader(tmp_path: Path, write: Write) -> None:
    data, draw = bytearray(write(row(NUMBERS), tmp_path / "a").read_bytes()), random.Random(7)
    for _round in range(12):
        broken = bytearray(data)
        for _byte in range(30):
            broken[draw.randrange(20, len(broken))] = draw.randrange(256)
        (tmp_path / "b").write_bytes(broken)
        assert read_or_refused(tmp_path / "b") in {"dxf", "dwg", "broken", "empty", "dwg_version", "too_big", "not_a_drawing"}


def test_a_damaged_structure_is_recovered(tmp_path: Path):
    path = dxf(row(NUMBERS), tmp_path / "a.dxf")
    path.write_bytes(path.read_bytes().replace(b"  0\nENDSEC\n  0\nSECTION\n  2\nOBJECTS", b"  0\nSECTION\n  2\nOBJECTS"))
    assert len(read_plan(path).rooms) == 3


def test_a_file_of_nothing_but_entities_is_read_and_its_unit_asked_for(tmp_path: Path):
    sides = ((0, 0, 4000, 0), (4000, 0, 4000, 5000), (4000, 5000, 0, 5000), (0, 5000, 0, 0))
    lines = "".join("0\nLINE\n8\nWALL\n10\n{}\n20\n{}\n11\n{}\n21\n{}\n".format(*side) for side in sides)
    text = "0\nTEXT\n8\nTEXT\n10\n1000\n20\n1000\n40\n300\n1\n101 会议室\n"
    (tmp_path / "a.dxf").write_bytes(
        f"999\nhello\n0\nSECTION\n2\nENTITIES\n{lines}{text}0\nENDSEC\n0\nEOF\n".replace("\n", "\r\n").encode("gbk")
    )
    plan = read_plan(tmp_path / "a.dxf")
    assert [(room.number, room.name, room.area_m2) for room in plan.rooms] == [("101", "会议室", 20.0)]
    assert "no_unit" in {note.code for note in plan.notes}


def test_a_binary_dxf_is_read(tmp_path: Path):
    document = ezdxf.readfile(dxf(row(NUMBERS), tmp_path / "a.dxf"))
    document.saveas(tmp_path / "b.dxf", fmt="bin")
    assert len(read_plan(tmp_path / "b.dxf").rooms) == 3


def test_blocks_that_insert_themselves_end(tmp_path: Path):
    document = ezdxf.readfile(dxf(row(NUMBERS), tmp_path / "a.dxf"))
    block = document.blocks.new("LOOP")
    block.add_blockref("LOOP", (1, 1))
    block.add_line((0, 0), (1, 1))
    document.modelspace().add_blockref("LOOP", (0, 0))
    document.saveas(tmp_path / "b.dxf")
    assert len(read_plan(tmp_path / "b.dxf").rooms) == 3


def test_blocks_that_multiply_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(content, "MOST_PIECES", 5_000)
    document = ezdxf.new()
    document.blocks.new("B0").add_line((0, 0), (1, 1))
    for level in range(1, 6):
        block = document.blocks.new(f"B{level}")
        for at in range(10):
            block.add_blockref(f"B{level - 1}", (at, 0))
    document.modelspace().add_blockref("B5", (0, 0))
    document.saveas(tmp_path / "a.dxf")
    assert refused(tmp_path / "a.dxf") == "too_big"


def test_objects_of_other_programs_are_counted(tmp_path: Path):
    path = dxf(row(NUMBERS), tmp_path / "a.dxf")
    wall = b"  0\nTCH_WALL\n  5\nFFF1\n100\nAcDbEntity\n  8\nWALL\n"
    path.write_bytes(path.read_bytes().replace(b"  0\nLINE\n", wall + b"  0\nLINE\n", 1))
    plan = read_plan(path)
    assert {"kinds": "TCH_WALL × 1"} in [note.params for note in plan.notes if note.code == "unread_objects"]


def test_without_the_ifc_library_the_refusal_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "ifcopenshell", None)
    (tmp_path / "a.ifc").write_bytes(b"ISO-10303-21;\nHEADER;\nFILE_SCHEMA(('IFC4'));\nENDSEC;\nDATA;\nENDSEC;\nEND-ISO-10303-21;\n")
    assert refused(tmp_path / "a.ifc") == "no_ifc_library"


def test_a_reading_apart_gives_the_same_plan_and_the_same_refusals(tmp_path: Path) -> None:
    path = dxf(row(NUMBERS), tmp_path / "3F.dxf")
    assert read_apart(path) == read_plan(path)
    ezdxf.new().saveas(tmp_path / "a.dxf")
    with pytest.raises(CannotRead, match="empty"):
        read_apart(tmp_path / "a.dxf")


def test_a_reading_apart_ends_where_it_uses_too_much(tmp_path: Path) -> None:
    path = dxf(row(str(at) for at in range(100, 1000)), tmp_path / "a.dxf")
    with pytest.raises(CannotRead, match="too_slow"):
        read_apart(path, limits=Limits(seconds=1, memory=6 << 30))
