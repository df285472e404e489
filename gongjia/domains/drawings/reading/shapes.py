"""Flat points out of arcs, bulges and boxes of text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from gongjia.domains.drawings.reading.content import Points
from gongjia.domains.drawings.reading.plan import Point

STEP = math.radians(4)  # an arc flattened so keeps its area within 0.1 %


def arc(centre: Point, radius: float, start: float, sweep: float) -> Points:
    """Return the points of an arc from `start` over `sweep` radians (negative is clockwise)."""
    steps = max(2, math.ceil(abs(sweep) / STEP) + 1)
    angles = np.linspace(start, start + sweep, steps)
    return np.column_stack((centre[0] + radius * np.cos(angles), centre[1] + radius * np.sin(angles)))


def bulged(start: Point, end: Point, bulge: float) -> tuple[Points, Point, float]:
    """Return the points, the centre and the sweep in degrees of one bulged side of a polyline."""
    sweep = 4 * math.atan(bulge)
    chord = math.dist(start, end)
    height = chord / 2 / math.tan(sweep / 2) if abs(math.tan(sweep / 2)) > 1e-9 else 0.0
    nx, ny = (-(end[1] - start[1]) / chord, (end[0] - start[0]) / chord) if chord else (0.0, 0.0)
    centre = ((start[0] + end[0]) / 2 + nx * height, (start[1] + end[1]) / 2 + ny * height)
    begin = math.atan2(start[1] - centre[1], start[0] - centre[0])
    return arc(centre, math.dist(centre, start), begin, sweep), centre, abs(math.degrees(sweep))


def sides(vertices: Sequence[tuple[float, float, float]], closed: bool) -> list[tuple[Points, Point, float]]:
    """Return the sides of a polyline of (x, y, bulge): points, centre and sweep; straight runs have sweep 0."""
    ends = [*vertices, vertices[0]] if closed else list(vertices)
    found: list[tuple[Points, Point, float]] = []
    run: list[Point] = [ends[0][:2]]
    for (x0, y0, bulge), (x1, y1, _next) in pairwise(ends):
        if abs(bulge) < 1e-6 or (x0, y0) == (x1, y1):
            run.append((x1, y1))
            continue
        found += [(np.array(run, dtype=float), (0.0, 0.0), 0.0)] if len(run) > 1 else []
        found.append(bulged((x0, y0), (x1, y1), bulge))
        run = [(x1, y1)]
    return found + ([(np.array(run, dtype=float), (0.0, 0.0), 0.0)] if len(run) > 1 else [])


def outline(vertices: Sequence[tuple[float, float, float]]) -> Points:
    """Return the points of a closed polyline of (x, y, bulge)."""
    if all(abs(bulge) < 1e-6 for _x, _y, bulge in vertices):
        return np.array([vertex[:2] for vertex in vertices], dtype=float)
    return np.vstack([points for points, _centre, _sweep in sides(vertices, closed=True)])


def text_middle(anchor: Point, lines: Sequence[str], height: float, rotation: float, align: tuple[float, float]) -> Point:
    """Return the middle of a text's box; `align` is where the anchor sits in it, (0, 0) at the lower left, (1, 1) at the upper right."""
    widest = max((sum(1.0 if ord(letter) > 0x2E7F else 0.62 for letter in line) for line in lines), default=0.0) * height
    tall = height * (1 + 1.6 * (len(lines) - 1))
    across, up = widest * (0.5 - align[0]), tall * (0.5 - align[1])
    cos, sin = math.cos(rotation), math.sin(rotation)
    return anchor[0] + across * cos - up * sin, anchor[1] + across * sin + up * cos
