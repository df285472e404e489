"""Arithmetic of the warehouse from values only: hold windows, remaining life, what a deal saves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
MONTH = Decimal("30.4375")
"""Days of an average month, a year being 365.25 days."""


def windows(published: dt.date, own_days: int, level_days: int) -> tuple[dt.date, dt.date]:
    """Return the last day on which only the own unit, and the last on which only the same level, may take the item."""
    own = published + dt.timedelta(days=own_days - 1)
    return own, own + dt.timedelta(days=level_days)


def months_left(acquired: dt.date | None, life_months: int, on: dt.date) -> int | None:
    """Return how many months of a life are left on a day, never less than none; nothing where the age is not known."""
    if acquired is None or not life_months:
        return None
    age = (on.year - acquired.year) * 12 + on.month - acquired.month - (on.day < acquired.day)
    return max(0, life_months - max(0, age))


def compound_of(path: str) -> int | None:
    """Return the outermost place of a path ("7/12/40/" → 7)."""
    return int(path.split("/", 1)[0]) if path else None


def building_of(path: str, buildings: set[int]) -> int | None:
    """Return the innermost place of a path that is a building."""
    return next((pk for pk in reversed([int(part) for part in path.split("/") if part]) if pk in buildings), None)


def median(prices: Sequence[Decimal]) -> Decimal | None:
    """Return the middle price, of an even number the mean of the two in the middle, to the cent; None of no prices."""
    if not prices:
        return None
    ranked = sorted(prices)
    middle = len(ranked) // 2
    found = ranked[middle] if len(ranked) % 2 else (ranked[middle - 1] + ranked[middle]) / 2
    return found.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Spared:
    """What a deal is reckoned from: the price of a new one, its life, what is left of the shared one, transport and repair, in yuan."""

    price: Decimal
    life_months: int
    left_months: int
    transport: Decimal
    repair: Decimal
    used_days: int | None = None
    """Days of a loan; None where the item is kept."""

    @property
    def share(self) -> Decimal:
        """The share of a new one's service that the shared one gives: of what is left of its life, or of the days it is lent."""
        if not self.life_months:
            return Decimal(0)
        months = Decimal(self.left_months) if self.used_days is None else Decimal(self.used_days) / MONTH
        return min(Decimal(1), months / self.life_months)

    @property
    def lost_life(self) -> Decimal:
        """The part of the price that a new one would have been worth beyond what the shared one gives."""
        return (self.price * (1 - self.share)).quantize(CENT, ROUND_HALF_UP)

    @property
    def saving(self) -> Decimal:
        """The price of a new one less lost life, transport and repair; negative where sharing was the dearer way."""
        return (self.price - self.lost_life - self.transport - self.repair).quantize(CENT, ROUND_HALF_UP)
