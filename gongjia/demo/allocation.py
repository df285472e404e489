"""A plan of rooms in the invented city: a rented building in use while owned ones stand empty."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from gongjia.demo.constants import TODAY
from gongjia.demo.seeding import Keys, act
from gongjia.domains.allocation.gathering import rooms_of
from gongjia.domains.allocation.planning import plan_rooms
from gongjia.domains.offices.models import Building, Occupancy
from gongjia.org.choices import Holding
from gongjia.org.models import Unit, User

ROOT = "YC"
PEOPLE = 200
"""So few take part that the plan is solved to the end: the same city has the same plan."""
SECONDS = 8.0


def chosen() -> list[int]:
    """Return the city's rented building with most people, and owned ones from the emptiest on."""
    mine = Building.objects.filter(place__code__startswith=f"{ROOT}-", place__closed_on__isnull=True)
    heads: Counter[int] = Counter(Occupancy.objects.current(TODAY).values_list("room__building", flat=True))
    usable = [row for row in mine.select_related("place").order_by("place__code") if rooms_of([row.pk]).exists()]
    rented = [row.pk for row in usable if row.place.holding == Holding.LEASED_IN and heads[row.pk] < PEOPLE]
    taken = [max(rented, key=lambda key: (heads[key], -key))] if rented else []
    for row in sorted(usable, key=lambda row: (heads[row.pk], row.pk)):
        if row.place.holding == Holding.OWNED and heads[row.pk] + sum(heads[key] for key in taken) <= PEOPLE and len(taken) < 5:
            taken.append(row.pk)
    return taken


def write_plan(actor: User, keys: Keys) -> int:
    """Reckon the plan and keep it; return how many moves it has."""
    unit, buildings = Unit.objects.get(pk=keys.units[ROOT]), chosen()
    figures, moves = plan_rooms(unit, buildings, {}, [], TODAY, seconds=SECONDS)
    plan = {"unit": unit.pk, "buildings": buildings, "figures": figures, "moves": moves}
    act(actor, "allocation.record_plan", [plan], TODAY, dt.datetime.combine(TODAY, dt.time(1), dt.UTC))
    return len(moves)
