"""`gongjia plan read`: the rooms as JSON on stdout, doubts on stderr, one line where it could not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.domains.drawings.reading.drawn import M, dxf, row

Cli = Callable[..., Any]


def test_the_rooms_are_printed_as_a_list(cli: Cli, tmp_path: Path) -> None:
    said = cli("plan", "read", str(dxf(row(["301", "302"]), tmp_path / "三层.dxf")), "--json")
    assert (said.code, said.err) == (0, "")
    assert [list(room) for room in said.json] == [["storey", "number", "name", "area_m2", "vertices"]] * 2
    assert [(room["storey"], room["number"], room["area_m2"]) for room in said.json] == [("三层", "301", 20.0), ("三层", "302", 20.0)]
    assert sorted(said.json[0]["vertices"]) == [[0.0, 0.0], [0.0, 5.0], [4.0, 0.0], [4.0, 5.0]]


def test_a_table_for_people_tells_doubts_on_stderr(cli: Cli, tmp_path: Path) -> None:
    said = cli("plan", "read", str(dxf(row(["301", "302", "303"]), tmp_path / "3F.dxf", M, 4)))
    assert said.code == 0 and "3F：3 间，60.00 m²" in said.out and "单位" in said.err


def test_a_person_settles_layers_and_scale(cli: Cli, tmp_path: Path) -> None:
    path = str(dxf(row(["301"], wall="X1"), tmp_path / "a.dxf"))
    said = cli("plan", "read", path, "--walls", "X1", "--labels", "TEXT", "--scale", "0.002", "--gap", "2", "--json")
    assert [room["area_m2"] for room in said.json] == [80.0]


def test_a_drawing_without_rooms_ends_with_one(cli: Cli, tmp_path: Path) -> None:
    said = cli("plan", "read", str(dxf(row(["301"], door=3.0, jambs=False), tmp_path / "a.dxf")), "--json")
    assert (said.code, said.json) == (1, []) and "301" in said.err


def test_what_is_no_drawing_ends_with_two_and_one_line(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.dxf").write_bytes(b"%PDF-1.7")
    said = cli("plan", "read", str(tmp_path / "a.dxf"))
    assert (said.code, said.out) == (2, "") and said.err.count("\n") == 1 and "a.dxf" in said.err
    assert cli("plan", "read", str(tmp_path / "none.dxf")).code == 2
