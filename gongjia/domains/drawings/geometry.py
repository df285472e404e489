"""Outlines of rooms in millimetres: area, where a label stands, splitting, and the floor around them. Pure computing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shapely import make_valid, unary_union
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import split as split_by

Ring = list[list[int]]
Rings = list[Ring]
_CORRIDOR, _WALL = 1_600, 260
"""Half the width of a corridor that still lies inside the floor, and how far the outer wall stands out, in millimetres."""


@dataclass(frozen=True)
class Measured:
    """The area of an outline in square metres, and where its label stands."""

    area: Decimal
    x: int
    y: int


class BadOutline(ValueError):
    """Raised for an outline that encloses nothing or crosses itself; `code` says which."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def in_millimetres(vertices: Iterable[Sequence[float]], holes: Iterable[Iterable[Sequence[float]]] = ()) -> Rings:
    """Return vertices in metres as rings in whole millimetres."""
    return [[[round(x * 1000), round(y * 1000)] for x, y in ring] for ring in (vertices, *holes)]


def polygon(rings: Rings) -> Polygon:
    """Return the outline as a polygon; raises BadOutline."""
    if not rings or len(rings[0]) < 3:
        raise BadOutline("too_few")
    made = Polygon(rings[0], rings[1:])
    if not made.is_valid:
        raise BadOutline("crossing")
    if made.area < 1:
        raise BadOutline("empty")
    return made


def measure(rings: Rings) -> Measured:
    """Return the area and the place of the label; raises BadOutline."""
    made = polygon(rings)
    middle = made.centroid
    point = middle if made.contains(middle) else made.representative_point()
    return Measured(square_metres(made), round(point.x), round(point.y))


def square_metres(made: BaseGeometry) -> Decimal:
    """Return an area of square millimetres in square metres, to 0.01."""
    return Decimal(round(made.area / 10_000)).scaleb(-2)


def split(rings: Rings, line: Sequence[Sequence[float]]) -> list[Rings]:
    """Return the two parts into which a line cuts an outline; raises BadOutline where it does not make exactly two."""
    parts = [part for part in split_by(polygon(rings), LineString(line)).geoms if part.area > 1]
    if len(parts) != 2:
        raise BadOutline("no_two_parts")
    return [rings_of(part) for part in sorted(parts, key=lambda part: (part.centroid.x, part.centroid.y))]


def rings_of(made: Polygon) -> Rings:
    """Return a polygon as rings in whole millimetres, without the repeated last point."""
    return [[[round(x), round(y)] for x, y in ring.coords[:-1]] for ring in (made.exterior, *made.interiors)]


def slab(outlines: Iterable[Rings]) -> list[Ring]:
    """Return the outer rings of the floor on which rooms lie, corridors between them included."""
    shapes = [Polygon(rings[0]).buffer(_CORRIDOR, join_style="mitre") for rings in outlines if len(rings[0]) > 2]
    if not shapes:
        return []
    around = make_valid(unary_union(shapes)).buffer(_WALL - _CORRIDOR, join_style="mitre").simplify(30)
    parts = around.geoms if isinstance(around, MultiPolygon) else [around]
    return [ring for part in parts if isinstance(part, Polygon) and not part.is_empty for ring in rings_of(part)]
