"""Numbers of documents: consecutive within a series, given out inside the transaction that writes the document."""

from __future__ import annotations

from gongjia.core.models import Series


def take(series: str, count: int = 1) -> list[int]:
    """Return the next `count` numbers of a series; must run inside a transaction, which holds the series until it ends.

    A transaction that is taken back gives its numbers back, so that there is no gap.
    """
    Series.objects.get_or_create(name=series)
    row = Series.objects.select_for_update().get(name=series)
    Series.objects.filter(name=series).update(last=row.last + count)
    return list(range(row.last + 1, row.last + count + 1))


def numbered(prefix: str, year: int, count: int = 1) -> list[str]:
    """Return the next document numbers of a year, such as CG-2026-00001."""
    return [f"{prefix}-{year}-{number:05d}" for number in take(f"{prefix}-{year}", count)]
