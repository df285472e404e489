"""Reading DWG: decoded natively, set up as a DXF document in memory, and from there on read like any DXF."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import ezdwg
import ezdxf

from gongjia.domains.drawings.reading.assembling import assemble
from gongjia.domains.drawings.reading.dxf import content_of
from gongjia.domains.drawings.reading.plan import CannotRead, Reading, ReadPlan

_BROKEN = (ValueError, OSError, RuntimeError, KeyError, IndexError, TypeError, AttributeError, ArithmeticError)
_TYPES = (
    "LINE", "LWPOLYLINE", "POLYLINE_2D", "POLYLINE_3D", "ARC", "CIRCLE", "ELLIPSE", "SPLINE", "TEXT", "MTEXT", "INSERT", "MINSERT",
    "ATTRIB", "HATCH", "SOLID", "TRACE", "MLINE", "DIMENSION",
)  # fmt: skip
_CLOSED = 1
_EXCEPTIONS_OF_RUST = "PanicException"


def read(path: Path, reading: Reading, name: str) -> ReadPlan:
    """Read a DWG file of R13 to R2018; raises CannotRead for older ones and for broken ones."""
    try:
        source = ezdwg.read(str(path))
        made = Setting(source)
        document = made.document()
    except _BROKEN as error:
        raise _refusal(error, name) from error
    except BaseException as error:
        if type(error).__name__ != _EXCEPTIONS_OF_RUST:
            raise
        raise _refusal(error, name) from error
    finally:
        ezdwg.clear_decode_caches()
    content = content_of(document, "dwg")
    content.errors += made.errors
    return assemble(content, reading, name)


def _refusal(error: BaseException, name: str) -> CannotRead:
    told = str(error).strip().partition("\n")[0][:160] or type(error).__name__
    if "version" in told.lower():
        return CannotRead("dwg_version", name=name, detail=told)
    return CannotRead("broken", name=name, detail=told)


class Setting:
    """Sets up the entities of a DWG in an empty DXF document; what cannot be set up is counted."""

    def __init__(self, source: Any) -> None:
        self.source, self.errors = source, 0
        self.made = ezdxf.new("R2010")
        self.layer_names = {layer.handle: layer.name for layer in source.layers}
        self.block_names = {handle: name for handle, name in ezdwg.raw.decode_block_header_names(source.path) if name}
        self.inserts: dict[int, Any] = {}
        self.adders: dict[str, Callable[[Any, Mapping[str, Any], dict[str, Any]], Any]] = {
            "LINE": lambda to, d, a: to.add_line(d["start"], d["end"], a),
            "ARC": lambda to, d, a: to.add_arc(d["center"], d["radius"], d["start_angle"], d["end_angle"], dxfattribs=_flipped(d, a)),
            "CIRCLE": lambda to, d, a: to.add_circle(d["center"], d["radius"], _flipped(d, a)),
            "LWPOLYLINE": _polyline, "POLYLINE_2D": _polyline, "POLYLINE_3D": _polyline, "ELLIPSE": _ellipse, "SPLINE": _spline,
            "SOLID": lambda to, d, a: to.add_solid(d["points"], a), "TRACE": lambda to, d, a: to.add_trace(d["points"], a),
            "TEXT": _text, "MTEXT": _mtext, "HATCH": _hatch, "MLINE": _mline, "DIMENSION": _dimension,
            "INSERT": _insert, "MINSERT": _insert,
        }  # fmt: skip

    def document(self) -> Any:
        """Return the document with layers, blocks, entities and the declared unit."""
        for layer in self.source.layers:
            if layer.name not in self.made.layers:
                made = self.made.layers.add(layer.name)
                made.dxf.flags = int(layer.frozen)
                if not layer.on:
                    made.off()
        self.made.header["$INSUNITS"] = self.source.insunits or 0
        self._blocks()
        for kind in _TYPES:
            for entity in self._decoded(kind):
                if kind == "ATTRIB":
                    self._attribute(entity)
                else:
                    self._add(entity)
        return self.made

    def _decoded(self, kind: str) -> list[Any]:
        """Return all entities of a kind; a kind whose records are damaged is counted and does not stop the others."""
        try:
            return list(self.source.entities().query(kind))
        except _BROKEN:
            self.errors += 1
            return []

    def _blocks(self) -> None:
        bases: dict[str, Any] = {}
        with suppress(*_BROKEN):
            bases = {row["name"]: row["base_point"] for row in ezdwg.raw.decode_write_blocks(self.source.path)}
        for name in self.block_names.values():
            if name not in self.made.blocks and not _is_layout(name):
                self.made.blocks.new(name, base_point=bases.get(name, (0, 0, 0)))

    def _home(self, entity: Any) -> Any:
        """Return the layout or block that holds an entity; None for one that belongs to another entity."""
        mode, owner = self.source.entity_placement(entity.handle) or (2, None)
        name = self.block_names.get(owner or 0, "")
        if mode == 1 or name.upper().startswith("*PAPER_SPACE"):
            return self.made.layouts.get("Layout1")
        if mode == 2 or not owner or _is_layout(name):
            return self.made.modelspace()
        return self.made.blocks.get(name) if name else None

    def _add(self, entity: Any) -> None:
        home = self._home(entity)
        if home is None:
            return
        try:
            made = self.adders[entity.dxftype](home, entity.dxf, {"layer": self._layer(entity)})
        except (*_BROKEN, ezdxf.DXFError):
            self.errors += 1
            return
        if entity.dxftype in {"INSERT", "MINSERT"}:
            self.inserts[entity.handle] = made

    def _attribute(self, entity: Any) -> None:
        insert = self.inserts.get(entity.dxf.get("owner_handle") or 0)
        attributes = _placed(entity.dxf, {"layer": self._layer(entity), "height": entity.dxf["height"]})
        if insert is not None:
            insert.add_attrib(entity.dxf["tag"], entity.dxf["text"], entity.dxf["insert"], attributes)

    def _layer(self, entity: Any) -> str:
        return self.layer_names.get(entity.dxf.get("layer_handle") or 0, "0")


def _is_layout(name: str) -> bool:
    return name.upper().startswith(("*MODEL_SPACE", "*PAPER_SPACE"))


def _flipped(values: Mapping[str, Any], attributes: dict[str, Any]) -> dict[str, Any]:
    return {**attributes, "extrusion": values.get("extrusion") or (0, 0, 1)}


def _polyline(to: Any, values: Mapping[str, Any], attributes: dict[str, Any]) -> Any:
    points = values["points"]
    bulges = values.get("bulges") or [0.0] * len(points)
    corners = [(point[0], point[1], bulge) for point, bulge in zip(points, bulges, strict=False)]
    closed = bool(values.get("closed", int(values.get("flags", 0)) & _CLOSED))
    return to.add_lwpolyline(corners, format="xyb", close=closed, dxfattribs=_flipped(values, attributes))


def _ellipse(to: Any, values: Mapping[str, Any], attributes: dict[str, Any]) -> Any:
    start, end = values.get("start_angle", 0.0), values.get("end_angle", 2 * math.pi)
    return to.add_ellipse(values["center"], values["major_axis"], values["axis_ratio"], start, end, _flipped(values, attributes))


def _spline(to: Any, values: Mapping[str, Any], attributes: dict[str, Any]) -> Any:
    """Add a spline as the chain of its decoded points."""
    return to.add_lwpolyline([point[:2] for point in values["points"]], close=bool(values.get("closed")), dxfattribs=attributes)


def _placed(values: Mapping[str, Any], attributes: dict[str, Any]) -> dict[str, Any]:
    """Add rotation and alignment of a text."""
    placed = {**_flipped(values, attributes), "rotation": values.get("rotation") or 0.0}
    if values.get("align_point") and (values.get("halign") or values.get("valign")):
        placed |= {"halign": values["halign"], "valign": values["valign"], "align_point": values["align_point"]}
    return placed


def _text(to: Any, values: Mapping[str, Any], attributes: dict[str, Any]) -> Any:
    return to.add_text(
        values["text"], height=values["height"] or 1.0, dxfattribs={**_placed(values, attributes), "insert": values["insert"]}
    )


def _mtext(to: Any, values: Mapping[str, Any], attributes: dict[str, Any]) -> Any:
    text = values.get("raw_text") or values.get("text", "").replace("\n", "\\P")
    told = {
        "insert": values["insert"],
        "char_height": values.get("char_height") or 1.0,
        "attachment_point": values.get("attachment_point") or 1,
    }
    return to.add_mtext(text, {**attributes, **told, "rotation": values.get("rotation") or 0.0})


def _hatch(to: Any, values: Mapping[str, Any], attributes: dict[str, Any]) -> Any:
    hatch = to.add_hatch(dxfattribs=_flipped(values, attributes))
    for path in values["paths"]:
        hatch.paths.add_polyline_path([point[:2] for point in path["points"]], is_closed=True)
    return hatch


def _mline(to: Any, values: Mapping[str, Any], attributes: dict[str, Any]) -> Any:
    """Add the two sides of a multiline, which lie by its justification above, round or below its points."""
    sides = {0: (0.0, -1.0), 1: (0.5, -0.5), 2: (1.0, 0.0)}[int(values.get("justification", 1))]
    for side in sides:
        chain = []
        for point, along, miter in zip(values["points"], values["vertex_directions"], values["miter_directions"], strict=False):
            lean = miter[1] * along[0] - miter[0] * along[1] or 1.0
            reach = side * values["scale"] / lean
            chain.append((point[0] + miter[0] * reach, point[1] + miter[1] * reach))
        to.add_lwpolyline(chain, close=bool(values.get("closed")), dxfattribs=attributes)


def _dimension(to: Any, values: Mapping[str, Any], attributes: dict[str, Any]) -> Any:
    length = values.get("actual_measurement") or 0.0
    return to.new_entity("DIMENSION", {**attributes, "actual_measurement": length, "text": values.get("text") or "", "dimtype": 0})


def _insert(to: Any, values: Mapping[str, Any], attributes: dict[str, Any]) -> Any:
    scales = {axis: values.get(axis) or 1.0 for axis in ("xscale", "yscale", "zscale")}
    array = {key: values[key] for key in ("column_count", "row_count", "column_spacing", "row_spacing") if key in values}
    return to.add_blockref(
        values["name"], values["insert"], {**_flipped(values, attributes), **scales, **array, "rotation": values.get("rotation") or 0.0}
    )
