"""Entities of a DXF document as content: one handler a kind, blocks read once and placed as often as they are inserted."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from ezdxf import path as dxf_path
from ezdxf.lldxf.const import DXFError
from ezdxf.proxygraphic import ProxyGraphic

from gongjia.domains.drawings.reading import layers, shapes
from gongjia.domains.drawings.reading.content import Content, Curve, Label, Matrix, Points, Region, Ring, Sheet, Symbol
from gongjia.domains.drawings.reading.plan import Point
from gongjia.domains.drawings.reading.storeys import storey_in
from gongjia.domains.drawings.reading.texts import plain

_ALIGN = {"LEFT": (0.0, 0.0), "CENTER": (0.5, 0.0), "RIGHT": (1.0, 0.0), "MIDDLE": (0.5, 0.5), "ALIGNED": (0.0, 0.0), "FIT": (0.0, 0.0)}
_ROWS, _COLUMNS = {"TOP": 1.0, "MIDDLE": 0.5, "BOTTOM": 0.0}, {"LEFT": 0.0, "CENTER": 0.5, "RIGHT": 1.0}
_UNREAD = {"3DSOLID", "BODY", "REGION", "SURFACE", "MESH", "IMAGE", "PDFUNDERLAY", "DWFUNDERLAY", "DGNUNDERLAY", "OLE2FRAME"}
_DEEPEST, _MOST_COPIES = 12, 10_000
_WHOLE = 2 * math.pi - 1e-6


class Walker:
    """Walks the entities of a document; what fails on one entity is counted and does not stop the rest."""

    def __init__(self, document: Any, content: Content) -> None:
        self.document, self.content = document, content
        self.blocks: dict[str, Sheet] = {}
        self.handlers: dict[str, Callable[[Any, str, Sheet, int], None]] = {
            "LINE": self.line, "LWPOLYLINE": self.lwpolyline, "POLYLINE": self.polyline, "ARC": self.arc,
            "CIRCLE": self.circle,
            "ELLIPSE": self.curve, "SPLINE": self.curve, "HATCH": self.hatch, "MPOLYGON": self.hatch,
            "SOLID": self.solid, "TRACE": self.solid,
            "TEXT": self.text, "ATTRIB": self.text, "MTEXT": self.mtext, "INSERT": self.insert, "MLINE": self.exploded,
            "DIMENSION": self.dimension,
            "MULTILEADER": self.multileader, "MLEADER": self.multileader, "ACAD_PROXY_ENTITY": self.proxy, "VIEWPORT": self.viewport,
        }  # fmt: skip

    def walk(self, entities: Iterable[Any], sheet: Sheet, depth: int = 0) -> Sheet:
        """Add every entity to a sheet."""
        for entity in entities:
            kind = entity.dxftype()
            layer = entity.dxf.get("layer", "0") if kind in self.handlers or entity.dxf.is_supported("layer") else "0"
            if depth == 0:
                self.content.counts[layer][kind] += 1
            handler = self.handlers.get(kind)
            try:
                if handler:
                    handler(entity, layer, sheet, depth)
                elif kind in _UNREAD:
                    self.content.unread[kind] += 1
                elif getattr(entity, "proxy_graphic", None) or kind.startswith("TCH_"):
                    self.proxy(entity, layer, sheet, depth)
            except (DXFError, ValueError, TypeError, AttributeError, KeyError, IndexError, ZeroDivisionError, ArithmeticError):
                self.content.errors += 1
        return sheet

    def line(self, entity: Any, layer: str, sheet: Sheet, _depth: int) -> None:
        start, end = entity.dxf.start, entity.dxf.end
        sheet.segments[layer].extend((start.x, start.y, end.x, end.y))
        sheet.pieces += 1

    def lwpolyline(self, entity: Any, layer: str, sheet: Sheet, _depth: int) -> None:
        vertices = [(x, y, b) for x, y, b in entity.get_points("xyb")]
        self._chain(vertices, entity.closed, layer, sheet, _to_world(entity))

    def polyline(self, entity: Any, layer: str, sheet: Sheet, _depth: int) -> None:
        if entity.is_poly_face_mesh or entity.is_polygon_mesh:
            return
        drawn = [vertex for vertex in entity.vertices if not vertex.dxf.get("flags", 0) & 16]
        vertices = [(v.dxf.location.x, v.dxf.location.y, v.dxf.get("bulge", 0.0)) for v in drawn]
        self._chain(vertices, entity.is_closed, layer, sheet, _to_world(entity) if entity.is_2d_polyline else _same)

    def _chain(
        self, vertices: list[tuple[float, float, float]], closed: bool, layer: str, sheet: Sheet, world: Callable[[Points], Points]
    ) -> None:
        """Add a polyline: a ring where it closes, else its sides, whose bulges may be the swing of a door."""
        if len(vertices) < 2:
            return
        if len(vertices) > 3 and vertices[0][:2] == vertices[-1][:2]:
            closed, vertices = True, vertices[:-1]
        if closed and (len(vertices) > 2 or any(vertex[2] for vertex in vertices)):
            sheet.rings.append(Ring(layer, world(shapes.outline(vertices))))
            sheet.count(len(vertices))
            return
        if len(vertices) > 3:
            sheet.rings.append(Ring(layer, world(shapes.outline([*vertices[:-1], (*vertices[-1][:2], 0.0)])), "open"))
        for points, centre, sweep in shapes.sides(vertices, closed=False):
            self._side(world(points), world(np.array([centre]))[0], sweep, layer, sheet)

    def _side(self, points: Points, centre: Any, sweep: float, layer: str, sheet: Sheet) -> None:
        if sweep:
            sheet.curves.append(Curve(layer, points, (float(centre[0]), float(centre[1])), sweep))
            sheet.count(len(points))
        else:
            sheet.add_path(layer, points)

    def arc(self, entity: Any, layer: str, sheet: Sheet, _depth: int) -> None:
        centre, start = entity.dxf.center, math.radians(entity.dxf.start_angle)
        sweep = (math.radians(entity.dxf.end_angle) - start) % (2 * math.pi) or 2 * math.pi
        world = _to_world(entity)
        points = world(shapes.arc((centre.x, centre.y), entity.dxf.radius, start, sweep))
        self._side(points, world(np.array([(centre.x, centre.y)]))[0], math.degrees(sweep), layer, sheet)

    def circle(self, entity: Any, layer: str, sheet: Sheet, _depth: int) -> None:
        centre = entity.dxf.center
        points = shapes.arc((centre.x, centre.y), entity.dxf.radius, 0.0, 2 * math.pi)[:-1]
        sheet.rings.append(Ring(layer, _to_world(entity)(points), "circle"))
        sheet.count(len(points))

    def curve(self, entity: Any, layer: str, sheet: Sheet, _depth: int) -> None:
        """Add an ellipse or a spline."""
        drawn = dxf_path.make_path(entity)
        points = _flat(drawn)
        if len(points) > 3 and np.allclose(points[0], points[-1], rtol=0, atol=1e-6 * (np.ptp(points, axis=0).max() + 1e-9)):
            sheet.rings.append(Ring(layer, points[:-1], "curve"))
            sheet.count(len(points))
        else:
            sheet.add_path(layer, points)

    def hatch(self, entity: Any, layer: str, sheet: Sheet, _depth: int) -> None:
        for drawn in dxf_path.from_hatch(entity):
            points = _flat(drawn)
            if len(points) > 2:
                sheet.rings.append(Ring(layer, points, "hatch"))
                sheet.count(len(points))

    def solid(self, entity: Any, layer: str, sheet: Sheet, _depth: int) -> None:
        sheet.rings.append(Ring(layer, np.array([(v.x, v.y) for v in entity.wcs_vertices()]), "solid"))
        sheet.count(4)

    def text(self, entity: Any, layer: str, sheet: Sheet, _depth: int) -> None:
        """Add a TEXT, or an attribute with its tag."""
        if getattr(entity, "has_embedded_mtext_entity", False):
            self._mtext(entity.virtual_mtext_entity(), layer, sheet, entity.dxf.tag)
            return
        tag = entity.dxf.tag if entity.dxftype() == "ATTRIB" else ""
        words, height = plain(entity.dxf.text), entity.dxf.get("height", 1.0)
        align, first, second = entity.get_placement()
        name = align.name
        column = next((word for word in _COLUMNS if word in name), "LEFT")
        row = next((word for word in _ROWS if name.startswith(word + "_")), "")
        where = (_COLUMNS[column], _ROWS[row]) if row else _ALIGN.get(name, (0.0, 0.0))
        anchor = (first.x, first.y)
        if second is not None and name in {"ALIGNED", "FIT"}:
            anchor, where = ((first.x + second.x) / 2, (first.y + second.y) / 2), (0.5, 0.0)
        placed = _to_world(entity)(np.array([anchor]))[0]
        self._label(layer, [words], (placed[0], placed[1]), height, math.radians(entity.dxf.get("rotation", 0.0)), where, sheet, tag)

    def mtext(self, entity: Any, layer: str, sheet: Sheet, _depth: int) -> None:
        self._mtext(entity, layer, sheet, "")

    def _mtext(self, entity: Any, layer: str, sheet: Sheet, tag: str) -> None:
        place = entity.dxf.get("attachment_point", 1) - 1
        where = ((place % 3) / 2, 1 - (place // 3) / 2)
        lines = [plain(line) for line in entity.plain_text(split=True, fast=False)]
        insert = entity.dxf.insert
        self._label(
            layer, lines, (insert.x, insert.y), entity.dxf.get("char_height", 1.0), math.radians(entity.get_rotation()), where, sheet, tag
        )

    def _label(
        self, layer: str, lines: list[str], at: Point, height: float, turn: float, where: tuple[float, float], sheet: Sheet, tag: str
    ) -> None:
        lines = [line for line in lines if line]
        if lines:
            placed = (float(at[0]), float(at[1]))
            sheet.labels.append(Label(layer, "\n".join(lines), shapes.text_middle(placed, lines, height, turn, where), placed, height, tag))
            sheet.count(1)

    def multileader(self, entity: Any, layer: str, sheet: Sheet, _depth: int) -> None:
        words = entity.get_mtext_content()
        held = entity.context.mtext
        if words and held:
            lines = [plain(part) for part in words.replace("\\P", "\n").split("\n")]
            self._label(layer, lines, (held.insert.x, held.insert.y), entity.context.char_height, 0.0, (0.0, 1.0), sheet, "")

    def exploded(self, entity: Any, layer: str, sheet: Sheet, depth: int) -> None:
        """Add the lines that an entity consists of."""
        self.walk(entity.virtual_entities(), sheet, depth + 1)

    def proxy(self, entity: Any, layer: str, sheet: Sheet, depth: int) -> None:
        """Add the picture that a program's own object carries; without one it can only be counted."""
        graphic = getattr(entity, "proxy_graphic", None)
        if graphic:
            self.walk(ProxyGraphic(graphic, self.document).virtual_entities(), sheet, depth + 1)
        else:
            self.content.unread[entity.dxftype()] += 1

    def dimension(self, entity: Any, layer: str, sheet: Sheet, _depth: int) -> None:
        """Keep what a dimension measures: lengths that people find worth writing tell the unit."""
        length = entity.dxf.get("actual_measurement", 0.0)
        if length > 0 and entity.dimtype in {0, 1}:
            self.content.lengths.append(length)
            written = entity.dxf.get("text", "").strip()
            if written.isdigit() and int(written) >= 100:
                self.content.scales_said.append(int(written) / 1000 / length)

    def viewport(self, entity: Any, layer: str, sheet: Sheet, _depth: int) -> None:
        if entity.dxf.get("id", 0) != 1 and entity.dxf.get("height", 0) and entity.dxf.get("view_height", 0):
            tall = entity.dxf.view_height
            wide = tall * entity.dxf.width / entity.dxf.height
            x, y = entity.dxf.view_center_point.x, entity.dxf.view_center_point.y
            sheet.regions.append(Region(sheet.name, (x - wide / 2, y - tall / 2), (x + wide / 2, y + tall / 2)))

    def insert(self, entity: Any, layer: str, sheet: Sheet, depth: int) -> None:
        """Place a block's content; doors and windows become symbols, furniture is left out."""
        self.walk(entity.attribs, sheet, depth + 1)
        name = entity.dxf.name
        block = self.block(name, depth)
        if block is None:
            return
        role = layers.block_role(name) or (layers.role_of(layer) if layer != "0" else "")
        for matrix in _matrices(entity):
            self._place(block, matrix, role, layer, sheet)
            if depth == 0 and storey_in(layers.own_name(name)) and (corners := block.corners()) is not None:
                placed = matrix.of(corners)
                sheet.regions.append(Region(storey_in(layers.own_name(name)), _point(placed.min(axis=0)), _point(placed.max(axis=0))))

    def _place(self, block: Sheet, matrix: Matrix, role: str, layer: str, sheet: Sheet) -> None:
        if role == layers.SKIP:
            return
        corners = block.corners()
        if role in {layers.DOOR, layers.WINDOW} and corners is not None:
            sheet.symbols.append(Symbol(role, layer, matrix.of(corners)))
            sheet.count(1)
        else:
            sheet.place(block, matrix, layer)

    def block(self, name: str, depth: int) -> Sheet | None:
        """Return a block's content, read once; None where it is missing, or lies deeper than a drawing goes."""
        if name not in self.blocks:
            layout = self.document.blocks.get(name)
            if layout is None or depth >= _DEEPEST:
                return None
            self.blocks[name] = Sheet(name)  # what inserts itself finds nothing
            self.blocks[name] = self.walk(layout, Sheet(name), depth + 1)
        return self.blocks[name]


