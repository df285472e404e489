"""Reading IFC: the model's own spaces, each cut at its floor."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from gongjia.domains.drawings.reading.assembling import natural, ring_of
from gongjia.domains.drawings.reading.plan import CannotRead, Layer, Reading, ReadPlan, ReadRoom, Remark, ScaleCandidate
from gongjia.domains.drawings.reading.scale import unit_of
from gongjia.domains.drawings.reading.uses import use_of

_DOWN = -0.7  # how far a face looks down before it counts as floor
_GRID = 1e-4
_AREAS = ("NetFloorArea", "GSA BIM Area", "GrossFloorArea", "NetArea", "Area")
_FLOOR_AREA = re.compile(r"^(?!.*(?:wall|ceiling|wand|decke|window|door|surface)).*(?:floor|area|fläche|面积)", re.IGNORECASE)
_DIFFERS = 0.03
_WRONG_UNIT = 3.0  # a quantity that is this many times off was written in another unit
_GEOMETRY = (RuntimeError, ValueError, TypeError, AttributeError, IndexError)


def read(path: Path, reading: Reading, name: str) -> ReadPlan:
    """Read an IFC file; raises CannotRead where the library is missing or the model is broken."""
    try:
        library = import_module("ifcopenshell")
        geometry, elements, units = (import_module(f"ifcopenshell.{part}") for part in ("geom", "util.element", "util.unit"))
    except ImportError as missing:
        raise CannotRead("no_ifc_library", name=name) from missing
    try:
        model = library.open(str(path))
    except (RuntimeError, OSError, ValueError, TypeError, library.Error) as error:
        raise CannotRead("broken", name=name, detail=str(error).strip().partition("\n")[0][:160]) from error
    scale = reading.scale or units.calculate_unit_scale(model)
    rooms, notes = _rooms(model, geometry, elements, units)
    storeys = [storey for storey in _storeys(model) if any(room.storey == storey for room in rooms)]
    storeys += [room.storey for room in rooms if room.storey not in storeys]
    order = {storey: place for place, storey in enumerate(dict.fromkeys(storeys))}
    rooms.sort(key=lambda room: (order[room.storey], natural(room.number or "~"), natural(room.name)))
    counts = Counter(each.is_a() for each in model.by_type("IfcProduct"))
    layers = {kind: Layer(kind, {kind: count}, "room" if kind == "IfcSpace" else "") for kind, count in sorted(counts.items())}
    return ReadPlan(rooms, list(order), layers, scale, [ScaleCandidate(unit_of(scale), scale, None, declared=True)], notes, "ifc")


def _storeys(model: Any) -> list[str]:
    """Return the storeys' names from the lowest up."""
    return [_text(each.Name) for each in sorted(model.by_type("IfcBuildingStorey"), key=lambda each: float(each.Elevation or 0))]


def _rooms(model: Any, geometry: Any, elements: Any, units: Any) -> tuple[list[ReadRoom], list[Remark]]:
    settings = geometry.settings()
    settings.set("use-world-coords", True)
    area_scale = units.calculate_unit_scale(model, unit_type="AREAUNIT")
    rooms, notes = [], []
    spaces = model.by_type("IfcSpace")
    for space in spaces:
        try:
            outline, parts = _footprint(geometry.create_shape(settings, space).geometry)
        except _GEOMETRY:
            outline, parts = None, 0
        said = _written(space, elements)
        room = _room(space, _storey_of(space, elements), outline, said * area_scale if said else None)
        notes += _doubts(room, outline, parts)
        if room.vertices or room.area_m2:
            rooms.append(room)
    return rooms, notes if spaces else [Remark("no_spaces")]


def _room(space: Any, storey: str, outline: shapely.Polygon | None, said: float | None) -> ReadRoom:
    """Return a space as a room; its area is the model's own quantity where there is one, which may be measured to the walls' axes."""
    name = _text(space.LongName) or _text(space.ObjectType) or _text(space.Description)
    written = round(said, 4) if said else None
    if outline is None:
        return ReadRoom(storey, _text(space.Name), name, use_of(name), written or 0.0, [], [], written)
    area = said if said and outline.area / _WRONG_UNIT < said < outline.area * _WRONG_UNIT else outline.area
    holes = [ring_of(hole) for hole in outline.interiors]
    return ReadRoom(storey, _text(space.Name), name, use_of(name), round(area, 4), ring_of(outline.exterior), holes, written)


def _doubts(room: ReadRoom, outline: shapely.Polygon | None, parts: int) -> list[Remark]:
    """Tell a space without a body, one in several parts, and one whose quantity is not the area of its body."""
    which = {"room": room.number or room.name}
    if outline is None:
        return [Remark("no_outline", which, room.storey)]
    notes = [Remark("in_parts", {**which, "parts": str(parts)}, room.storey)] if parts > 1 else []
    written = room.said_area_m2
    if written and abs(outline.area - written) > _DIFFERS * written:
        told = {**which, "written": f"{written:.2f}", "drawn": f"{outline.area:.2f}"}
        notes.append(Remark("area_differs", told, room.storey, room.vertices[0]))
    return notes


def _footprint(mesh: Any) -> tuple[shapely.Polygon | None, int]:
    """Return the outline of a body's lowest faces as seen from above, in metres, and in how many parts it lies."""
    points = np.array(mesh.verts, dtype=float).reshape(-1, 3)
    corners = points[np.array(mesh.faces, dtype=int).reshape(-1, 3)]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    length = np.linalg.norm(normals, axis=1)
    flat = corners[(length > 0) & (normals[:, 2] < _DOWN * length)]
    if not len(flat):
        flat = corners[length > 0]
    merged = shapely.union_all(shapely.polygons(np.round(flat[:, :, :2], 6)), grid_size=_GRID)
    parts = [part for part in shapely.get_parts(merged) if part.geom_type == "Polygon" and part.area > 0]
    return max(parts, key=lambda part: part.area, default=None), len(parts)


def _storey_of(space: Any, elements: Any) -> str:
    """Return the name of the storey that holds a space, through whatever it is nested in."""
    for owner in _owners(space, elements):
        if owner.is_a("IfcBuildingStorey"):
            return _text(owner.Name) or _text(owner.LongName)
    return ""


def _owners(element: Any, elements: Any) -> Iterator[Any]:
    for _step in range(8):
        element = elements.get_aggregate(element) or elements.get_container(element)
        if element is None:
            return
        yield element


def _written(space: Any, elements: Any) -> float | None:
    """Return the floor area among the quantities, in the model's own unit: by its usual names, else by a name that says area."""
    found = {name: value for values in elements.get_psets(space, qtos_only=True).values() for name, value in values.items()}
    areas = {name: float(value) for name, value in found.items() if isinstance(value, int | float) and name != "id" and value > 0}
    usual = next((areas[name] for name in _AREAS if name in areas), None)
    return usual or next((area for name, area in areas.items() if _FLOOR_AREA.search(name)), None)


def _text(value: Any) -> str:
    return str(value or "").strip()
