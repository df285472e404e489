"""Owned space that would do for a need: excess buildings first, then vacant rooms, then what nobody knows the vacancy of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from gongjia.core.models import Reservation
from gongjia.domains.leasing.rules import EXCESS, UNKNOWN, VACANT, fits, rank
from gongjia.domains.offices.models import Building, Lease, Occupancy, Room, Standing
from gongjia.domains.offices.rules import kilometres
from gongjia.org.choices import Holding, PlaceKind, RoomUse

Position = tuple[float, float]
PLACE = "org.place"


@dataclass(frozen=True)
class Need:
    """What is looked for: where, how much, and the place that is not to be offered."""

    city: str
    region: str = ""
    position: Position | None = None
    usable: Decimal | None = None
    floor: Decimal | None = None
    besides: int | None = None

    @property
    def town(self) -> tuple[str, str]:
        return town_of(self.city, self.region)


@dataclass(frozen=True)
class Space:
    """One owned building that might serve: what is free of it, as far as it is known."""

    pk: int
    code: str
    name: str
    unit: str
    address: str
    standing: str
    usable: Decimal | None
    floor: Decimal | None
    rooms: int = 0
    km: float | None = None
    fits: bool | None = None
    capacity: Decimal | None = None
    """The usable area before what other requests hold of it."""

    @property
    def size(self) -> Decimal | None:
        return self.usable if self.usable is not None else self.floor

    def told(self) -> dict[str, Any]:
        """Return the space as a request keeps it."""
        return {name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(self).items()}


def town_of(city: str, region: str) -> tuple[str, str]:
    """Return city and region as they are compared: names of cities repeat between regions."""
    return city.strip().casefold(), region.strip().casefold()


def _area(value: Decimal | None) -> Decimal | None:
    return value if value is not None and value > 0 else None


def _position(latitude: Decimal | None, longitude: Decimal | None) -> Position | None:
    return (float(latitude), float(longitude)) if latitude is not None and longitude is not None else None


@dataclass
class Stock:
    """All owned buildings, read once: by city, with their vacant rooms and what requests hold of them."""

    by_town: dict[tuple[str, str], list[Building]] = field(default_factory=lambda: defaultdict(list))
    vacant: dict[int, tuple[Decimal, int]] = field(default_factory=dict)
    """Usable area and number of vacant offices, of every building that has rooms in the ledger."""
    held: dict[int, Decimal | None] = field(default_factory=dict)

    @classmethod
    def read(cls, besides: str = "") -> Stock:
        """Read the stock; `besides` is the request whose own reservations do not count."""
        stock = cls()
        owned = Building.objects.filter(place__holding=Holding.OWNED, place__closed_on__isnull=True, kind=PlaceKind.BUILDING)
        for building in owned.exclude(standing=Standing.CLOSED).exclude(city="").select_related("place__unit").order_by("pk"):
            stock.by_town[town_of(building.city, building.region)].append(building)
        stock.vacant = _vacancies()
        for row in Reservation.objects.filter(subject=PLACE, released_at__isnull=True).exclude(holder=besides):
            before = stock.held.get(row.subject_id, Decimal(0))
            stock.held[row.subject_id] = None if row.amount is None or before is None else before + row.amount
        return stock

    def all_for(self, need: Need) -> list[Space]:
        """Return every owned building of the need's city with its distance, excess first, then vacant, then unknown."""
        found = (self._space(building, need) for building in self.by_town.get(need.town, ()) if building.pk != need.besides)
        return sorted((one for one in found if one is not None), key=lambda one: (*rank(one.standing, one.km, one.size), one.pk))

    def suiting(self, need: Need) -> list[Space]:
        """Return those that are large enough, or whose area cannot be compared."""
        return [space for space in self.all_for(need) if space.fits is not False]

    def _space(self, building: Building, need: Need) -> Space | None:
        """Return what is free of a building; None where its rooms are known and none is vacant."""
        place, held = building.place, self.held.get(building.pk, Decimal(0))
        usable, floor, rooms = _area(place.usable_area), _area(place.floor_area), 0
        standing = EXCESS if building.standing == Standing.EXCESS else UNKNOWN
        if standing == UNKNOWN and building.pk in self.vacant:
            standing, floor = VACANT, None
            usable, rooms = self.vacant[building.pk]
        if held is None or (standing == VACANT and (usable or 0) <= held):
            return None
        capacity, usable = usable, usable - held if usable is not None else None
        there, km = _position(building.latitude, building.longitude), None
        if there is not None and need.position is not None:
            km = round(kilometres(need.position, there), 1)
        words = (place.code, place.name, place.unit.name, place.address)
        return Space(place.pk, *words, standing, usable, floor, rooms, km, fits(usable, floor, need.usable, need.floor), capacity)


def _vacancies() -> dict[int, tuple[Decimal, int]]:
    offices = Room.objects.filter(place__closed_on__isnull=True, place__use=RoomUse.OFFICE)
    found = {pk: (Decimal(0), 0) for pk in offices.order_by().values_list("building", flat=True).distinct()}
    free = offices.exclude(pk__in=Occupancy.objects.current().values("room")).filter(place__usable_area__gt=0).order_by()
    for pk, area, count in (
        free.values("building").annotate(area=Sum("place__usable_area"), n=Count("pk")).values_list("building", "area", "n")
    ):
        found[pk] = (Decimal(area), count)
    return found


class Whereabouts:
    """Where leases are: by their own position, else by the building that they name, or that has their location's code."""

    def __init__(self, leases: Iterable[Lease]) -> None:
        rows = list(leases)
        wanted = Building.objects.select_related("place")
        self.by_place = wanted.in_bulk(list({lease.place_id for lease in rows if lease.place_id}))
        codes = list({lease.location for lease in rows if lease.location and lease.latitude is None})
        self.by_code = {
            b.place.code: b for start in range(0, len(codes), 900) for b in wanted.filter(place__code__in=codes[start : start + 900])
        }

    def need(self, lease: Lease) -> Need:
        """Return what would take the place of a lease."""
        building = self.by_place.get(lease.place_id) or self.by_code.get(lease.location)
        position = _position(lease.latitude, lease.longitude)
        if position is None and building is not None:
            position = _position(building.latitude, building.longitude)
        city, region = lease.city or getattr(building, "city", ""), lease.region or getattr(building, "region", "")
        return Need(city, region, position, _area(lease.usable_area), _area(lease.floor_area), lease.place_id)
