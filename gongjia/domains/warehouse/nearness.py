"""How near a published item is: same building, same compound, else kilometres where both sides have coordinates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gongjia.domains.offices.models import Building
from gongjia.domains.offices.rules import kilometres
from gongjia.domains.warehouse.publishing import where
from gongjia.org.models import Place, Unit

BUILDING, COMPOUND, TOWN, FAR = "building", "compound", "town", "far"
RINGS = (BUILDING, COMPOUND, TOWN, FAR)
TOWN_KM = 30.0
"""Beyond it an item counts as far, whatever its unit."""


@dataclass(frozen=True)
class Distance:
    """A ring, and the kilometres where they are known."""

    ring: str
    km: float | None = None

    @property
    def rank(self) -> tuple[int, float]:
        return RINGS.index(self.ring), self.km if self.km is not None else TOWN_KM / 2


@dataclass
class Standpoint:
    """Where a unit is: its building and compound."""

    building: int | None
    compound: int | None

    @cached_property
    def places(self) -> Mapping[int, tuple[float, float]]:
        """The coordinates of every building that has any."""
        rows = Building.objects.filter(latitude__isnull=False, longitude__isnull=False)
        return {pk: (float(lat), float(lon)) for pk, lat, lon in rows.values_list("pk", "latitude", "longitude")}

    def to(self, building: int | None, compound: int | None) -> Distance:
        """Return how far another place is."""
        if building is not None and building == self.building:
            return Distance(BUILDING)
        if compound is not None and compound == self.compound:
            return Distance(COMPOUND)
        here, there = self.places.get(self.building or 0), self.places.get(building or 0)
        if here is None or there is None:
            return Distance(TOWN)
        km = round(kilometres(here, there), 1)
        return Distance(TOWN if km <= TOWN_KM else FAR, km)


def standpoint(unit: Unit | None, place: Place | None = None) -> Standpoint:
    """Return where a unit stands: the place given, else the building in which it has most rooms."""
    if place is None and unit is not None:
        place = Place.objects.live().filter(unit=unit, kind="room").exclude(path="").select_related("parent").order_by("pk").first()
        place = place or Place.objects.live().filter(unit=unit).exclude(path="").order_by("pk").first()
    return Standpoint(*where(place))


def of_user(user: Any, unit: Unit | None) -> Standpoint:
    """Return where a person stands: the room he uses, else his unit."""
    person = getattr(user, "person", None)
    occupancy = None if person is None else person.occupancies.current().select_related("room__place").first()
    return standpoint(unit, occupancy.room.place if occupancy else None)
