"""A floor as the shapes of an SVG: centimetres, north of the paper up, labels that fit their rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from gongjia.domains.drawings.colouring import Paint
from gongjia.domains.drawings.floor import Cell

MARGIN, FOOT = 110, 170
LARGEST, SMALLEST = 62, 16
BARS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One room: its path, its label in up to two lines, and the paint."""

    pk: int
    path: str
    x: int
    y: int
    size: int
    label: str
    text: str
    text_size: int
    title: str
    css: str
    hatched: bool


@dataclass(frozen=True)
class Picture:
    """A whole floor: the frame, the slab under the rooms, the rooms, and a scale bar of `bar` metres."""

    width: int
    height: int
    slab: str
    rooms: list[Drawn]
    bar: int

    @property
    def foot(self) -> int:
        return self.height - FOOT + 95


class Frame:
    """Turns millimetres of the drawing into centimetres of the picture."""

    def __init__(self, rings: Sequence[Any]) -> None:
        xs = [x for ring in rings for x, _y in ring] or [0]
        ys = [y for ring in rings for _x, y in ring] or [0]
        self.left, self.top = min(xs), max(ys)
        self.width = (max(xs) - self.left) // 10 + 2 * MARGIN
        self.height = (self.top - min(ys)) // 10 + MARGIN + FOOT

    def x(self, value: float) -> int:
        return round((value - self.left) / 10) + MARGIN

    def y(self, value: float) -> int:
        return round((self.top - value) / 10) + MARGIN

    def path(self, rings: Sequence[Any]) -> str:
        """Return rings as one path, in relative steps: half as long."""
        return "".join(self._ring(ring) for ring in rings)

    def _ring(self, ring: Sequence[Any]) -> str:
        points = [(self.x(x), self.y(y)) for x, y in ring]
        parts = [f"M{points[0][0]} {points[0][1]}"]
        for (x, y), (to_x, to_y) in pairwise(points):
            across, down = to_x - x, to_y - y
            parts.append(f"h{across}" if not down else f"v{down}" if not across else f"l{across} {down}")
        return "".join([*parts, "z"])


def picture(slab: Sequence[Any], cells: Sequence[Cell], paints: Sequence[Paint]) -> Picture:
    """Return a floor as it is drawn."""
    frame = Frame([*slab, *(ring for cell in cells for ring in cell.shape.outline)])
    rooms = [_room(frame, cell, paint) for cell, paint in zip(cells, paints, strict=True)]
    wanted = (frame.width - 2 * MARGIN) / 600
    bar = max((bar for bar in BARS if bar <= wanted), default=1)
    return Picture(frame.width, frame.height, frame.path(slab), rooms, bar)


def _room(frame: Frame, cell: Cell, paint: Paint) -> Drawn:
    shape, xs = cell.shape, [x for x, _y in cell.shape.outline[0]]
    width, height = (max(xs) - min(xs)) / 10, _height(cell)
    label = shape.number or shape.name or "?"
    size = _fitting(label, width, height / 2)
    text_size = min(round(size * 0.72), _fitting(paint.text, width, height / 3)) if paint.text else 0
    return Drawn(
        shape.pk,
        frame.path(shape.outline),
        frame.x(shape.x),
        frame.y(shape.y),
        size,
        label if size >= SMALLEST else "",
        paint.text if text_size >= SMALLEST * 0.8 else "",
        text_size,
        f"{label} · {paint.label}",
        paint.css,
        paint.hatched,
    )


def _height(cell: Cell) -> float:
    ys = [y for _x, y in cell.shape.outline[0]]
    return (max(ys) - min(ys)) / 10


def _fitting(text: str, width: float, height: float) -> int:
    """Return the largest size of letters at which a text stays within its room."""
    ems = sum(1.0 if ord(letter) > 0x2E80 else 0.58 for letter in text) or 1
    return round(min(LARGEST, width * 0.84 / ems, height * 0.7))
