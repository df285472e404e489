"""The buildings of the invented city and their rooms: who works where, on how many square metres."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from gongjia.demo.constants import LEAVER_HOLDS_ROOM, ROOM_FAULTS, TODAY
from gongjia.demo.people import PersonPlan
from gongjia.demo.standards import room_limits
from gongjia.demo.units import UnitPlan, read

EMPTY_BUILDING_ROOMS = 16
OTHER_ROOMS = (  # of a body: use, name, share of its people, usable area from and to
    ("service", "会议室", 0.035, 40, 130),
    ("service", "接待室", 0.012, 24, 45),
    ("service", "档案室", 0.018, 26, 60),
    ("service", "文印室", 0.012, 14, 24),
    ("service", "值班室", 0.010, 12, 22),
    ("equipment", "机房", 0.010, 20, 60),
    ("equipment", "配电间", 0.008, 12, 26),
    ("ancillary", "食堂", 0.004, 90, 260),
    ("ancillary", "库房", 0.014, 18, 60),
    ("technical", "业务大厅", 0.006, 80, 220),
)


@dataclass
class RoomPlan:
    """One room; `number` is its place on the corridor of its floor."""

    building: BuildingPlan
    unit: UnitPlan
    use: str
    label: str
    area: Decimal | None
    people: list[PersonPlan] = field(default_factory=list)
    seats: int | None = None
    toilet: Decimal | None = None
    floor: int = 1
    number: int = 1
    note: str = ""

    @property
    def code(self) -> str:
        return f"{self.building.code}-{self.floor:02d}{self.number:02d}"

    @property
    def name(self) -> str:
        return f"{self.building.title}{self.floor:02d}{self.number:02d}{'' if self.use == 'office' else self.label}"


@dataclass
class BuildingPlan:
    """One building with its rooms; `units` are those who sit in it."""

    code: str
    compound: str
    name: str
    units: list[UnitPlan]
    owner: UnitPlan
    structure: str
    storeys: int
    year: int
    holding: str
    rooms: list[RoomPlan] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"{self.compound}{self.name}"

    @property
    def usable_area(self) -> Decimal:
        return sum((room.area for room in self.rooms if room.area), Decimal(0))


@dataclass
class OccupancyPlan:
    """A person in a room, from when to when."""

    room: RoomPlan
    person: PersonPlan
    since: dt.date
    until: dt.date | None = None


def plan_buildings(random: Random, units: list[UnitPlan], people: list[PersonPlan]) -> list[BuildingPlan]:
    """Return the buildings with all their rooms, numbered floor by floor."""
    by_code = {unit.code: unit for unit in units}
    staff: dict[str, list[PersonPlan]] = {}
    for person in people:
        staff.setdefault(person.unit.code, []).append(person)
    buildings = list(_buildings(by_code))
    for building in buildings:
        for unit in building.units:
            building.rooms += _rooms(random, building, unit, staff[unit.code])
        if not building.units:
            building.rooms += [_vacant(random, building, building.owner) for _number in range(EMPTY_BUILDING_ROOMS)]
        _number(building)
    return buildings


def _buildings(units: dict[str, UnitPlan]) -> Iterator[BuildingPlan]:
    city = read("city.yaml")
    root = city["code"]
    for code, compound, name, inside, *rest in city["buildings"]:
        members = [units.get(short) or units[f"{root}-{short}"] for short in inside]
        yield BuildingPlan(f"{root}-{code}", compound, name, members, _owner(members, units[f"{root}-JG"]), *rest)
    for county in city["counties"]:
        for code, compound, name, inside, *rest in city["county_buildings"]:
            members = [units[f"{county['code']}-{short}"] for short in inside]
            owner = _owner(members, units[f"{county['code']}-JG"])
            yield BuildingPlan(f"{county['code']}-{code}", f"{county['name']}{compound}", name, members, owner, *rest)


def _owner(members: list[UnitPlan], bureau: UnitPlan) -> UnitPlan:
    """A building of one body is its own; one of several is the bureau's."""
    return members[0] if len(members) == 1 else bureau


def _rooms(random: Random, building: BuildingPlan, unit: UnitPlan, people: list[PersonPlan]) -> Iterator[RoomPlan]:
    active = [person for person in people if person.status == "active"]
    for person in active:
        if person.leads:
            yield from _leader_rooms(random, building, unit, person)
    others = [person for person in active if not person.leads]
    while others:
        size = min(len(others), random.choice((2, 2, 3, 3, 4)))
        group, others = others[:size], others[size:]
        yield _shared(random, building, unit, group)
    for _number in range(round(len(active) / 2.2 * ROOM_FAULTS["vacant"] + random.random())):
        yield _vacant(random, building, unit)
    for use, label, share, low, high in OTHER_ROOMS:
        for _number in range(int(len(active) * share + random.random())):
            yield RoomPlan(building, unit, use, label, Decimal(random.randrange(low * 10, high * 10)) / 10)


