"""化整为零: projects of one unit at one part of a building that stay under a threshold each and pass it together within a window."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """One project: what it belongs to, when it was applied for, what it costs."""

    key: int
    group: Hashable
    on: dt.date
    cost: int


def split_sums(pieces: Iterable[Piece], window: int, threshold: int) -> dict[int, int]:
    """Return, for each project of a split, the largest sum of a window of so many days that it stands in; others are left out.

    A project above the threshold by itself is no part of a split: it has gone the way that a split avoids.
    """
    groups: dict[Hashable, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.cost <= threshold:
            groups[piece.group].append(piece)
    found: dict[int, int] = {}
    for members in groups.values():
        members.sort(key=lambda piece: (piece.on, piece.key))
        first, total = 0, 0
        for last, piece in enumerate(members):
            total += piece.cost
            while (piece.on - members[first].on).days > window:
                total -= members[first].cost
                first += 1
            if last > first and total > threshold:
                found.update({one.key: max(total, found.get(one.key, 0)) for one in members[first : last + 1]})
    return found
