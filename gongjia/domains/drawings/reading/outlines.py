"""Outlines that may be rooms, in metres: closed lines as drawn, and the faces between walls."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray

from gongjia.domains.drawings.reading.content import Curve, Points, Ring, Sheet
from gongjia.domains.drawings.reading.gaps import faces
from gongjia.domains.drawings.reading.graph import Lines
from gongjia.domains.drawings.reading.plan import Reading

Polygons = list[shapely.Polygon]
_DOOR_LEAF = (0.5, 1.6)
_QUARTER = (55.0, 125.0)
LARGEST_M2 = 30_000.0
_THINNEST = 0.34  # twice the area by the perimeter: a wall's own body is as thin as the wall


def is_swing(curve: Curve, scale: float) -> bool:
    """True where an arc is the swing of a door: about a quarter circle, as wide as a leaf."""
    radius = float(np.hypot(*(curve.points[0] - np.array(curve.centre)))) * scale
    return _DOOR_LEAF[0] <= radius <= _DOOR_LEAF[1] and _QUARTER[0] <= curve.sweep <= _QUARTER[1]


def polygon_of(points: Points, scale: float) -> tuple[shapely.Polygon | None, bool]:
    """Return a ring as a polygon, and whether it had to be repaired: of a ring that crosses itself the largest part is kept."""
    if len(points) < 3 or not np.isfinite(points).all():
        return None, False
    made = shapely.Polygon(points * scale)
    if made.is_valid:
        return (made if made.area > 0 else None), False
    parts = [part for part in shapely.get_parts(shapely.make_valid(made)) if part.geom_type == "Polygon"]
    parts += [p for m in shapely.get_parts(shapely.make_valid(made)) if m.geom_type == "MultiPolygon" for p in m.geoms]
    largest = max(parts, key=lambda part: part.area, default=None)
    return largest, largest is not None and abs(largest.area - _shoelace(points * scale)) > 1e-3 * largest.area


def _shoelace(points: Points) -> float:
    x, y = points[:, 0], points[:, 1]
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def is_closed(ring: Ring, scale: float, gap: float) -> bool:
    """True for a ring that closes, or whose ends come as near as a door's width."""
    return ring.source != "open" or float(np.hypot(*(ring.points[0] - ring.points[-1]))) * scale <= gap


def edges_of(sheet: Sheet, layers: Iterable[str], scale: float, sources: set[str] | None = None) -> Lines:
    """Return all lines on these layers in metres: segments, curves but for swings and their leaves, sides of rings."""
    wanted = set(layers)
    parts = [sheet.lines(layer) for layer in wanted if layer in sheet.segments]
    swings = [curve for curve in sheet.curves if is_swing(curve, scale)]
    lines = _without_leaves(np.vstack(parts) if parts else np.empty((0, 4)), swings, scale)
    chains = [curve.points for curve in sheet.curves if curve.layer in wanted and not is_swing(curve, scale)]
    rings = [ring for ring in sheet.rings if ring.layer in wanted and ring.source != "open"]
    chains += [np.vstack((ring.points, ring.points[:1])) for ring in rings if sources is None or ring.source in sources]
    flat = [np.hstack((chain[:-1], chain[1:])) for chain in chains if len(chain) > 1]
    found = np.vstack([lines, *flat]) * scale if flat else lines * scale
    return found[np.isfinite(found).all(axis=1) & (np.abs(found) < 1e8).all(axis=1)]


def _without_leaves(lines: Lines, swings: list[Curve], scale: float) -> Lines:
    """Leave out the leaves of doors: lines from the centre of a swing to one of its ends."""
    if not swings or not len(lines):
        return lines
    step = 0.02 / scale
    ends = {key for swing in swings for end in (swing.points[0], swing.points[-1]) for key in _keys(swing.centre, end, step)}
    rounded = np.round(lines / step).astype(np.int64)
    leaf = np.array([tuple(row) in ends or (row[2], row[3], row[0], row[1]) in ends for row in map(tuple, rounded.tolist())])
    return lines[~leaf]


def _keys(centre: tuple[float, float], end: Points, step: float) -> Iterable[tuple[int, ...]]:
    base = np.round(np.array((*centre, *end)) / step).astype(np.int64)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            yield (int(base[0]) + dx, int(base[1]) + dy, int(base[2]), int(base[3]))
            yield (int(base[0]), int(base[1]), int(base[2]) + dx, int(base[3]) + dy)


def symbols_of(sheet: Sheet, openings: set[str], scale: float) -> list[shapely.Geometry]:
    """Return where doors and windows are drawn: boxes of blocks, swings, and lines on their layers."""
    found: list[shapely.Geometry] = [shapely.Polygon(symbol.corners * scale) for symbol in sheet.symbols]
    found += [shapely.LineString(curve.points * scale) for curve in sheet.curves if curve.layer in openings or is_swing(curve, scale)]
    found += [shapely.LinearRing(ring.points * scale) for ring in sheet.rings if ring.layer in openings and len(ring.points) > 2]
    lines = [sheet.lines(layer) for layer in openings if layer in sheet.segments]
    return found + (list(shapely.linestrings((np.vstack(lines) * scale).reshape(-1, 2, 2))) if lines else [])


def room_faces(lines: Lines, reading: Reading, symbols: list[shapely.Geometry]) -> tuple[Polygons, NDArray[np.float64]]:
    """Return the faces between lines that are wide enough for a room, and the loose ends that stay open."""
    if not len(lines):
        return [], np.empty((0, 2))
    shift = np.round(np.median(lines[:, :2], axis=0))  # far from the origin, floats are coarse
    near = shapely.transform(np.array(symbols, dtype=object), lambda at: at - shift) if symbols else np.array([], dtype=object)
    made, loose = faces(lines - np.tile(shift, 2), reading.gap_m, reading.merge_m, near)
    wide = made[np.array([is_roomy(face, reading.smallest_room_m2) for face in made], dtype=bool)]
    return list(shapely.transform(wide, lambda at: at + shift)) if len(wide) else [], loose + shift


def is_roomy(face: shapely.Polygon, smallest: float) -> bool:
    """True for a face that people could stand in."""
    filled = shapely.Polygon(face.exterior)
    return smallest <= filled.area <= LARGEST_M2 and 2 * face.area / face.length >= _THINNEST
