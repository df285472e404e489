"""Computing from values only: when a room must be back, and what a certificate's mark stands for."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from decimal import Decimal


def months_after(start: dt.date, months: int) -> dt.date:
    """Return the same day of a later month, its last day where the month is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def certified(number: str, unit: str, rooms: Sequence[str], area: Decimal, begins: dt.date, ends: dt.date | None) -> str:
    """Return what a certificate says, as the one text under its mark: whoever changes any of it changes the text."""
    parts = ("gongjia-certificate-1", number, unit, str(len(rooms)), f"{area:.2f}", begins.isoformat(), ends.isoformat() if ends else "")
    return "\n".join((*parts, *sorted(rooms)))
