"""Numbers of new cards: unit, year and a running number, passing over those that the unit's own ledger already uses."""

from __future__ import annotations

from gongjia.core.numbering import take
from gongjia.ledger.models import Asset
from gongjia.org.models import Unit


def card_numbers(unit_id: int, year: int, count: int) -> list[str]:
    """Return `count` free asset numbers of a unit; must run inside a transaction."""
    code = Unit.objects.values_list("code", flat=True).get(pk=unit_id)
    found: list[str] = []
    while len(found) < count:
        wanted = [f"{code}-{year}-{number:05d}" for number in take(f"card-{code}-{year}", count - len(found))]
        used = set(Asset.objects.live().filter(unit=unit_id, number__in=wanted[:900]).values_list("number", flat=True))
        found += [number for number in wanted if number not in used]
    return found
