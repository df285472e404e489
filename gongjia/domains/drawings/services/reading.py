"""What a reader found becomes draft versions of floors, their rooms matched with the ledger by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any

import msgspec
from django.db.models import Max
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk, files
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.models import StoredFile
from gongjia.core.problems import Problem
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, record_created
from gongjia.domains.drawings.choices import DrawingState, Linked, PlanState
from gongjia.domains.drawings.geometry import BadOutline, Rings, in_millimetres, measure, slab
from gongjia.domains.drawings.models import Drawing, FloorPlan, Shape
from gongjia.domains.drawings.resources import DRAWINGS, PLANS, SHAPES
from gongjia.domains.drawings.rules import is_common, match, room_key, storey_key
from gongjia.domains.drawings.services.uploading import files_of
from gongjia.domains.drawings.services.values import DrawingValues, close
from gongjia.domains.offices.models import Room
from gongjia.org.choices import RoomUse

NO_STOREY = "1层"
MARK, NUMBER, NAME = 36, 40, 80


class TakeReading(Input, of=Drawing):
    """What a reader found in a drawing, as a stored file."""

    id: Annotated[int, Ref("drawings.drawing")] = given(label=_("图纸"))
    digest: str = given(label=_("读取结果的 SHA-256"))


class ReportUnreadable(Input, of=Drawing):
    """Why a drawing could not be read."""

    id: Annotated[int, Ref("drawings.drawing")] = given(label=_("图纸"))
    problem: str = given()


@dataclass
class Outlined:
    """One room of a reading, measured."""

    number: str
    name: str
    use: str
    said: Decimal | None
    outline: Rings
    area: Decimal
    x: int
    y: int


@dataclass
class Storey:
    """One storey of a reading under the ledger's name for it, and how many of its rooms have no outline that holds."""

    name: str
    rooms: list[Outlined] = field(default_factory=list)
    unclear: int = 0


@action("drawings.report_unreadable", label=_("记录图纸读不出"), subject="drawings.drawing", undo=restore_records)
def report_unreadable(context: Context, rows: Sequence[ReportUnreadable]) -> list[int]:
    """Say of drawings that they could not be read, and why."""
    change_rows(context, DRAWINGS, [DrawingValues(id=row.id, state=DrawingState.FAILED, problem=row.problem) for row in rows])
    return [row.id for row in rows]


@action("drawings.take_reading", label=_("采用读取结果"), subject="drawings.drawing", undo=restore_records)
def take_readings(context: Context, rows: Sequence[TakeReading]) -> list[int]:
    """Make draft floors of what was read; drafts of an earlier reading of the same drawing are dropped."""
    ids = [row.id for row in rows]
    old = FloorPlan.objects.live().filter(drawing__in=ids, state=PlanState.DRAFT).values_list("pk", flat=True)
    close(context, PLANS, list(old), _now("重新读取"))
    drawings = Drawing.objects.select_related("building__place").in_bulk(ids)
    stored = StoredFile.objects.in_bulk([row.digest for row in rows], field_name="digest")
    for row in rows:
        found = decoded(stored[row.digest])
        for storey in storeys_of(drawings[row.id], found):
            _draft(context, drawings[row.id], storey)
        about = {name: found.get(name) for name in ("kind", "scale", "scale_candidates", "layers", "notes")}
        change_rows(context, DRAWINGS, [DrawingValues(id=row.id, state=DrawingState.READ, found=about, problem="")])
    return ids


@take_readings.check
def readings_are_readings(context: Context, rows: Sequence[TakeReading]) -> list[Problem]:
    """Refuse a file that is none, or that holds no rooms."""
    known = files_of(rows)
    stored = StoredFile.objects.in_bulk(known.values())
    bad = {digest for digest, pk in known.items() if not isinstance(decoded(stored[pk]).get("rooms"), list)}
    text = _now("没有这个文件，或它不是读取结果。")
    return [Problem("unknown_file", text, "digest", n) for n, row in enumerate(rows) if row.digest not in known or row.digest in bad]


def decoded(stored: StoredFile) -> dict[str, Any]:
    """Return the content of a stored reading; nothing where it is none."""
    try:
        found = msgspec.json.decode(files.path_of(stored).read_bytes())
    except (OSError, msgspec.DecodeError):
        return {}
    return found if isinstance(found, dict) else {}


