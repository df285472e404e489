"""Wall lines as a graph: noded edges, the nodes where they meet, and the ends of walls that look for their other side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

Lines = NDArray[np.float64]  # (n, 4): x1, y1, x2, y2 in metres
Vectors = NDArray[np.float64]
Indices = NDArray[np.int64]
GRID = 1e-4  # a tenth of a millimetre: nearer points are one
THICKEST_WALL = 0.62
_SPUR = 0.03
_STRAIGHT, _ACROSS = 0.97, 0.25


def tidy(lines: Lines) -> Lines:
    """Return the lines on the grid, without points and doubles."""
    lines = np.round(lines / GRID) * GRID
    swapped = (lines[:, 0] > lines[:, 2]) | ((lines[:, 0] == lines[:, 2]) & (lines[:, 1] > lines[:, 3]))
    lines[swapped] = lines[swapped][:, [2, 3, 0, 1]]
    lines = lines[np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]) > GRID / 2]
    return np.unique(lines, axis=0)


def strings(lines: Lines) -> NDArray[np.object_]:
    """Return each line as a geometry."""
    return shapely.linestrings(lines.reshape(-1, 2, 2))


def node(lines: Lines) -> Lines:
    """Return the lines cut wherever they meet or cross."""
    if not len(lines):
        return lines
    parts = shapely.get_parts(shapely.union_all(strings(lines)))
    points, owner = shapely.get_coordinates(parts, return_index=True)
    same = owner[1:] == owner[:-1]
    return tidy(np.hstack((points[:-1], points[1:]))[same])


@dataclass(frozen=True)
class End:
    """Where a wall line stops: its point, the direction it points in, whether nothing joins it there, and how long its wall is."""

    x: float
    y: float
    dx: float
    dy: float
    loose: bool
    length: float


class Graph:
    """Edges between numbered nodes."""

    def __init__(self, edges: Lines) -> None:
        self.edges = edges
        flat = np.round(edges.reshape(-1, 2) / GRID).astype(np.int64)
        keys = (flat[:, 0] << 32) ^ (flat[:, 1] & 0xFFFFFFFF)
        _keys, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        self.points: Vectors = edges.reshape(-1, 2)[first]
        self.ends: Indices = inverse.reshape(-1, 2)
        self.lengths: Vectors = np.hypot(edges[:, 2] - edges[:, 0], edges[:, 3] - edges[:, 1])
        self.degree: Indices = np.bincount(self.ends.ravel(), minlength=len(self.points))

    @cached_property
    def neighbours(self) -> list[list[tuple[int, float, float, float]]]:
        """Return for each node its neighbours: node, unit vector towards it, length."""
        table: list[list[tuple[int, float, float, float]]] = [[] for _ in range(len(self.points))]
        unit = (self.points[self.ends[:, 1]] - self.points[self.ends[:, 0]]) / self.lengths[:, None]
        for (a, b), (x, y), length in zip(self.ends.tolist(), unit.tolist(), self.lengths.tolist(), strict=True):
            table[a].append((b, x, y, length))
            table[b].append((a, -x, -y, length))
        return table

    def without_spurs(self) -> Graph:
        """Return the graph without the hairs that overshooting lines leave."""
        edges = self.edges
        for _round in range(2):
            graph = Graph(edges)
            spur = (graph.degree[graph.ends].min(axis=1) == 1) & (graph.degree[graph.ends].max(axis=1) > 1) & (graph.lengths < _SPUR)
            if not spur.any():
                return graph
            edges = edges[~spur]
        return Graph(edges)

    def wall_ends(self) -> list[End]:
        """Return loose ends, and both corners of each end that is capped across the wall's thickness."""
        loose = set(np.flatnonzero(self.degree == 1).tolist())
        short = self.ends[self.lengths <= THICKEST_WALL].ravel()
        found = [self._end(at, back, loose=True) for at in loose for back in self.neighbours[at]]
        for at in set(short.tolist()) - loose:
            found += [self._end(at, back, loose=False) for back in self.neighbours[at] if self._capped(at, back)]
        return found

    def _end(self, at: int, back: tuple[int, float, float, float], loose: bool) -> End:
        x, y = self.points[at].tolist()
        return End(x, y, -back[1], -back[2], loose, self._run(at, back))

    def _run(self, at: int, back: tuple[int, float, float, float]) -> float:
        """Return how far a line runs back straight, up to a metre or so."""
        length, step = back[3], back
        while length < 1:
            ahead = [n for n in self.neighbours[step[0]] if n[1] * step[1] + n[2] * step[2] > _STRAIGHT]
            if not ahead:
                break
            step = ahead[0]
            length += step[3]
        return length

    def _capped(self, at: int, back: tuple[int, float, float, float]) -> bool:
        """True where the line from `back` ends at `at` in a cap, on whose other side a line runs back beside it."""
        _node, bx, by, _length = back
        around = self.neighbours[at]
        if any(n[1] * bx + n[2] * by < -0.5 for n in around):
            return False
        return any(self._cap_turns(n, bx, by) for n in around if abs(n[1] * bx + n[2] * by) < _ACROSS and n[3] <= THICKEST_WALL)

    def _cap_turns(self, across: tuple[int, float, float, float], bx: float, by: float) -> bool:
        walked, step = across[3], across
        while walked <= THICKEST_WALL:
            beyond = self.neighbours[step[0]]
            if any(n[1] * bx + n[2] * by < -_STRAIGHT for n in beyond):
                return False
            if any(n[1] * bx + n[2] * by > _STRAIGHT for n in beyond):
                return True
            ahead = [n for n in beyond if n[1] * step[1] + n[2] * step[2] > _STRAIGHT]
            if not ahead:
                return False
            step = ahead[0]
            walked += step[3]
        return False
