"""Which units stood below a unit on a day, by what was known at an instant: what a reform moves later does not change a report."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from gongjia.org.models import Unit, UnitParentage


def units_within(top: int, on: dt.date, known: dt.datetime) -> frozenset[int]:
    """Return the unit and all below it; a unit without dated parentage stands where it stands now."""
    parents: dict[int, int | None] = dict(Unit.objects.values_list("pk", "parent"))
    first = UnitParentage.objects.order_by("-valid_from", "-recorded_at", "-pk")
    parents.update(first.values_list("unit", "parent"))  # the earliest stands for the days before it
    dated = UnitParentage.objects.known(known).filter(valid_from__lte=on).order_by("valid_from", "recorded_at", "pk")
    parents.update(dated.values_list("unit", "parent"))  # the latest by then; a later move only closes it, and is not known yet
    below: dict[int | None, list[int]] = defaultdict(list)
    for unit, parent in parents.items():
        below[parent].append(unit)
    found, waiting = {top}, [top]
    while waiting:
        for unit in below[waiting.pop()]:
            if unit not in found:
                found.add(unit)
                waiting.append(unit)
    return frozenset(found)
