"""How old a card is and how far it has been written down; from values only."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal


def months_between(start: dt.date, end: dt.date) -> int:
    """Return the full months from `start` to `end`; nothing before the start."""
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return max(0, months)


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """Return part ÷ whole in per cent with one decimal, or None of nothing."""
    return (part * 100 / whole).quantize(Decimal("0.1")) if whole else None
