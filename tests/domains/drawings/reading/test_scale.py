"""Units: the header is believed where the rooms agree, and asked about where they do not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gongjia.domains.drawings.reading import Reading, ReadPlan, read_plan
from gongjia.domains.drawings.reading.scale import Evidence, choose
from tests.domains.drawings.reading.drawn import CM, INCH, MM, M, dwg, dxf, row

Write = Callable[..., Path]

NUMBERS = ["301", "302", "303", "304", "305"]
NAMES = {MM: "mm", CM: "cm", M: "m", INCH: "inch"}
CODES = {MM: 4, CM: 5, M: 6, INCH: 1}


def areas(plan: ReadPlan):
    return {room.number: pytest.approx(room.area_m2, rel=0.001) for room in plan.rooms}


@pytest.mark.parametrize("unit", [MM, CM, M, INCH])
def test_the_unit_of_the_header_is_used(tmp_path: Path, unit: float):
    plan = read_plan(dxf(row(NUMBERS), tmp_path / "a.dxf", unit, CODES[unit]))
    assert areas(plan) == dict.fromkeys(NUMBERS, 20.0)
    assert not {"unit_lies", "unit_doubt", "no_unit"} & {note.code for note in plan.notes}


@pytest.mark.parametrize("write", [dxf, dwg])
@pytest.mark.parametrize(("unit", "declared"), [(MM, 6), (MM, 1), (MM, 5), (M, 4), (M, 5), (CM, 4), (CM, 6), (MM, 2)])
def test_a_header_that_lies_is_found_out_and_told(tmp_path: Path, write: Write, unit: float, declared: int):
    plan = read_plan(write(row(NUMBERS), tmp_path / "a", unit, declared))
    assert areas(plan) == dict.fromkeys(NUMBERS, 20.0)
    (lie,) = [note for note in plan.notes if note.code == "unit_lies"]
    assert lie.params["used"] == NAMES[unit]


@pytest.mark.parametrize("unit", [MM, M, CM])
def test_a_header_without_a_unit_is_made_up_for(tmp_path: Path, unit: float):
    plan = read_plan(dxf(row(NUMBERS), tmp_path / "a.dxf", unit, 0))
    assert areas(plan) == dict.fromkeys(NUMBERS, 20.0)


def test_a_person_settles_the_scale(tmp_path: Path):
    plan = read_plan(dxf(row(NUMBERS, door=None), tmp_path / "a.dxf"), Reading(scale=0.002))
    assert plan.scale == 0.002 and {round(room.area_m2) for room in plan.rooms} == {80}
    assert not any(note.code.startswith("unit") for note in plan.notes)


def test_every_unit_is_offered_with_the_room_it_would_give(tmp_path: Path):
    floor = row(NUMBERS)
    floor.rings.append(("ROOM", [(0, 0), (4, 0), (4, 5), (0, 5)]))
    offered = {each.unit: each for each in read_plan(dxf(floor, tmp_path / "a.dxf")).scale_candidates}
    assert offered["mm"].declared and offered["mm"].median_room_m2 == 20.0 and offered["m"].median_room_m2 == 20e6


def test_written_areas_outvote_the_header():
    choice = choose(Evidence(declared=1.0, room_areas=[2e5], said=[(20.0, 2e5), (30.0, 3e5)]), Reading())
    assert choice.scale == 0.01 and choice.notes[0].code == "unit_lies"


def test_two_units_that_fit_alike_are_asked_about():
    choice = choose(Evidence(extent=1500.0), Reading())
    assert choice.notes[0].code == "unit_doubt"
