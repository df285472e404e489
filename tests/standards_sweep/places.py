"""Small hands that make units, people, rooms and cards for the tests of the sweep."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from gongjia.core.periods import today
from gongjia.domains.offices.models import Building, Occupancy, Room
from gongjia.ledger.models import Asset, Category
from gongjia.org.models import Person, Place, Post, Unit

SINCE = dt.date(2020, 1, 1)


def unit(code: str, tier: str = "municipal", division: str = "340900", parent: Unit | None = None, **more: object) -> Unit:
    """A unit with its path."""
    made = Unit.objects.create(code=code, name=code, tier=tier, division=division, parent=parent, path="", **more)
    made.path = f"{parent.path if parent else ''}{made.pk}."
    made.save(update_fields=["path"])
    return made


def person(code: str, at: Unit, level: str = "staff", **more: object) -> Person:
    """A person with a post of that level, or none where it is empty."""
    made = Person.objects.create(staff_code=code, name=f"某{code}", unit=at, **more)
    if level:
        Post.objects.create(person=made, unit=at, level=level, valid_from=SINCE)
    return made


def room(code: str, at: Unit, area: str | None, *people: Person, use: str = "office", since: dt.date = SINCE) -> Room:
    """A room of a building of the unit, with the people who use it."""
    house = Building.objects.filter(place__unit=at).first()
    if house is None:
        place = Place.objects.create(code=f"B{at.pk}", name="1 号楼", kind="building", unit=at)
        house = Building.objects.create(place=place)
    size = None if area is None else Decimal(area)
    place = Place.objects.create(code=code, name=f"1 号楼 {code}", kind="room", unit=at, use=use, usable_area=size)
    made = Room.objects.create(place=place, building=house, floor_name="1")
    for one in people:
        Occupancy.objects.create(room=made, person=one, valid_from=since)
    return made


def category(code: str, edition: str = "2022") -> Category:
    """A class of the catalogue."""
    return Category.objects.get_or_create(system="gov-procurement", edition=edition, code=code, defaults={"name": code})[0]


def card(number: str, at: Unit, code: str, cost: str = "1000", acquired: dt.date | None = dt.date(2022, 5, 1), **more: object) -> Asset:
    """A card of the ledger."""
    known = category(code) if code else None
    return Asset.objects.create(number=number, name=number, unit=at, category=known, cost=Decimal(cost), acquired_on=acquired, **more)


def months_ago(count: int) -> dt.date:
    """The same day some months before today, within the month."""
    day = today()
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return dt.date(year, month + 1, min(day.day, 28))
