"""The content of a drawing in one form, whatever file it came from: segments, curves, rings and texts by layer, in drawing units."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gongjia.domains.drawings.reading.plan import CannotRead, Point

Points = NDArray[np.float64]
MOST_PIECES = 3_000_000  # a drawing of nested blocks may say that it holds billions


@dataclass(frozen=True)
class Matrix:
    """An affine map of the plane: how an insert places its block."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def of(self, points: Points) -> Points:
        """Return points (n, 2) placed."""
        px, py = points[:, 0], points[:, 1]
        return np.column_stack((self.a * px + self.c * py + self.x, self.b * px + self.d * py + self.y))

    @property
    def stretch(self) -> float:
        """Return the scale that lengths get, on the geometric mean of both axes."""
        return float(np.sqrt(abs(self.a * self.d - self.b * self.c)))


@dataclass(frozen=True)
class Curve:
    """A flattened arc, with the centre and the sweep in degrees that tell a door's swing from a round wall."""

    layer: str
    points: Points
    centre: Point
    sweep: float


@dataclass(frozen=True)
class Ring:
    """A closed outline; `source` is polyline, circle, hatch, solid or open (the ends do not meet)."""

    layer: str
    points: Points
    source: str = "polyline"


@dataclass(frozen=True)
class Label:
    """A text: the middle of its box, the point where it was placed, its height, and the tag of an attribute."""

    layer: str
    text: str
    middle: Point
    placed: Point
    height: float
    tag: str = ""


@dataclass(frozen=True)
class Symbol:
    """A door or a window drawn as a block: the corners of its box."""

    role: str
    layer: str
    corners: Points


@dataclass(frozen=True)
class Region:
    """A named part of a sheet: what a viewport shows, or where a block named after a storey lies."""

    name: str
    low: Point
    high: Point


@dataclass
class Sheet:
    """One space of a drawing: model space, a layout or a block definition."""

    name: str
    segments: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))  # x1, y1, x2, y2, x1, ...
    curves: list[Curve] = field(default_factory=list)
    rings: list[Ring] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    symbols: list[Symbol] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    pieces: int = 0

    def lines(self, layer: str) -> Points:
        """Return the straight segments of a layer as rows x1, y1, x2, y2."""
        return np.asarray(self.segments.get(layer, ()), dtype=float).reshape(-1, 4)

    def add_path(self, layer: str, points: Points) -> None:
        """Add an open chain of points as segments."""
        if len(points) > 1:
            self.segments[layer].extend(np.hstack((points[:-1], points[1:])).ravel().tolist())
            self.count(len(points) - 1)

    def count(self, pieces: int) -> None:
        """Count what was added; raises CannotRead where a drawing asks for more than memory should hold."""
        self.pieces += pieces
        if self.pieces > MOST_PIECES:
            raise CannotRead("too_big", limit=f"{MOST_PIECES:,}")

    def place(self, block: Sheet, matrix: Matrix, layer: str) -> None:
        """Add a block's content where an insert places it; what lies on layer 0 takes the insert's layer."""
        self.count(block.pieces)

        def of(own: str) -> str:
            return layer if own == "0" else own

        for own, flat in block.segments.items():
            self.segments[of(own)].extend(matrix.of(np.asarray(flat).reshape(-1, 2)).ravel().tolist())
        self.curves += [Curve(of(each.layer), matrix.of(each.points), _moved(matrix.of, each.centre), each.sweep) for each in block.curves]
        self.rings += [Ring(of(each.layer), matrix.of(each.points), each.source) for each in block.rings]
        self.symbols += [Symbol(each.role, of(each.layer), matrix.of(each.corners)) for each in block.symbols]
        self.labels += [
            Label(of(t.layer), t.text, _moved(matrix.of, t.middle), _moved(matrix.of, t.placed), t.height * matrix.stretch, t.tag)
            for t in block.labels
        ]

    def everything(self) -> Points:
        """Return all points of lines, curves and rings."""
        flat = [np.asarray(line).reshape(-1, 2) for line in self.segments.values() if line]
        flat += [each.points for each in self.curves] + [each.points for each in self.rings]
        flat += [each.corners for each in self.symbols]
        return np.vstack(flat) if flat else np.empty((0, 2))

    def corners(self) -> Points | None:
        """Return the four corners of the box round all content; None where there is none."""
        points = self.everything()
        if not len(points):
            return None
        (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
        return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])


def _moved(of: Callable[[Points], Points], point: Point) -> Point:
    x, y = of(np.array([point]))[0]
    return float(x), float(y)


@dataclass
class Content:
    """A whole drawing: its sheets, the unit that it declares (metres per unit, None where it declares none), and its layers' counts."""

    kind: str
    sheets: list[Sheet]
    declared: float | None = None
    imperial: bool = False
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    hidden: set[str] = field(default_factory=set)
    lengths: list[float] = field(default_factory=list)  # what dimensions measure, in drawing units
    scales_said: list[float] = field(default_factory=list)  # metres per unit by dimensions whose text was written by hand, in mm
    unread: Counter[str] = field(default_factory=Counter)  # kinds of entities that hold geometry nobody but their program can draw
    errors: int = 0
