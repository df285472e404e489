"""IFC: the model's own spaces by storey, with the quantity that it states."""

from pathlib import Path
from typing import Any

import pytest

from gongjia.domains.drawings.reading import CannotRead, read_plan

ifcopenshell = pytest.importorskip("ifcopenshell")


def model(path: Path, *, unit: str | None = "MILLI", spaces: tuple[Any, ...] = (("101", "办公室", 4.0, 5.0, None),)) -> Path:
    """Write a building with one storey whose spaces are (number, name, width, depth in metres, stated area)."""
    run = pytest.importorskip("ifcopenshell.api").run
    made = run("project.create_file")
    run("root.create_entity", made, ifc_class="IfcProject", name="P")
    length = run("unit.add_si_unit", made, unit_type="LENGTHUNIT", **({"prefix": unit} if unit else {}))
    run("unit.assign_unit", made, units=[length, run("unit.add_si_unit", made, unit_type="AREAUNIT")])
    body = run("context.add_context", made, context_type="Model")
    body = run("context.add_context", made, context_type="Model", context_identifier="Body", target_view="MODEL_VIEW", parent=body)
    storey = run("root.create_entity", made, ifc_class="IfcBuildingStorey", name="一层")
    run("aggregate.assign_object", made, products=[storey], relating_object=made.by_type("IfcProject")[0])
    for at, space in enumerate(spaces):
        add_space(run, made, body, storey, space, at * 10.0, 1000.0 if unit else 1.0)
    made.write(str(path))
    return path


def add_space(run: Any, made: Any, body: Any, storey: str, space: Any, x: Any, scale: Any):
    number, name, wide, deep, stated = space
    each = run("root.create_entity", made, ifc_class="IfcSpace", name=number)
    each.LongName = name
    if wide:
        add_body(run, made, body, each, [(x, 0.0), (x + wide, 0.0), (x + wide, deep), (x, deep), (x, 0.0)], scale)
    run("aggregate.assign_object", made, products=[each], relating_object=storey)
    if stated:
        quantities = run("pset.add_qto", made, product=each, name="Qto_SpaceBaseQuantities")
        run("pset.edit_qto", made, qto=quantities, properties={"NetFloorArea": stated})


def add_body(run: Any, made: Any, body: Any, space: Any, corners: list[tuple[float, float]], scale: float) -> None:
    points = [made.createIfcCartesianPoint((x * scale, y * scale)) for x, y in corners]
    profile = made.createIfcArbitraryClosedProfileDef("AREA", None, made.createIfcPolyline(points))
    place = made.createIfcAxis2Placement3D(made.createIfcCartesianPoint((0.0, 0.0, 0.0)))
    solid = made.createIfcExtrudedAreaSolid(profile, place, made.createIfcDirection((0.0, 0.0, 1.0)), 3.0 * scale)
    shape = made.createIfcShapeRepresentation(body, "Body", "SweptSolid", [solid])
    run("geometry.assign_representation", made, product=space, representation=shape)


@pytest.mark.parametrize("unit", ["MILLI", None])
def test_spaces_are_rooms_in_metres(tmp_path: Path, unit: float):
    plan = read_plan(model(tmp_path / "a", unit=unit))
    (room,) = plan.rooms
    assert (room.storey, room.number, room.name, room.use, room.area_m2) == ("一层", "101", "办公室", "office", pytest.approx(20))
    assert sorted(room.vertices) == [pytest.approx(at) for at in [(0, 0), (0, 5), (4, 0), (4, 5)]] and plan.kind == "ifc"


def test_the_area_that_the_model_states_is_used_and_a_difference_told(tmp_path: Path):
    plan = read_plan(model(tmp_path / "a", spaces=(("101", "办公室", 4.0, 5.0, 21.5),)))
    assert plan.rooms[0].area_m2 == 21.5 and plan.rooms[0].said_area_m2 == 21.5
    assert [note.params["drawn"] for note in plan.notes if note.code == "area_differs"] == ["20.00"]


def test_a_stated_area_in_another_unit_is_not_used(tmp_path: Path):
    plan = read_plan(model(tmp_path / "a", spaces=(("101", "办公室", 4.0, 5.0, 20_000_000.0),)))
    assert plan.rooms[0].area_m2 == pytest.approx(20)


def test_a_space_without_a_body_keeps_the_area_that_the_model_states(tmp_path: Path) -> None:
    plan = read_plan(model(tmp_path / "a", spaces=(("101", "办公室", 0.0, 0.0, 20.0), ("102", "库房", 0.0, 0.0, None))))
    assert [(room.number, room.area_m2, room.vertices) for room in plan.rooms] == [("101", 20.0, [])]
    assert [note.params["room"] for note in plan.notes if note.code == "no_outline"] == ["101", "102"]


def test_a_model_without_spaces_says_so(tmp_path: Path):
    plan = read_plan(model(tmp_path / "a", spaces=()))
    assert plan.rooms == [] and [note.code for note in plan.notes] == ["no_spaces"]


def test_a_broken_model_is_refused(tmp_path: Path):
    (tmp_path / "a.ifc").write_bytes(b"ISO-10303-21;\nHEADER;\nFILE_SCHEMA(('IFC4'));\nENDSEC;\nDATA;\n#1=IFCWALL(((;\n")
    with pytest.raises(CannotRead):
        read_plan(tmp_path / "a.ifc")