def _point(pair: Points) -> Point:
    return float(pair[0]), float(pair[1])


def _matrices(entity: Any) -> list[Matrix]:
    copies = entity.multi_insert() if entity.mcount > 1 else [entity]
    found = []
    for at, copy in enumerate(copies):
        if at >= _MOST_COPIES:
            break
        m = copy.matrix44()
        found.append(Matrix(m[0, 0], m[0, 1], m[1, 0], m[1, 1], m[3, 0], m[3, 1]))
    return found


def _flat(drawn: Any) -> Points:
    box = dxf_path.bbox((drawn,), fast=True)
    size = max(box.size.x, box.size.y) if box.has_data else 1.0
    return np.array([(v.x, v.y) for v in drawn.flattening(max(size, 1e-9) * 0.001)])


def _same(points: Points) -> Points:
    return points


def _to_world(entity: Any) -> Callable[[Points], Points]:
    """Return the map from an entity's own plane; only mirrored ones (extrusion downwards) differ."""
    extrusion = entity.dxf.get("extrusion", None)
    if extrusion is None or extrusion.isclose((0, 0, 1)):
        return _same
    ocs = entity.ocs()

    def world(points: Points) -> Points:
        return np.array([(v.x, v.y) for v in ocs.points_to_wcs([(x, y, 0) for x, y in points.tolist()])])

    return world