def storeys_of(drawing: Drawing, found: dict[str, Any]) -> list[Storey]:
    """Return the storeys of a reading with their rooms measured, named as the ledger names them."""
    names = dict.fromkeys(Room.objects.filter(building=drawing.building_id).values_list("floor_name", flat=True))
    ledger = {storey_key(name): name for name in names if name}
    only = len({room["storey"] for room in found["rooms"]}) == 1
    made: dict[str, Storey] = {}
    for room in found["rooms"]:
        said = drawing.storey if only and drawing.storey else str(room["storey"]) or drawing.storey or NO_STOREY
        name = ledger.get(storey_key(said), said)[:20]
        storey = made.setdefault(name, Storey(name))
        if outlined := _outlined(room):
            storey.rooms.append(outlined)
        else:
            storey.unclear += 1
    return [storey for storey in made.values() if storey.rooms]


def _outlined(room: dict[str, Any]) -> Outlined | None:
    outline = in_millimetres(room["vertices"], room.get("holes", []))
    try:
        measured = measure(outline)
    except BadOutline:
        return None
    said = room.get("said_area_m2")
    use = room["use"] if room["use"] in RoomUse.values else ""
    words = str(room["number"])[:NUMBER], str(room["name"])[:NAME], use, Decimal(str(said)).quantize(Decimal("0.01")) if said else None
    return Outlined(*words, outline, measured.area, measured.x, measured.y)


def _draft(context: Context, drawing: Drawing, storey: Storey) -> int:
    """Write one draft floor with its shapes."""
    unit, plans = drawing.building.place.unit_id, FloorPlan.objects.filter(building=drawing.building_id, storey=storey.name)
    edition = (plans.aggregate(last=Max("edition"))["last"] or 0) + 1
    columns = {"building_id": [drawing.building_id], "storey": [storey.name], "edition": [edition], "drawing_id": [drawing.pk]}
    around = slab(room.outline for room in storey.rooms)
    (pk,) = bulk.insert(FloorPlan, 1, **columns, slab=[around], created_at=context.now, **context.provenance())
    record_created(context, PLANS.key, [pk], [unit], columns)
    write_shapes(context, pk, unit, storey.rooms, links_of(drawing.building_id, storey))
    return pk


def links_of(building: int, storey: Storey) -> list[tuple[int | None, str]]:
    """Return, for each room drawn, its room of the ledger: by number, else as somebody said for the current version; and which of these."""
    codes = dict(
        Room.objects.filter(building=building, floor_name=storey.name, place__closed_on__isnull=True).values_list("pk", "place__code")
    )
    found = match([room.number for room in storey.rooms], codes)
    said = dict(
        Shape.objects.live()
        .filter(plan__building=building, plan__storey=storey.name, plan__state=PlanState.CURRENT, linked=Linked.HAND, room__in=codes)
        .values_list("number", "room")
    )
    by_hand = {room_key(number): room for number, room in said.items() if number}
    taken: set[int | None] = {pk for pk in found if pk}
    links: list[tuple[int | None, str]] = []
    for room, pk in zip(storey.rooms, found, strict=True):
        hand = by_hand.get(room_key(room.number)) if room.number and not pk else None
        chosen = pk or (hand if hand not in taken else None)
        taken.add(chosen)
        links.append((chosen, Linked.NUMBER if pk else Linked.HAND if chosen else Linked.COMMON if is_common(room.name) else Linked.NONE))
    return links


def write_shapes(context: Context, plan: int, unit: int, rooms: Sequence[Any], links: Sequence[tuple[int | None, str]]) -> list[int]:
    """Insert the shapes of a floor."""
    columns: dict[str, Any] = {name: [getattr(room, name) for room in rooms] for name in ("number", "name", "use", "area", "x", "y")}
    columns |= {"mark": marks_of(rooms), "room_id": [room for room, _how in links], "linked": [how for _room, how in links]}
    heavy: dict[str, Any] = {"outline": [room.outline for room in rooms], "said_area": [room.said for room in rooms], "plan_id": plan}
    ids = bulk.insert(Shape, len(rooms), **columns, **heavy, created_at=context.now, **context.provenance())
    record_created(context, SHAPES.key, ids, [unit] * len(ids), columns)
    return ids


def marks_of(rooms: Sequence[Any]) -> list[str]:
    """Return what tells the rooms of one floor apart: their numbers, or their names and places where a number is missing or there twice."""
    seen: set[str] = set()
    marks = []
    for room in rooms:
        mark = room.number[:MARK]
        if not mark or mark in seen:
            place = f"@{room.x / 1000:.1f},{room.y / 1000:.1f}"
            mark = f"{(room.number or room.name)[: MARK - len(place)]}{place}"
        while mark in seen:
            mark = f"{mark[: MARK - 1]}'"
        seen.add(mark)
        marks.append(mark)
    return marks
