"""Floors of the invented city as drawings: drawn from the ledger's rooms, read and accepted as any drawing is, with planted differences."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import ezdxf

from gongjia.core import files
from gongjia.core.action import actions
from gongjia.demo.seeding import ORIGIN, Keys
from gongjia.domains.drawings.models import Drawing, FloorPlan
from gongjia.domains.drawings.reading import read_plan
from gongjia.domains.drawings.services.working import take
from gongjia.domains.offices.models import Room
from gongjia.org.models import Place, User

BUREAU, COUNTY = "YC-XZ2", "SQ-XZ1"
FLOORS = 3  # of the bureau's building
NORTH, SOUTH, CORRIDOR, WALL = 6.0, 5.6, 2.4, 0.2  # metres
UNKNOWN = Decimal(18)  # how large a room is drawn whose area nobody entered
FIRST, SECOND = dt.date(2024, 5, 10), dt.date(2026, 9, 1)
GROWN, CERTIFIED = Decimal("1.12"), Decimal("0.94")


@dataclass(frozen=True)
class Wanted:
    """One room that is to be drawn."""

    number: str
    name: str
    area: Decimal


@dataclass
class Sheet:
    """A floor as it is drawn: rooms on both sides of a corridor, stairs and toilets at its ends."""

    north: list[Wanted] = field(default_factory=list)
    south: list[Wanted] = field(default_factory=list)

    def put(self, room: Wanted) -> None:
        """Put a room where there is more space."""
        side = self.north if _length(self.north, NORTH) <= _length(self.south, SOUTH) else self.south
        side.append(room)


def _length(rooms: Sequence[Wanted], depth: float) -> float:
    return sum(float(room.area) / depth + WALL for room in rooms)


def sheet_of(rooms: Sequence[Wanted]) -> Sheet:
    """Return a floor with the rooms in their order."""
    sheet = Sheet([Wanted("", "楼梯间", Decimal(18))])
    for room in rooms:
        sheet.put(room)
    sheet.put(Wanted("", "卫生间", Decimal(20)))
    return sheet


def dxf_of(rooms: Sequence[Wanted], path: Path) -> Path:
    """Draw a floor in millimetres: outlines on one layer, numbers, names and areas on another; the same rooms give the same bytes."""
    ezdxf.options.write_fixed_meta_data_for_testing = True
    drawing, sheet = ezdxf.new("R2010", units=4), sheet_of(rooms)
    for layer in ("房间轮廓", "房间名称"):
        drawing.layers.add(layer)
    space = drawing.modelspace()
    _row(space, sheet.south, 0.0, SOUTH)
    _row(space, sheet.north, SOUTH + 2 * WALL + CORRIDOR, NORTH)
    length = max(_length(sheet.north, NORTH), _length(sheet.south, SOUTH)) - WALL
    _room(space, Wanted("", "走廊", Decimal(0)), (0.0, SOUTH + WALL, length, CORRIDOR))
    drawing.saveas(path)
    return path


def _row(space: Any, rooms: Sequence[Wanted], y: float, depth: float) -> None:
    x = 0.0
    for room in rooms:
        width = round(float(room.area) / depth, 3)
        _room(space, room, (x, y, width, depth))
        x = round(x + width + WALL, 3)


def _room(space: Any, room: Wanted, box: tuple[float, float, float, float]) -> None:
    """Draw one room, given as left, bottom, width and depth in metres."""
    x, y, width, depth = (value * 1000 for value in box)
    space.add_lwpolyline([(x, y), (x + width, y), (x + width, y + depth), (x, y + depth)], close=True, dxfattribs={"layer": "房间轮廓"})
    area = f"{room.area:.2f}㎡" if room.area else ""
    for line, text in enumerate(text for text in (room.number, room.name, area) if text):
        place = (x + width / 2 - 120 * len(text), y + depth / 2 + 500 - 600 * line)
        space.add_text(text, height=300, dxfattribs={"layer": "房间名称"}).set_placement(place)


def write_drawings(actor: User, keys: Keys) -> int:
    """Draw, read and accept some floors and return how many versions that makes."""
    with tempfile.TemporaryDirectory() as folder:
        desk = _Desk(actor, Path(folder))
        floors = _floors(keys.buildings[BUREAU])[:FLOORS]
        for place, (storey, rooms) in enumerate(floors):
            if place == 0:  # before the wall was moved, its first two rooms were one
                desk.floor(keys.buildings[BUREAU], storey, _merged(rooms), FIRST)
            desk.floor(keys.buildings[BUREAU], storey, _planted(rooms) if place == 1 else rooms, SECOND)
        desk.certify(keys.buildings[BUREAU])
        storey, rooms = _floors(keys.buildings[COUNTY])[0]
        desk.floor(keys.buildings[COUNTY], storey, rooms, SECOND)
    return FloorPlan.objects.count()


def _floors(building: int) -> list[tuple[str, list[Wanted]]]:
    """Return the floors of a building with their rooms, from the ground up."""
    floors: dict[str, list[Wanted]] = {}
    for room in Room.objects.filter(building=building).select_related("place").order_by("place__code"):
        number = room.place.code.rsplit("-", 1)[-1]
        name = room.place.name.rsplit(number, 1)[-1] or "办公室"
        floors.setdefault(room.floor_name, []).append(Wanted(number, name, room.place.usable_area or UNKNOWN))
    return list(floors.items())


def _merged(rooms: list[Wanted]) -> list[Wanted]:
    return [replace(rooms[0], area=rooms[0].area + rooms[1].area), *rooms[2:]]


def _planted(rooms: list[Wanted]) -> list[Wanted]:
    """Make the first room larger than the ledger says, leave the last one out, and add one that no ledger knows."""
    grown = replace(rooms[0], area=(rooms[0].area * GROWN).quantize(Decimal("0.01")))
    return [grown, *rooms[1:-1], Wanted(f"{rooms[0].number[:2]}99", "库房", Decimal("14.40"))]


@dataclass
class _Desk:
    """Whoever draws: each floor is uploaded, read and accepted on a day."""

    actor: User
    folder: Path

    def floor(self, building: int, storey: str, rooms: Sequence[Wanted], day: dt.date) -> None:
        """Draw one floor and take it through the actions."""
        path = dxf_of(rooms, self.folder / "floor.dxf")
        stored = files.store_path(path, f"{storey}平面图.dxf", "image/vnd.dxf")
        raw = {"building": building, "name": f"{storey}平面图 {day.year}", "storey": storey, "digest": stored.digest}
        pk = self.do("drawings.upload_drawing", raw, day)
        take(self.actor, Drawing.objects.get(pk=pk), read_plan(path, name=stored.name), **self.when(day))
        draft = FloorPlan.objects.get(drawing=pk, state="draft")
        self.do("drawings.accept_plan", {"id": draft.pk}, day)

    def certify(self, building: int) -> None:
        """Register a certificate that states less than the ledger has."""
        place = Place.objects.select_related("unit").get(pk=building)
        area = (place.floor_area * CERTIFIED).quantize(Decimal("0.01"))
        said = {"number": "皖（2026）云川不动产权第9900001号", "holder": place.unit.name, "certified_area": area}
        self.do("leasing.register_title", {"place": building, "valid_from": SECOND, **said}, SECOND)

    def do(self, key: str, raw: dict[str, Any], day: dt.date) -> int:
        return actions[key].run(self.actor, raw, **self.when(day))

    def when(self, day: dt.date) -> dict[str, Any]:
        return {"origin": ORIGIN, "on": day, "now": dt.datetime(day.year, day.month, day.day, 2, tzinfo=dt.UTC)}
