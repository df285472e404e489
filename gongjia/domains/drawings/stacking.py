"""A building as bars: each floor cut by unit or by use, what is vacant hatched."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjia.domains.drawings.choices import PlanState
from gongjia.domains.drawings.models import FloorPlan
from gongjia.domains.drawings.rules import storey_order
from gongjia.domains.offices.models import Room
from gongjia.domains.offices.resources import OCCUPANCIES, ROOMS
from gongjia.org.choices import RoomUse
from gongjia.web.wording import number

LEFT, WIDTH, BAR, GAP, TOP = 92, 760, 38, 8, 12
TINTS = 8
CUTS = ("unit", "use", "vacancy")


@dataclass
class Segment:
    """One part of a floor: whose or what for, how large, how much of it vacant, and where it leads."""

    css: str
    label: str
    area: Decimal = Decimal(0)
    vacant: Decimal = Decimal(0)
    rooms: int = 0
    url: str = ""
    x: float = 0
    width: float = 0
    hatched: float = 0
    shown: str = ""


@dataclass
class Storey:
    """One floor as a bar."""

    name: str
    segments: list[Segment] = field(default_factory=list)
    area: Decimal = Decimal(0)
    vacant: Decimal = Decimal(0)
    rooms: int = 0
    y: int = 0
    end: float = 0
    url: str = ""


@dataclass
class Stack:
    """A whole building, its highest floor first, and what its colours mean."""

    storeys: list[Storey]
    legend: list[Segment]
    height: int

    @property
    def rooms(self) -> int:
        return sum(storey.rooms for storey in self.storeys)

    @property
    def area(self) -> Decimal:
        return sum((storey.area for storey in self.storeys), Decimal(0))

    @property
    def vacant(self) -> Decimal:
        return sum((storey.vacant for storey in self.storeys), Decimal(0))


def stack_of(user: Any, building: int, cut: str) -> Stack:
    """Return a building as this person may see it, from the ledger."""
    rooms = list(ROOMS.queryset(user).filter(building=building).select_related("place__unit").order_by("place__code"))
    used = set(OCCUPANCIES.queryset(user).current().filter(room__building=building).values_list("room", flat=True))
    plans = dict(FloorPlan.objects.live().filter(building=building, state=PlanState.CURRENT).values_list("storey", "pk"))
    colours = _colours(rooms, cut)
    floors: dict[str, list[Room]] = defaultdict(list)
    for room in rooms:
        floors[room.floor_name].append(room)
    names = sorted(floors, key=storey_order, reverse=True)
    storeys = [_storey(name, floors[name], used, cut, colours) for name in names]
    _lay_out(storeys, plans)
    return Stack(storeys, _legend(storeys), TOP + len(storeys) * (BAR + GAP) + 30)


def _key(room: Room, used: set[int], cut: str) -> str:
    if cut == "unit":
        return room.place.unit.name
    if cut == "use":
        return str(dict(RoomUse.choices).get(room.place.use, _("没有用途")))
    return _("不是办公室") if room.place.use != RoomUse.OFFICE else _("在用") if room.pk in used else _("空置")


def _colours(rooms: Iterable[Room], cut: str) -> dict[str, str]:
    """Return the colour of each part: the largest units each their own, uses and vacancy as on a floor."""
    if cut == "vacancy":
        return {_("空置"): "vacant", _("在用"): "order", _("不是办公室"): "other"}
    if cut == "use":
        return {str(label): f"use-{code}" for code, label in RoomUse.choices}
    areas: Counter[str] = Counter()
    for room in rooms:
        areas[room.place.unit.name] += int((room.place.usable_area or 0) * 100)
    return {name: f"tint-{place}" for place, (name, _sum) in enumerate(areas.most_common(TINTS))}


def _storey(name: str, rooms: list[Room], used: set[int], cut: str, colours: dict[str, str]) -> Storey:
    made = Storey(name or "–")
    parts: dict[str, Segment] = {}
    for room in rooms:
        key, area = _key(room, used, cut), room.place.usable_area or Decimal(0)
        part = parts.setdefault(key, Segment(colours.get(key, "use-other"), key, url=_list_url(room, cut)))
        free = room.place.use == RoomUse.OFFICE and room.pk not in used
        part.area, part.rooms, part.vacant = part.area + area, part.rooms + 1, part.vacant + (area if free else Decimal(0))
        made.area, made.rooms, made.vacant = made.area + area, made.rooms + 1, made.vacant + (area if free else Decimal(0))
    made.segments = sorted(parts.values(), key=lambda part: -part.area)
    return made


def _list_url(room: Room, cut: str) -> str:
    words = {"unit": room.place.unit.name} if cut == "unit" else {"use": room.place.use} if cut == "use" else {}
    return f"{reverse('web:list', args=['offices', 'room'])}?{urlencode({name: value for name, value in words.items() if value})}"


def _lay_out(storeys: list[Storey], plans: dict[str, int]) -> None:
    """Give every bar its place; the longest floor fills the width."""
    longest = max((storey.area for storey in storeys), default=Decimal(0)) or Decimal(1)
    for index, storey in enumerate(storeys):
        storey.y, x = TOP + index * (BAR + GAP), float(LEFT)
        storey.url = reverse("drawings:floor", args=[plans[storey.name]]) if storey.name in plans else ""
        for part in storey.segments:
            part.x, part.width = round(x, 1), round(float(part.area / longest) * WIDTH, 1)
            part.hatched = round(part.width * float(part.vacant / part.area), 1) if part.area else 0
            part.shown = _shown(part)
            x += part.width
        storey.end = round(x + 10, 1)


def _shown(part: Segment) -> str:
    """Return the word that fits into a part of a bar, or nothing."""
    room = int(part.width // 12.5) - 1
    if room < 2:
        return ""
    wide = sum(1 if ord(letter) > 0x2E80 else 0.55 for letter in part.label)
    return part.label if wide <= room else f"{part.label[: max(1, room - 1)]}…" if room >= 4 else ""


def _legend(storeys: list[Storey]) -> list[Segment]:
    whole: dict[str, Segment] = {}
    for storey in storeys:
        for part in storey.segments:
            line = whole.setdefault(part.label, Segment(part.css, part.label))
            line.area, line.rooms, line.vacant = line.area + part.area, line.rooms + part.rooms, line.vacant + part.vacant
    return sorted(whole.values(), key=lambda line: -line.area)


def title_of(storey: Storey) -> str:
    """Return what stands behind a bar."""
    words = _("%(area)s m²，%(n)s 间") % {"area": number(storey.area, 0), "n": storey.rooms}
    return words + (_("，空置 %(vacant)s m²") % {"vacant": number(storey.vacant, 0)} if storey.vacant else "")
