"""What a drawing shows of its own size: outlines round labels, door swings, heights of texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from gongjia.domains.drawings.reading.content import Content, Curve, Label, Sheet
from gongjia.domains.drawings.reading.outlines import Polygons, polygon_of
from gongjia.domains.drawings.reading.plan import Point
from gongjia.domains.drawings.reading.roles import Roles
from gongjia.domains.drawings.reading.scale import Evidence
from gongjia.domains.drawings.reading.texts import told

_MOST = 20_000


def evidence(content: Content, roles: Roles) -> Evidence:
    """Return what the fullest sheet shows, in drawing units."""
    sheet = max(content.sheets, key=lambda each: each.pieces)
    labels = [label for label in sheet.labels if label.layer in roles.labels][:_MOST]
    speaking = [(label, said) for label in labels for line in label.text.split("\n") for said in told(line)]
    rooms = [label for label, said in speaking if said.kind in {"number", "name"}]
    areas = [(label.middle, said.figure) for label, said in speaking if said.kind == "area"]
    chosen, rings = _rings(sheet, roles)
    return Evidence(
        declared=content.declared,
        imperial=content.imperial,
        room_areas=_round_labels(chosen, [label.middle for label in rooms]) or [polygon.area for polygon in chosen],
        said=_said(chosen or rings, areas),
        swings=[radius for curve in sheet.curves if (radius := _swing(curve)) > 0],
        heights=[label.height for label in rooms if label.height > 0],
        spacing=_spacing(rooms),
        lengths=content.lengths[:_MOST],
        scales_said=content.scales_said,
        extent=_extent(sheet, roles.walls or roles.rooms),
    )


def _rings(sheet: Sheet, roles: Roles) -> tuple[Polygons, Polygons]:
    """Return the rings of room layers, and all rings."""
    made = [(ring.layer, polygon_of(ring.points, 1.0)[0]) for ring in sheet.rings[:_MOST]]
    whole = [(layer, polygon) for layer, polygon in made if polygon is not None]
    return [polygon for layer, polygon in whole if layer in roles.rooms], [polygon for _layer, polygon in whole]


def _round_labels(rings: Polygons, points: Sequence[Point]) -> list[float]:
    if not rings or not points:
        return []
    _point, ring = shapely.STRtree(rings).query(shapely.points(points), predicate="within")
    return [rings[at].area for at in sorted(set(ring.tolist()))]


def _said(rings: Polygons, areas: Sequence[tuple[Point, float]]) -> list[tuple[float, float]]:
    """Pair each written area with the smallest ring round it."""
    if not rings or not areas:
        return []
    point, ring = shapely.STRtree(rings).query(shapely.points([at for at, _figure in areas]), predicate="within")
    smallest: dict[int, float] = {}
    for at, own in zip(point.tolist(), ring.tolist(), strict=True):
        smallest[at] = min(smallest.get(at, float("inf")), rings[own].area)
    return [(areas[at][1], area) for at, area in smallest.items()]


def _swing(curve: Curve) -> float:
    """Return the radius of a quarter arc, 0 for other curves."""
    quarter = 80 <= curve.sweep <= 100
    return float(np.hypot(*(curve.points[0] - np.array(curve.centre)))) if quarter else 0.0


def _spacing(labels: Sequence[Label]) -> list[float]:
    """Return from each label how far the next one is; lines of one label are not next to each other."""
    points = np.unique(np.array([label.placed for label in labels]).reshape(-1, 2), axis=0)
    if len(points) < 4:
        return []
    height = float(np.median([label.height for label in labels]))
    tree = shapely.STRtree(shapely.points(points))
    found = []
    for point in points[:2000]:
        near = tree.query_nearest(shapely.Point(point), exclusive=True, return_distance=True)[1]
        if len(near) and near[0] > 4 * height:
            found.append(float(near[0]))
    return found


def _extent(sheet: Sheet, layers: set[str]) -> float:
    """Return the middle nine tenths of a sheet's longer side: a stray line far off counts for nothing."""
    flat = [np.asarray(line).reshape(-1, 2) for layer, line in sheet.segments.items() if layer in layers and line]
    flat += [ring.points for ring in sheet.rings if ring.layer in layers]
    if not flat:
        return 0.0
    points = np.vstack(flat)
    points = points[np.isfinite(points).all(axis=1)]
    return float(np.ptp(np.percentile(points, [2, 98], axis=0), axis=0).max()) if len(points) else 0.0
