"""Floors with known rooms, drawn in metres and written as DXF or DWG in any unit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import ezdwg
import ezdxf

MM, CM, M, INCH = 1000.0, 100.0, 1.0, 1 / 0.0254
THICK, DOOR = 0.2, 0.9
Box = tuple[float, float, float, float]


@dataclass
class Floor:
    """What is drawn, in metres: lines, arcs, rings, texts, and blocks with where they are inserted."""

    lines: list[tuple[str, float, float, float, float]] = field(default_factory=list)
    arcs: list[tuple[str, float, float, float, float, float]] = field(default_factory=list)
    rings: list[tuple[str, list[tuple[float, ...]]]] = field(default_factory=list)
    texts: list[tuple[str, str, float, float, float]] = field(default_factory=list)
    inserts: list[tuple[str, str, float, float]] = field(default_factory=list)
    blocks: dict[str, Floor] = field(default_factory=dict)

    def line(self, layer: str, *at: float) -> None:
        self.lines.append((layer, *at))  # type: ignore[arg-type]

    def path(self, layer: str, points: Sequence[tuple[float, float]]) -> None:
        for (x0, y0), (x1, y1) in pairwise(points):
            self.line(layer, x0, y0, x1, y1)

    def text(self, layer: str, words: str, x: float, y: float, height: float = 0.3) -> None:
        self.texts.append((layer, words, x, y, height))

    def room(self, box: Box, door: float | None = DOOR, wall: str = "WALL", jambs: bool = True) -> None:
        """Draw a room of double walls round its clear box, with a door of this width in its lower wall."""
        x0, y0, x1, y1 = box
        ox0, oy0, ox1, oy1 = x0 - THICK, y0 - THICK, x1 + THICK, y1 + THICK
        left, right = (x0 + 0.8, x0 + 0.8 + door) if door else (0.0, 0.0)
        for low, high, y, xs in ((x0, x1, y0, (x1, y1, x0, y0)), (ox0, ox1, oy0, (ox1, oy1, ox0, oy0))):
            self.path(wall, [(high, y), (xs[0], xs[1]), (xs[2], xs[1]), (low, y)])
            self.path(wall, [(low, y), (left, y)] if door else [(low, y), (high, y)])
            if door:
                self.line(wall, right, y, high, y)
        for x in (left, right) if door and jambs else ():
            self.line(wall, x, y0, x, oy0)

    def swing(self, box: Box, layer: str = "DOOR", width: float = DOOR) -> None:
        """Draw a leaf and its swing in the door of a room's lower wall."""
        hinge = (box[0] + 0.8, box[1])
        self.line(layer, *hinge, hinge[0], hinge[1] + width)
        self.arcs.append((layer, *hinge, width, 0.0, 90.0))


def boxes(across: int, x: float = 0.0, y: float = 0.0, wide: float = 4.0, deep: float = 5.0) -> list[Box]:
    """Return the clear boxes of rooms side by side, a wall apart."""
    step = wide + 2 * THICK
    return [(x + at * step, y, x + at * step + wide, y + deep) for at in range(across)]


def row(numbers: Iterable[str], x: float = 0.0, y: float = 0.0, name: str = "办公室", **drawn: Any) -> Floor:
    """Return a row of walled rooms of 4 by 5 m, each with its number and name."""
    floor, numbers = Floor(), list(numbers)
    for number, box in zip(numbers, boxes(len(numbers), x, y), strict=True):
        floor.room(box, **drawn)
        floor.text("TEXT", number, box[0] + 1.2, box[1] + 3)
        floor.text("TEXT", name, box[0] + 1.2, box[1] + 2.4)
    return floor


def dxf(floor: Floor, path: Path, unit: float = MM, declared: int = 4, version: str = "R2010", encoding: str = "cp1252") -> Path:
    """Write a floor as DXF; `unit` is how many drawing units a metre has, `declared` what the header says."""
    made = ezdxf.new(version)
    made.encoding = encoding
    made.header["$INSUNITS"] = declared
    for name, block in floor.blocks.items():
        _fill(made.blocks.new(name), block, unit)
    _fill(made.modelspace(), floor, unit)
    made.saveas(path)
    return path


def _fill(to: Any, floor: Floor, unit: float) -> None:
    for layer, *at in floor.lines:
        x0, y0, x1, y1 = (value * unit for value in at)
        to.add_line((x0, y0), (x1, y1), {"layer": layer})
    for layer, x, y, radius, start, end in floor.arcs:
        to.add_arc((x * unit, y * unit), radius * unit, start, end, dxfattribs={"layer": layer})
    for layer, points in floor.rings:
        corners = [(p[0] * unit, p[1] * unit, p[2] if len(p) > 2 else 0.0) for p in points]
        add = to.add_polyline2d if to.doc.dxfversion == "AC1009" else to.add_lwpolyline
        add(corners, format="xyb", close=True, dxfattribs={"layer": layer})
    for layer, words, x, y, height in floor.texts:
        to.add_text(words, height=height * unit, dxfattribs={"layer": layer, "insert": (x * unit, y * unit)})
    for layer, name, x, y in floor.inserts:
        to.add_blockref(name, (x * unit, y * unit), {"layer": layer})


def dwg(floor: Floor, path: Path, unit: float = MM, declared: int = 4) -> Path:
    """Write a floor as a real DWG (R2000)."""
    made = ezdwg.new()
    made.header["insunits"] = declared
    everything = [floor, *floor.blocks.values()]
    for layer in {row[0] for each in everything for row in (*each.lines, *each.arcs, *each.rings, *each.texts, *each.inserts)}:
        made.layers.setdefault(layer, {"color_index": 7})
    for name, block in floor.blocks.items():
        _fill_dwg(made.blocks.new(name), block, unit)
    _fill_dwg(made.modelspace(), floor, unit)
    made.save(path)
    return path


def _fill_dwg(to: Any, floor: Floor, unit: float) -> None:
    for layer, *at in floor.lines:
        x0, y0, x1, y1 = (value * unit for value in at)
        to.add_line((x0, y0), (x1, y1), layer=layer)
    for layer, x, y, radius, start, end in floor.arcs:
        to.add_arc((x * unit, y * unit), radius * unit, start, end, layer=layer)
    for layer, points in floor.rings:
        bulges = [p[2] if len(p) > 2 else 0.0 for p in points]
        to.add_lwpolyline([(p[0] * unit, p[1] * unit) for p in points], bulges=bulges, closed=True, layer=layer)
    for layer, words, x, y, height in floor.texts:
        to.add_text(words, (x * unit, y * unit), height=height * unit, layer=layer)
    for layer, name, x, y in floor.inserts:
        to.add_blockref(name, (x * unit, y * unit), layer=layer)


def half_round(x: float, y: float, wide: float, deep: float) -> list[tuple[float, ...]]:
    """Return a room whose upper side is a half circle: its area is wide x deep + pi (wide / 2)² / 2."""
    return [(x, y), (x + wide, y), (x + wide, y + deep, 1.0), (x, y + deep)]


def half_round_area(wide: float, deep: float) -> float:
    return wide * deep + math.pi * (wide / 2) ** 2 / 2
