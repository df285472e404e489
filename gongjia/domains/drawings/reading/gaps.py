"""Closing the gaps of walls: ends that nearly touch are joined, doors are bridged, and what stays open is told."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from gongjia.domains.drawings.reading.graph import GRID, End, Graph, Indices, Lines, Vectors, node, strings, tidy

_OVERSHOOT = 0.002
_FACING = -0.94
_ASIDE = 0.15
_FREE_STANDING = 0.45  # a shorter stub is a pilaster: it does not reach for the wall across the corridor
WIDEST_OPENING = 6.5
_BESIDE = 0.35


def heal(lines: Lines, merge: float) -> Lines:
    """Return the lines with free ends joined to the nearest line within `merge` metres."""
    lines = tidy(lines)
    if not len(lines):
        return lines
    free, owner, way = _free_ends(lines)
    tree = shapely.STRtree(strings(lines))
    point, target = tree.query(shapely.points(free), predicate="dwithin", distance=merge)
    keep = target != owner[point]
    point, target = point[keep], target[keep]
    foot = _feet(free[point], lines[target])
    away = np.hypot(*(foot - free[point]).T)
    order = np.lexsort((away, point))
    _which, first = np.unique(point[order], return_index=True)
    chosen = order[first]
    return np.vstack((lines, _joints(free[point[chosen]], foot[chosen], way[point[chosen]])))


def _joints(ends: Vectors, feet: Vectors, way: Vectors) -> Lines:
    """Return short lines from each end through its foot and a hair beyond, so that they cut the line there."""
    apart = feet - ends
    length = np.hypot(*apart.T)[:, None]
    towards = np.where(length > GRID, apart / np.maximum(length, GRID), way)
    return np.hstack((ends, feet + towards * _OVERSHOOT))


def _free_ends(lines: Lines) -> tuple[Vectors, Indices, Vectors]:
    """Return the points where only one line ends, that line, and the direction in which it ends."""
    points = lines.reshape(-1, 2)
    _unique, inverse, counts = np.unique(np.round(points / GRID), axis=0, return_inverse=True, return_counts=True)
    single = np.flatnonzero(counts[inverse.ravel()] == 1)
    vector = (lines[:, 2:] - lines[:, :2]) / np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1])[:, None]
    owner = single // 2
    return points[single], owner, np.where((single % 2)[:, None] == 1, vector[owner], -vector[owner])


def _feet(points: Vectors, lines: Lines) -> Vectors:
    """Return the nearest point of each line to each point."""
    start, along = lines[:, :2], lines[:, 2:] - lines[:, :2]
    share = np.clip(((points - start) * along).sum(axis=1) / (along**2).sum(axis=1), 0, 1)
    return start + share[:, None] * along


class Bridges:
    """Finds the bridges over the gaps of one graph of walls."""

    def __init__(self, graph: Graph, gap: float, symbols: NDArray[np.object_]) -> None:
        self.ends: list[End] = graph.wall_ends()
        self.gap = gap + 0.005  # a gap of just the width counts
        self.walls, self.wall_lines = shapely.STRtree(strings(graph.edges)), graph.edges
        self.symbols = shapely.STRtree(symbols)
        self.open = set(range(len(self.ends)))
        self.lines: list[tuple[float, float, float, float]] = []
        self.at = np.array([(e.x, e.y) for e in self.ends]).reshape(-1, 2)
        self.way = np.array([(e.dx, e.dy) for e in self.ends]).reshape(-1, 2)

    def build(self) -> Lines:
        """Return all bridges: end to end, over doors and windows that are drawn, round corners, and end to face."""
        if self.ends:
            self.end_to_end(self.gap)
            if len(self.symbols):
                self.end_to_end(WIDEST_OPENING, supported=True)
            self.round_corners()
            self.end_to_face()
        return np.array(self.lines).reshape(-1, 4)

    def end_to_end(self, limit: float, supported: bool = False) -> None:
        """Join ends that face each other on one line, the nearest first."""
        one, two = self._pairs(limit)
        apart = self.at[two] - self.at[one]
        far = np.hypot(*apart.T)
        along = (apart * self.way[one]).sum(axis=1)
        aside = np.abs(apart[:, 0] * self.way[one][:, 1] - apart[:, 1] * self.way[one][:, 0])
        facing = (self.way[one] * self.way[two]).sum(axis=1) < _FACING
        fits = facing & (far > GRID) & (along > 0.9 * far) & (aside < np.minimum(_ASIDE, 0.25 * far))
        one, two, cost = one[fits], two[fits], (far + 2 * aside)[fits]
        for at in np.argsort(cost).tolist():
            self._join(int(one[at]), int(two[at]), supported)

    def _pairs(self, limit: float) -> tuple[Indices, Indices]:
        still = np.array(sorted(self.open), dtype=np.int64)
        points = shapely.points(self.at[still])
        one, two = shapely.STRtree(points).query(points, predicate="dwithin", distance=limit)
        keep = one < two
        return still[one[keep]], still[two[keep]]

    def _join(self, one: int, two: int, supported: bool) -> None:
        if one not in self.open or two not in self.open:
            return
        line = (*self.at[one].tolist(), *self.at[two].tolist())
        if (supported and not self._has_symbol(line)) or self._blocked(line):
            return
        self.open -= {one, two}
        self.lines.append(line)

    def _has_symbol(self, line: tuple[float, float, float, float]) -> bool:
        return bool(len(self.symbols.query(strings(np.array([line])), predicate="dwithin", distance=_BESIDE)[0]))

    def _blocked(self, line: tuple[float, float, float, float]) -> bool:
        """True where a wall stands between both ends."""
        middle = strings(np.array([line]))[0]
        inner = shapely.line_interpolate_point(middle, [0.02, 0.98], normalized=True)
        return bool(len(self.walls.query(shapely.linestrings([shapely.get_coordinates(inner)])[0], predicate="intersects")))

    def round_corners(self) -> None:
        """Join loose ends whose lines meet in front of both, at the corner that nobody drew."""
        one, two = self._pairs(self.gap)
        for a, b in zip(one.tolist(), two.tolist(), strict=True):
            if a in self.open and b in self.open and self.ends[a].loose and self.ends[b].loose:
                corner = self._corner(a, b)
                if corner and not self._blocked((*self.at[a].tolist(), *corner)) and not self._blocked((*corner, *self.at[b].tolist())):
                    self.open -= {a, b}
                    self.lines += [(*self.at[a].tolist(), *corner), (*corner, *self.at[b].tolist())]

    def _corner(self, a: int, b: int) -> tuple[float, float] | None:
        (ux, uy), (vx, vy) = self.way[a].tolist(), self.way[b].tolist()
        cross = ux * vy - uy * vx
        if abs(cross) < 0.3:
            return None
        wx, wy = (self.at[b] - self.at[a]).tolist()
        along_a, along_b = (wx * vy - wy * vx) / cross, (wx * uy - wy * ux) / cross
        if not (GRID < along_a <= self.gap and GRID < along_b <= self.gap):
            return None
        return self.ends[a].x + ux * along_a, self.ends[a].y + uy * along_a

    def end_to_face(self) -> None:
        """Let the ends that are left reach straight on to a wall across the gap."""
        left = [i for i in sorted(self.open) if self._reaches(self.ends[i])]
        if not left:
            return
        start = self.at[left] + self.way[left] * 5 * GRID
        rays = np.hstack((start, self.at[left] + self.way[left] * self.gap))
        ray, wall = self.walls.query(strings(rays), predicate="intersects")
        far = _crossing(rays[ray], self.wall_lines[wall])
        for at in np.lexsort((far, ray)).tolist():
            end = left[int(ray[at])]
            if end in self.open and np.isfinite(far[at]):
                self.open.discard(end)
                reach = float(far[at]) + 5 * GRID + _OVERSHOOT
                self.lines.append((*self.at[end].tolist(), *(self.at[end] + self.way[end] * reach).tolist()))

    def _reaches(self, end: End) -> bool:
        ahead = (end.x, end.y, end.x + end.dx * self.gap, end.y + end.dy * self.gap)
        return end.loose or end.length >= _FREE_STANDING or (len(self.symbols) > 0 and self._has_symbol(ahead))


def _crossing(rays: Lines, walls: Lines) -> Vectors:
    """Return how far along each ray its wall is met; infinite where they run side by side."""
    u, v = rays[:, 2:] - rays[:, :2], walls[:, 2:] - walls[:, :2]
    w = walls[:, :2] - rays[:, :2]
    cross = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    length = np.hypot(*u.T)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (w[:, 0] * v[:, 1] - w[:, 1] * v[:, 0]) / cross
    return np.where(np.abs(cross) > 0.2 * length * np.hypot(*v.T), share * length, np.inf)


def faces(lines: Lines, gap: float, merge: float, symbols: NDArray[np.object_]) -> tuple[NDArray[np.object_], Vectors]:
    """Return the polygons that the lines enclose once their gaps are bridged, and the points of loose ends that stay open."""
    graph = Graph(node(heal(lines, merge))).without_spurs()
    bridges = Bridges(graph, gap, symbols)
    closed = node(np.vstack((graph.edges, bridges.build())))
    made = shapely.get_parts(shapely.polygonize(strings(closed)))
    loose = [i for i in sorted(bridges.open) if bridges.ends[i].loose]
    return made, bridges.at[loose]
