"""The return of a division as of a day, computed from the ledgers: each cell with the records that it was computed from."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from gongjia.domains.leasing.choices import ProvisionWay
from gongjia.domains.leasing.models import Provision, SpaceLetting
from gongjia.domains.offices.models import Building, Occupancy, Room, Title
from gongjia.org.choices import Holding, PlaceKind, RoomUse, UnitKind
from gongjia.org.models import AuthorisedPosts, Unit
from gongjia.publishing.models import Division

OWN_USED, OWN_LENT, USED = "own_used", "own_lent", "used"
BUILDING, ROOM, UNIT, PROVISION, LETTING, TITLE = (
    "offices.building", "offices.room", "org.unit", "leasing.provision", "leasing.letting", "leasing.title",
)  # fmt: skip
Refs = tuple[str, tuple[int, ...]] | None


@dataclass(frozen=True)
class Cell:
    """A value as text, with the resource and keys of the rows behind it."""

    value: str
    refs: Refs = None


@dataclass(frozen=True)
class Line:
    """One row of a table; the key is that of the record that it stands for."""

    key: str
    cells: dict[str, Cell]


@dataclass
class Made:
    """The tables of a return by key."""

    code: str
    name: str
    on: dt.date
    tables: dict[str, list[Line]] = field(default_factory=dict)

    def sum(self, table: str, column: str) -> Decimal:
        return sum((Decimal(line.cells[column].value or 0) for line in self.tables[table]), Decimal(0))


def reported_units(division: Division) -> list[Unit]:
    """Return the units of a division's own level: not those below it, nor under another line."""
    within = Unit.objects.live().filter(path__startswith=division.unit.path, tier=division.level, vertical=False)
    return [unit for unit in within.order_by("path") if division.code.startswith(unit.division.rstrip("0"))]


def _sum(values: Iterable[Decimal | None]) -> str:
    return str(sum((value for value in values if value is not None), Decimal(0)).quantize(Decimal("0.01")))


def _cells(**values: Any) -> dict[str, Cell]:
    return {name: value if isinstance(value, Cell) else Cell(str(value)) for name, value in values.items()}


class Reckoning:
    """One return while it is made."""

    def __init__(self, division: Division, on: dt.date) -> None:
        self.division, self.on = division, on
        self.units = {unit.pk: unit for unit in reported_units(division)}
        owned = Building.objects.filter(place__unit__in=list(self.units), place__closed_on__isnull=True, kind=PlaceKind.BUILDING)
        self.buildings = list(owned.select_related("place__unit").order_by("place__code", "pk"))
        self.rooms: dict[int, list[Room]] = defaultdict(list)
        keys = [building.pk for building in self.buildings]
        for start in range(0, len(keys), 900):
            rooms = Room.objects.filter(building__in=keys[start : start + 900], place__closed_on__isnull=True)
            for room in rooms.select_related("place", "project").order_by("pk"):
                self.rooms[room.building_id].append(room)
        self.used = set(Occupancy.objects.current(on).values_list("room", flat=True))
        self.titles = {title.place_id: title for title in Title.objects.current(on).order_by("valid_from", "pk")}

    def run(self) -> Made:
        made = Made(self.division.code, self.division.name, self.on)
        made.tables = {
            "divisions": [self._division()],
            "premises": [self._premises(building) for building in self.buildings],
            "technical": [self._technical(b, rooms) for b in self.buildings if (rooms := self._of_use(b, RoomUse.TECHNICAL))],
            "projects": [self._project(provision) for provision in self._provisions()],
        }
        return made

    def _division(self) -> Line:
        posts = AuthorisedPosts.objects.current(self.on).filter(unit__in=list(self.units)).aggregate(total=Sum("count"))["total"] or 0
        bodies = tuple(sorted(pk for pk, unit in self.units.items() if unit.kind == UnitKind.BODY))
        words = _cells(name=self.division.name, level=self.division.level, code=self.division.code)
        return Line(
            self.division.code, {**words, "units": Cell(str(len(bodies)), (UNIT, bodies)), "posts": Cell(str(posts), (UNIT, bodies))}
        )

    def _of_use(self, building: Building, use: str) -> list[Room]:
        return [room for room in self.rooms[building.pk] if room.place.use == use]

    def _premises(self, building: Building) -> Line:
        place, title, rooms = building.place, self.titles.get(building.pk), self.rooms[building.pk]
        cells = _cells(code=place.code, name=place.name, address=place.address, unit=place.unit.name, nature=place.unit.nature, land="")
        cells["ownership"] = self._ownership(building)
        about = (TITLE, (title.pk,)) if title else None
        cells |= {"holder": Cell(title.holder if title else "", about), "certificate": Cell(title.number if title else "", about)}
        own = (BUILDING, (building.pk,))
        cells["floor"] = Cell(_sum([place.floor_area]) if place.floor_area is not None else "", own)
        for use in (RoomUse.OFFICE, RoomUse.SERVICE, RoomUse.EQUIPMENT, RoomUse.ANCILLARY, RoomUse.TECHNICAL):
            cells[use.value] = _area_of(self._of_use(building, use))
        named = {use.value for use in RoomUse if use is not RoomUse.OTHER}
        cells["other"] = _area_of([room for room in rooms if room.place.use not in named])
        cells |= {"usable": _area_of(rooms), "rooms": Cell(str(len(rooms)), (ROOM, tuple(room.pk for room in rooms)))}
        cells["idle"] = _area_of([room for room in self._of_use(building, RoomUse.OFFICE) if room.pk not in self.used])
        return Line(str(building.pk), cells)

    def _ownership(self, building: Building) -> Cell:
        """Return the kind of ownership: owned and used, owned and lent to others, not owned but used."""
        if building.place.holding != Holding.OWNED:
            return Cell(USED, (BUILDING, (building.pk,)))
        running = SpaceLetting.objects.live().filter(place=building.pk, starts_on__lte=self.on)
        lent = tuple(running.exclude(taken_back_on__lte=self.on).order_by("pk").values_list("pk", flat=True))
        return Cell(OWN_LENT, (LETTING, lent)) if lent else Cell(OWN_USED, (BUILDING, (building.pk,)))

    def _technical(self, building: Building, rooms: Sequence[Room]) -> Line:
        projects = sorted({room.project.number for room in rooms if room.project is not None})
        words = _cells(code=building.place.code, name=building.place.name, unit=building.place.unit.name, project="；".join(projects))
        count = Cell(str(len(rooms)), (ROOM, tuple(room.pk for room in rooms)))
        return Line(str(building.pk), {**words, "area": _area_of(rooms), "rooms": count})

    def _provisions(self) -> list[Provision]:
        rows = Provision.objects.live().filter(way=ProvisionWay.BUILD, unit__in=list(self.units), granted_on__lte=self.on)
        return list(rows.select_related("unit").order_by("number"))

    def _project(self, row: Provision) -> Line:
        words = _cells(number=row.number, unit=row.unit.name, project=row.project, purpose=row.purpose, granted=row.granted_on)
        return Line(str(row.pk), {**words, "area": Cell(_sum([row.wanted_area]), (PROVISION, (row.pk,)))})


def _area_of(rooms: Sequence[Room]) -> Cell:
    return Cell(_sum(room.place.usable_area for room in rooms), (ROOM, tuple(room.pk for room in rooms)) if rooms else None)


def reckon(division: Division, on: dt.date) -> Made:
    """Return the tables of a division's return as of a day."""
    return Reckoning(division, on).run()