def _leader_rooms(random: Random, building: BuildingPlan, unit: UnitPlan, person: PersonPlan) -> Iterator[RoomPlan]:
    limit = room_limits().get((unit.ruling_tier, person.level), Decimal(24))
    over = random.random() < ROOM_FAULTS["over_leader"]
    share = Decimal(random.randrange(104, 165) if over else random.randrange(62, 100)) / 100
    toilet = Decimal(random.randrange(30, 60)) / 10 if limit >= 24 and random.random() < 0.4 else None
    yield RoomPlan(building, unit, "office", "办公室", _cents(limit * share), [person], 1, toilet)
    if random.random() < ROOM_FAULTS["second_room"]:
        yield RoomPlan(building, unit, "office", "办公室", _cents(limit * Decimal("0.5")), [person], 1)


def _shared(random: Random, building: BuildingPlan, unit: UnitPlan, group: list[PersonPlan]) -> RoomPlan:
    limits = room_limits()
    fallback = limits[unit.ruling_tier, "staff"]
    entitled = sum((limits.get((unit.ruling_tier, person.level or "staff"), fallback) for person in group), Decimal(0))
    over = random.random() < ROOM_FAULTS["over_shared"]
    area: Decimal | None = _cents(entitled * Decimal(random.randrange(104, 140) if over else random.randrange(66, 100)) / 100)
    if random.random() < ROOM_FAULTS["no_area"]:
        area = None
    return RoomPlan(building, unit, "office", "办公室", area, group, len(group) + (random.random() < 0.2))


def _vacant(random: Random, building: BuildingPlan, unit: UnitPlan) -> RoomPlan:
    return RoomPlan(building, unit, "office", "办公室", Decimal(random.randrange(120, 320)) / 10, [], 2, note="空置")


def _number(building: BuildingPlan) -> None:
    """Spread the rooms over the floors, in order."""
    per_floor = -(-len(building.rooms) // building.storeys) or 1
    for index, room in enumerate(building.rooms):
        room.floor, room.number = index // per_floor + 1, index % per_floor + 1


def _cents(area: Decimal) -> Decimal:
    return area.quantize(Decimal("0.01"))


def plan_occupancies(random: Random, buildings: list[BuildingPlan], people: list[PersonPlan]) -> list[OccupancyPlan]:
    """Return who uses which room, those who should not any more included, and who did before."""
    rooms = [room for building in buildings for room in building.rooms]
    offices: dict[str, list[RoomPlan]] = {}
    for room in rooms:
        if room.use == "office":
            offices.setdefault(room.unit.code, []).append(room)
    plans = [OccupancyPlan(room, person, max(person.since, dt.date(room.building.year, 7, 1))) for room in rooms for person in room.people]
    for person in people:
        if person.left_on:
            room = random.choice(offices[person.unit.code])
            keeps = random.random() < LEAVER_HOLDS_ROOM
            plans.append(OccupancyPlan(room, person, person.since, None if keeps else person.left_on))
        for unit, _level in person.also:
            vacant = [room for room in offices[unit.code] if not room.people]
            if vacant and random.random() < 0.5:
                vacant[0].people.append(person)
                plans.append(OccupancyPlan(vacant[0], person, TODAY - dt.timedelta(days=random.randrange(100, 900))))
    return plans


def plan_leases(random: Random, buildings: list[BuildingPlan]) -> list[dict[str, Any]]:
    """Return the leases of what is leased in, and of stores and halls outside: running, ending soon, ended."""
    leased = [building for building in buildings if building.holding == "leased_in"]
    rows = [_lease(random, number, building.owner, building.title, building) for number, building in enumerate(leased, 1)]
    bodies = sorted({building.owner.code: building.owner for building in buildings}.values(), key=lambda unit: unit.code)
    for number, unit in enumerate(random.sample(bodies, 10), len(rows) + 1):
        rows.append(_lease(random, number, unit, random.choice(("临街门面", "仓库", "业务用房", "车库")), None))
    return rows


def _lease(random: Random, number: int, unit: UnitPlan, name: str, building: BuildingPlan | None) -> dict[str, Any]:
    ends = TODAY + dt.timedelta(days=(-200, 40, 700, 85, 1100, 300)[number % 6])
    area = building.usable_area if building else Decimal(random.randrange(400, 6000)) / 10
    return {
        "number": f"云租〔{ends.year - 3}〕{number:03d}号",
        "unit": unit,
        "building": building,
        "name": name,
        "lessor": f"云川{random.choice('兴和安泰')}物业有限公司",
        "starts_on": ends.replace(year=ends.year - 3, day=1),
        "ends_on": ends,
        "usable_area": area,
        "annual_rent": None if number % 7 == 0 else (area * random.randrange(180, 520)).quantize(Decimal("0.01")),
    }
