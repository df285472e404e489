"""The page of a plan: its figures beside today and the clerk's plan, its moves by phase, its floors, and the requests that it becomes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from gongjia.core.action import actions
from gongjia.core.asking import Asked, ask
from gongjia.domains.allocation.choices import Reason
from gongjia.domains.allocation.models import RoomMark, RoomMove, RoomPlan
from gongjia.domains.offices.models import Room
from gongjia.org.models import Place, Unit

SHOWN = 300
COLOURS = 8
WIDTH = 100.0


@dataclass
class Bar:
    """A piece of a floor's bar: whose people, how many, where it is drawn."""

    name: str
    count: int
    colour: int
    x: float
    width: float


@dataclass
class Floor:
    """A floor with its bars of today and of the plan."""

    name: str
    seats: int
    leased: bool
    today: list[Bar]
    plan: list[Bar]
    today_count: int
    plan_count: int


@dataclass
class Building:
    """A building with its floors, the highest first."""

    name: str
    leased: bool
    floors: list[Floor] = field(default_factory=list)


@dataclass
class Line:
    """A row of the move list."""

    move: RoomMove
    reasons: list[str]
    marks: dict[str, bool]


def phases_of(plan: RoomPlan, only: Any = None) -> list[tuple[int, list[Line]]]:
    """Return the first moves of a plan by phase."""
    marks: dict[tuple[int, int], str] = {(m.person_id, m.room_id): m.kind for m in plan.marks.all()}
    moves = plan.moves.select_related("person__unit", "source__place", "target__place").order_by("phase", "person__unit__code", "pk")
    if only:
        moves = moves.filter(person__unit=only)
    words = dict(Reason.choices)
    found: dict[int, list[Line]] = defaultdict(list)
    for move in moves[:SHOWN]:
        here, there = marks.get((move.person_id, move.source_id or 0), ""), marks.get((move.person_id, move.target_id or 0), "")
        found[move.phase].append(
            Line(move, [str(words.get(code, code)) for code in move.reasons], {"stay": here == "pinned", "not": there == "forbidden"})
        )
    return sorted(found.items())


def standing_marks(plan: RoomPlan) -> list[RoomMark]:
    """Return what people said of the plan."""
    return list(plan.marks.select_related("person", "room__place").order_by("pk"))


def buildings_of(plan: RoomPlan) -> list[Building]:
    """Return the picture: each building's floors, with the people of each department today and in the plan."""
    rows = plan.figures.get("floors", [])
    places = {room.pk: room for room in Room.objects.filter(pk__in=[row["room"] for row in rows]).select_related("building__place")}
    heads = sorted({int(key) for row in rows for name in ("today", "plan") for key, _count in row[name]})
    names = dict(Unit.objects.filter(pk__in=heads).values_list("pk", "name"))
    colours = {key: index % COLOURS for index, key in enumerate(heads)}
    widest = max([row["seats"] for row in rows] + [sum(c for _k, c in row[n]) for row in rows for n in ("today", "plan")] or [1])
    found: dict[int, Building] = {}
    for row in rows:
        room = places[row["room"]]
        building = found.setdefault(row["building"], Building(room.building.place.name, row["leased"]))
        today, plan_bars = (_bars(row[name], names, colours, widest) for name in ("today", "plan"))
        counts = [sum(count for _key, count in row[name]) for name in ("today", "plan")]
        building.floors.append(Floor(room.floor_name, row["seats"], row["leased"], today, plan_bars, *counts))
    for building in found.values():
        building.floors.sort(key=lambda floor: (len(floor.name), floor.name), reverse=True)
    return sorted(found.values(), key=lambda building: (not building.leased, building.name))


def _bars(heads: list[list[int]], names: dict[int, str], colours: dict[int, int], widest: int) -> list[Bar]:
    bars, at = [], 0.0
    for key, count in heads:
        width = round(WIDTH * count / widest, 2)
        bars.append(Bar(names.get(key, ""), count, colours[key], round(at, 2), width))
        at += width
    return bars


def freed_leases(plan: RoomPlan) -> list[Place]:
    """Return the leased buildings that the plan empties."""
    keys = plan.figures["plans"]["plan"]["leases_freed"]
    return list(Place.objects.filter(pk__in=keys).order_by("name"))


def draft_requests(user: Any, plan: RoomPlan, first: dt.date) -> list[Asked]:
    """Draft one request for each unit whose people move, each move on the day of its phase."""
    apart = int(plan.figures.get("phase_days", 7))
    origin = dict(plan.moves.order_by("-phase").values_list("person", "source"))  # the first source of each person
    by_unit: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for move in plan.moves.filter(swing=False, target__isnull=False).select_related("person").order_by("phase", "pk"):
        row = {"room": move.target_id, "person": move.person_id, "valid_from": first + dt.timedelta(days=apart * (move.phase - 1))}
        source = origin.get(move.person_id)
        by_unit[move.person.unit_id].append(row | ({"source": source} if source else {}))
    return [ask(user, actions["allocation.relocate_person"], rows) for _unit, rows in sorted(by_unit.items())]
