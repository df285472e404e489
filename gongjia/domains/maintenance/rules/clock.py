"""The clock of repairs: when a ticket is due, when a plan comes round, when applications close."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator

LATEST = dt.date(9998, 12, 31)


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the month's last day where it has no such day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_days(first: dt.date, every: int, until: dt.date) -> Iterator[dt.date]:
    """Yield the days from `first` to `until` on which a plan comes round; the month's end stays the month's end."""
    number, day = 0, first
    while day <= until and day < LATEST:
        yield day
        number += 1
        day = add_months(first, every * number)


def next_after(first: dt.date, every: int, until: dt.date) -> dt.date:
    """Return the first day after `until` on which a plan comes round."""
    return add_months(first, every * len(list(due_days(first, every, until))))


def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def whole_months(since: dt.date, until: dt.date) -> int:
    """Return the whole months between two days, never below nothing."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return max(0, months - (add_months(since, months) > until))
