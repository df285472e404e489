"""Proving a table row by row: opening + increase − decrease = closing, the difference told by kinds of movements. Values only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

Vector = tuple[int, int, int, int]
"""Cards, quantity in hundredths, cost and accumulated depreciation in 分."""
NOTHING: Vector = (0, 0, 0, 0)
MEASURES = ("cards", "quantity", "cost", "accumulated")


class Unbalanced(Exception):
    """Raised for a row whose movements do not explain its change."""


def plus(one: Vector, other: Vector) -> Vector:
    """Return the sum of two vectors."""
    return (one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3])


def minus(one: Vector, other: Vector) -> Vector:
    """Return the difference of two vectors."""
    return (one[0] - other[0], one[1] - other[1], one[2] - other[2], one[3] - other[3])


def total(vectors: Iterable[Vector]) -> Vector:
    """Return the sum of vectors."""
    out = NOTHING
    for vector in vectors:
        out = plus(out, vector)
    return out


def parts(change: Vector) -> tuple[Vector, Vector]:
    """Return what a change adds and what it takes, measure by measure; neither is negative."""
    up = tuple(max(0, cell) for cell in change)
    return up, minus(up, change)  # type: ignore[return-value,arg-type]


@dataclass
class Row:
    """One row: where it began, what each kind of movement added and took, where it ended."""

    opening: Vector = NOTHING
    closing: Vector = NOTHING
    added: dict[str, Vector] = field(default_factory=dict)
    taken: dict[str, Vector] = field(default_factory=dict)

    @property
    def increase(self) -> Vector:
        return total(self.added.values())

    @property
    def decrease(self) -> Vector:
        return total(self.taken.values())

    def move(self, kind: str, up: Vector, down: Vector) -> None:
        """Note what a movement added and took."""
        if up != NOTHING:
            self.added[kind] = plus(self.added.get(kind, NOTHING), up)
        if down != NOTHING:
            self.taken[kind] = plus(self.taken.get(kind, NOTHING), down)

    def prove(self, name: str = "") -> None:
        """Raise Unbalanced unless opening + increase − decrease = closing in every measure."""
        if minus(plus(self.opening, self.increase), self.decrease) != self.closing:
            raise Unbalanced(f"{name}: {self.opening} + {self.increase} - {self.decrease} != {self.closing}")


class Table:
    """Rows by key; what has no key is outside the table."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}

    def row(self, key: str) -> Row:
        return self.rows.setdefault(key, Row())

    def open(self, key: str | None, value: Vector) -> None:
        """Add to where a row begins."""
        if key is not None:
            row = self.row(key)
            row.opening = plus(row.opening, value)

    def close(self, key: str | None, value: Vector) -> None:
        """Add to where a row ends."""
        if key is not None:
            row = self.row(key)
            row.closing = plus(row.closing, value)

    def step(self, kind: str, before: str | None, was: Vector, after: str | None, now: Vector) -> None:
        """Note one movement of one card: within its row, or out of one and into another."""
        if before == after:
            if before is not None and was != now:
                self.row(before).move(kind, *parts(minus(now, was)))
            return
        if before is not None:
            self.row(before).move(kind, NOTHING, was)
        if after is not None:
            self.row(after).move(kind, now, NOTHING)

    def prove(self, name: str) -> int:
        """Prove every row and return how many there are."""
        for key, row in self.rows.items():
            row.prove(f"{name} {key}")
        return len(self.rows)

    def whole(self) -> Row:
        """Return the sum of all rows."""
        made = Row(total(row.opening for row in self.rows.values()), total(row.closing for row in self.rows.values()))
        for row in self.rows.values():
            for kind in row.added.keys() | row.taken.keys():
                made.move(kind, row.added.get(kind, NOTHING), row.taken.get(kind, NOTHING))
        return made
