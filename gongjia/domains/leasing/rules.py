"""Arithmetic of leases from values only: rent by year, what would do for a need, the order in which it is shown."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
EXCESS, VACANT, UNKNOWN = "excess", "vacant", "unknown"
STANDINGS = (EXCESS, VACANT, UNKNOWN)
NOWHERE = 1e9
"""The kilometres of a place whose position is not known, so that it stands last."""


def a_year_on(day: dt.date) -> dt.date:
    """Return the same day of the next year; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def year_of_rent(starts: dt.date, ends: dt.date, annual: Decimal, year: int) -> Decimal:
    """Return what of an annual rent falls to a calendar year, by days; both ends of the term count."""
    first, last = max(starts, dt.date(year, 1, 1)), min(ends, dt.date(year, 12, 31))
    days = (last - first).days + 1
    if days <= 0:
        return Decimal(0)
    length = (dt.date(year, 12, 31) - dt.date(year, 1, 1)).days + 1
    return (annual * days / length).quantize(CENT, ROUND_HALF_UP)


def fits(usable: Decimal | None, floor: Decimal | None, need_usable: Decimal | None, need_floor: Decimal | None) -> bool | None:
    """Say whether an area holds a need, usable against usable, else floor against floor; None where they cannot be compared."""
    if need_usable and usable is not None:
        return usable >= need_usable
    if need_floor and floor is not None:
        return floor >= need_floor
    return None


def rank(standing: str, km: float | None, size: Decimal | None) -> tuple[int, float, Decimal]:
    """Return the place of a space in a list: excess first, then known vacancies, then unknown; the near before the far."""
    return STANDINGS.index(standing), NOWHERE if km is None else km, size or Decimal(0)
