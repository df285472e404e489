"""The drawing audit of a building: drawing, ledger, certificate and entitlement in one report, room by room and floor by floor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjia.core.check import checks
from gongjia.core.periods import today
from gongjia.domains.drawings.choices import Linked, PlanState
from gongjia.domains.drawings.models import Shape
from gongjia.domains.drawings.rules import percent_gap, storey_key, storey_order
from gongjia.domains.offices.models import Building, Room, Title
from gongjia.domains.offices.resources import ROOMS
from gongjia.org.choices import RoomUse
from gongjia.standards.engine.evaluate import ALL, evaluate, verdicts
from gongjia.standards.engine.store import gather
from gongjia.standards.rulebook.judging import judge
from gongjia.standards.rulebook.loading import load

TOLERANCE, ENTITLEMENT = "drawing_tolerance", "offices.room_over_entitlement"
GROUNDS = ("area", "undrawn", "loose", "over", "certificate", "sum")


@dataclass
class Line:
    """One room of the report; `room` or `shape` is missing where only the other side has it."""

    storey: str
    room: Room | None = None
    shape: Shape | None = None
    entitled: Decimal | None = None
    grounds: list[str] = field(default_factory=list)

    @property
    def number(self) -> str:
        return self.room.place.code if self.room else str(self.shape)

    @property
    def ledger(self) -> Decimal | None:
        return self.room.place.usable_area if self.room else None

    @property
    def drawn(self) -> Decimal | None:
        return self.shape.area if self.shape else None

    @property
    def gap(self) -> Decimal | None:
        return percent_gap(self.drawn, self.ledger)


@dataclass
class Sum:
    """The sums of a floor, or of the whole building; the gap is of rooms that both sides have."""

    name: str
    rooms: int = 0
    shapes: int = 0
    ledger: Decimal = Decimal(0)
    drawn: Decimal = Decimal(0)
    both_ledger: Decimal = Decimal(0)
    both_drawn: Decimal = Decimal(0)
    drawn_floor: bool = False

    @property
    def gap(self) -> Decimal | None:
        return percent_gap(self.both_drawn, self.both_ledger)

    def add(self, line: Line) -> None:
        """Count a line."""
        self.rooms, self.shapes = self.rooms + bool(line.room), self.shapes + bool(line.shape)
        self.ledger, self.drawn = self.ledger + (line.ledger or 0), self.drawn + (line.drawn or 0)
        if line.ledger and line.drawn:
            self.both_ledger, self.both_drawn = self.both_ledger + line.ledger, self.both_drawn + line.drawn


@dataclass
class Report:
    """The audit of one building."""

    building: Building
    on: dt.date
    room_tolerance: Decimal
    building_tolerance: Decimal
    lines: list[Line] = field(default_factory=list)
    floors: list[Sum] = field(default_factory=list)
    whole: Sum = field(default_factory=lambda: Sum(""))
    certified: Decimal | None = None
    grounds: list[str] = field(default_factory=list)

    @property
    def differences(self) -> list[Line]:
        return [line for line in self.lines if line.grounds]

    @property
    def certificate_gap(self) -> Decimal | None:
        return percent_gap(self.building.place.floor_area, self.certified)

    @property
    def count(self) -> int:
        return len(self.differences) + len(self.grounds)


def ground_words(ground: str) -> str:
    """Return what a difference is called."""
    return {
        "area": _("面积不符"),
        "undrawn": _("图上没有"),
        "loose": _("台账没有"),
        "over": _("按图纸超标"),
        "certificate": _("台账建筑面积与证载面积不符"),
        "sum": _("图纸房间合计大于证载面积"),
    }[ground]


def audit_of(user: Any, building: Building, on: dt.date | None = None) -> Report:
    """Return the audit of a building as of a day (today), of the rooms that this person sees."""
    day = on or today()
    room_limit, building_limit = (tolerance(name, building, day) for name in ("room_percent", "building_percent"))
    made = Report(building, day, room_limit, building_limit, certified=certified_of(building, day))
    rooms = {room.pk: room for room in ROOMS.queryset(user).filter(building=building.pk).select_related("place__unit")}
    shapes = list(_shapes(building, day))
    drawn_floors = {shape.plan.storey for shape in shapes}
    made.lines = list(_lines(rooms, shapes))
    entitled = entitlements([pk for pk in rooms if rooms[pk].place.use == RoomUse.OFFICE], day)
    for line in made.lines:
        line.entitled = entitled.get(line.room.pk) if line.room else None
        line.grounds = list(_grounds(line, drawn_floors, made.room_tolerance))
    _sum_up(made, drawn_floors)
    made.grounds = list(_of_building(made))
    return made


def tolerance(name: str, building: Building, day: dt.date) -> Decimal:
    """Return the difference that the table of parameters lets pass."""
    found = judge(load(), TOLERANCE, name, {"tier": building.place.unit.tier, name.replace("percent", "gap"): 0}, day)
    return Decimal(str(found.limit))


def certified_of(building: Building, day: dt.date) -> Decimal | None:
    """Return the floor area that the certificates of a building state together."""
    areas = [title.certified_area for title in Title.objects.current(day).filter(place=building.pk) if title.certified_area is not None]
    return sum(areas, Decimal(0)) if areas else None


def _shapes(building: Building, day: dt.date) -> Iterable[Shape]:
    """Return the shapes of the versions that held on a day."""
    accepted = Shape.objects.live().filter(plan__building=building.pk, plan__closed_on__isnull=True, plan__valid_from__lte=day)
    held = accepted.exclude(plan__state=PlanState.DRAFT).exclude(plan__valid_to__lte=day)
    return held.select_related("plan").defer("outline").order_by("number", "pk")


def _lines(rooms: dict[int, Room], shapes: list[Shape]) -> Iterator[Line]:
    drawn = {shape.room_id for shape in shapes}
    for shape in shapes:
        room = rooms.get(shape.room_id or 0)
        if room is not None or not shape.room_id:  # a room of a unit that this person does not see is left out
            yield Line(shape.plan.storey, room, shape)
    for pk, room in rooms.items():
        if pk not in drawn:
            yield Line(room.floor_name, room)


def _grounds(line: Line, drawn_floors: set[str], limit: Decimal) -> Iterator[str]:
    if line.room is None:
        if line.shape is None or line.shape.linked != Linked.COMMON:
            yield "loose"
    elif line.shape is None:
        if line.storey in drawn_floors:
            yield "undrawn"
    else:
        if line.gap is not None and line.gap > limit:
            yield "area"
        differs = line.ledger is None or abs(line.shape.area - line.ledger) * 100 > line.ledger
        if line.entitled is not None and line.shape.area > line.entitled and differs:
            yield "over"


def _of_building(made: Report) -> Iterator[str]:
    if made.certificate_gap is not None and made.certificate_gap > made.building_tolerance:
        yield "certificate"
    if made.certified is not None and made.whole.drawn > made.certified:
        yield "sum"


def entitlements(rooms: list[int], day: dt.date) -> dict[int, Decimal]:
    """Return what the users of each room may have together, where a row speaks of all of them."""
    if not rooms:
        return {}
    check, book = checks[ENTITLEMENT], load()
    store = gather([check.facts], day, book, {"offices.rooms": {"room_id": rooms}, "offices.occupancies": {"room_id": rooms}})
    found = verdicts(store, evaluate(store, check), ALL)
    rows = (found.row(index) for index in range(len(found)))
    return {row["subject_id"]: row["bound"] for row in rows if row["bound"] is not None}


def _sum_up(made: Report, drawn_floors: set[str]) -> None:
    floors: dict[str, Sum] = {}
    for line in made.lines:
        floors.setdefault(line.storey, Sum(line.storey, drawn_floor=line.storey in drawn_floors)).add(line)
        made.whole.add(line)
    made.floors = [floors[name] for name in sorted(floors, key=storey_order)]
    made.lines.sort(key=lambda line: (not line.grounds, storey_order(line.storey), storey_key(line.storey), line.number))
