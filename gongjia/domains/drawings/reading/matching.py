"""Which outline each line of text stands in: the smallest that holds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import shapely

from gongjia.domains.drawings.reading.labelling import Line
from gongjia.domains.drawings.reading.outlines import Polygons

_ISLAND_M2 = 2.0  # a table or a frame round the text, drawn as if it were a wall


def match(outlines: Polygons, lines: Sequence[Line]) -> dict[int, list[Line]]:
    """Return for each outline that holds text its lines: by the text's middle, else by its place, else by an island in it."""
    held: dict[int, list[Line]] = defaultdict(list)
    if not outlines or not lines:
        return held
    areas = shapely.area(np.array(outlines, dtype=object))
    homes = _smallest(outlines, areas, [line.at for line in lines])
    left = [at for at in range(len(lines)) if at not in homes]
    homes |= {left[at]: home for at, home in _smallest(outlines, areas, [lines[at].placed for at in left]).items()}
    left = [at for at in range(len(lines)) if at not in homes]
    islands, owners = _islands(outlines)
    found = _smallest(islands, areas[owners] if owners else np.empty(0), [lines[at].at for at in left])
    homes |= {left[at]: owners[island] for at, island in found.items()}
    for at, home in sorted(homes.items()):
        held[home].append(lines[at])
    return held


def _smallest(outlines: Polygons, areas: np.ndarray, points: Sequence[tuple[float, float]]) -> dict[int, int]:
    """Return for each point that lies in an outline the smallest one."""
    if not outlines or not points:
        return {}
    point, outline = shapely.STRtree(outlines).query(shapely.points(points), predicate="within")
    homes: dict[int, int] = {}
    for at in np.argsort(-areas[outline], kind="stable").tolist():
        homes[int(point[at])] = int(outline[at])
    return homes


def _islands(outlines: Polygons) -> tuple[Polygons, list[int]]:
    """Return small holes of outlines, each with the outline that it lies in."""
    found = [(shapely.Polygon(hole), at) for at, outline in enumerate(outlines) for hole in outline.interiors]
    small = [(hole, at) for hole, at in found if hole.area <= _ISLAND_M2]
    return [hole for hole, _at in small], [at for _hole, at in small]
