"""A room on a draft is corrected by hand: its words, its room of the ledger, its corners; it is split, added, taken away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows
from gongjia.domains.drawings.choices import Linked, PlanState
from gongjia.domains.drawings.geometry import BadOutline, Rings, measure, polygon, slab, split
from gongjia.domains.drawings.models import FloorPlan, Shape
from gongjia.domains.drawings.resources import PLANS, SHAPES
from gongjia.domains.drawings.services.reading import MARK, marks_of, write_shapes
from gongjia.domains.drawings.services.values import PlanValues, ShapeValues, close
from gongjia.domains.offices.models import Room

CORNERS = _("每个角点写“横,纵”，单位米，角点之间用空格分开，例如 0,0 6,0 6,4.2 0,4.2。")
FIELDS = ("number", "name", "use", "room")


class CorrectShape(Input, of=Shape):
    """What of a room on a draft changes."""

    id: Annotated[int, Ref("drawings.shape")] = given(label=_("图上房间"))
    number: str | None = given(None)
    name: str | None = given(None)
    use: str | None = given(None)
    room: Annotated[int | None, Ref("offices.room")] = given(None)
    common: bool | None = given(None, label=_("公共部位"), help=_("楼梯、走廊、卫生间等，不在房间台账里。"))
    corners: str | None = given(None, label=_("角点"), help=CORNERS)


class SplitShape(Input, of=Shape):
    """A line that cuts a room in two."""

    id: Annotated[int, Ref("drawings.shape")] = given(label=_("图上房间"))
    line: str = given(label=_("分割线"), help=_("两个或更多的点，写法同角点；线要穿过整个房间。"))


class RemoveShape(Input, of=Shape):
    """A shape that is no room."""

    id: Annotated[int, Ref("drawings.shape")] = given(label=_("图上房间"))


class AddShape(Input, of=Shape):
    """A room that the reader did not find."""

    plan: Annotated[int, Ref("drawings.plan")] = given()
    number: str = given("")
    name: str = given("")
    use: str = given("")
    room: Annotated[int | None, Ref("offices.room")] = given(None)
    corners: str = given(label=_("角点"), help=CORNERS)


@dataclass
class Part:
    """A new shape, measured."""

    number: str
    name: str
    use: str
    outline: Rings
    area: Decimal
    x: int
    y: int
    said: Decimal | None = None


def points_of(text: str) -> list[list[int]]:
    """Return "x,y x,y" in metres as points in millimetres; raises BadOutline."""
    try:
        pairs = [[round(float(cell) * 1000) for cell in pair.split(",")] for pair in text.replace("，", ",").split()]
    except (ValueError, OverflowError):
        raise BadOutline("not_numbers") from None
    if any(len(pair) != 2 or abs(pair[0]) + abs(pair[1]) > 10**9 for pair in pairs):
        raise BadOutline("not_numbers")
    return pairs


def outline_words(code: str) -> str:
    """Return what is wrong with an outline and how to mend it."""
    return {
        "too_few": _now("轮廓至少要三个角点。"),
        "crossing": _now("轮廓自己相交；请按顺时针或逆时针的次序写角点。"),
        "empty": _now("轮廓没有围出面积。"),
        "no_two_parts": _now("这条线没有把房间分成两块；起点和终点要在房间外面。"),
        "not_numbers": _now("坐标读不懂；请写成“0,0 6,0 6,4.2”，单位米。"),
    }[code]


def is_on_draft(shape: Shape) -> bool:
    return shape.plan.state == PlanState.DRAFT


def _not_drafts(rows: Sequence[Any]) -> list[Problem]:
    """Refuse to touch versions that were accepted."""
    states = dict(Shape.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "plan__state"))
    text = _now("已采用的版本不能直接改；请先“修订”，在新的草稿上改。")
    return [Problem("not_a_draft", text, "id", index) for index, row in enumerate(rows) if states.get(row.id) != PlanState.DRAFT]


def _bad(index: int, code: str, name: str) -> Problem:
    return Problem("bad_outline", outline_words(code), name, index)


@action("drawings.correct_shape", label=_("更正图上房间"), subject="drawings.shape", undo=restore_records)
def correct_shapes(context: Context, rows: Sequence[CorrectShape]) -> list[int]:
    """Change the words, the room of the ledger or the corners of rooms on drafts."""
    change_rows(context, SHAPES, [_values(row) for row in rows])
    _outline_floors(context, [row.id for row in rows if row.corners])
    return [row.id for row in rows]


def _values(row: CorrectShape) -> ShapeValues:
    given_fields: dict[str, Any] = {name: getattr(row, name) for name in FIELDS if name in row.model_fields_set}
    if "room" in given_fields:
        given_fields["linked"] = Linked.HAND if row.room else Linked.NONE
    if row.common is not None and not row.room:
        given_fields |= {"room": None, "linked": Linked.COMMON if row.common else Linked.NONE}
    if row.number:
        given_fields |= _mark(row.id, row.number)
    if row.corners:
        outline = [points_of(row.corners)]
        measured = measure(outline)
        given_fields |= {"outline": outline, "area": measured.area, "x": measured.x, "y": measured.y}
    values: dict[str, Any] = {name: "" if value is None and name != "room" else value for name, value in given_fields.items()}
    return ShapeValues(id=row.id, **values)


def _mark(pk: int, number: str) -> dict[str, str]:
    """Let the number be the mark where no other shape of the floor has it."""
    others = Shape.objects.live().filter(plan__shapes=pk, mark=number[:MARK]).exclude(pk=pk)
    return {} if others.exists() else {"mark": number[:MARK]}


@correct_shapes.check
def corrections_hold(context: Context, rows: Sequence[CorrectShape]) -> list[Problem]:
    """Refuse accepted versions, outlines that hold nothing, and rooms of the ledger that are taken or in another building."""
    problems = _not_drafts(rows)
    shapes = Shape.objects.select_related("plan").in_bulk([row.id for row in rows])
    for index, row in enumerate(rows):
        if row.corners and (code := _fault(row.corners)):
            problems.append(_bad(index, code, "corners"))
        shape = shapes.get(row.id)
        if row.room and shape is not None:
            problems += _room_problem(index, row.room, shape.plan, shape.pk)
    return problems


def _fault(corners: str) -> str:
    try:
        polygon([points_of(corners)])
    except BadOutline as bad:
        return bad.code
    return ""


def _room_problem(index: int, room: int, plan: FloorPlan, shape: int = 0) -> list[Problem]:
    if Room.objects.filter(pk=room).exclude(building=plan.building_id).exists():
        return [Problem("other_building", _now("这个房间在另一栋楼。"), "room", index)]
    taken = Shape.objects.live().filter(plan=plan, room=room).exclude(pk=shape).first()
    text = _now("这个房间已经对应图上的“%(mark)s”；请先取消那一个。")
    return [Problem("room_taken", text % {"mark": taken.mark}, "room", index)] if taken else []


@action("drawings.split_shape", label=_("分成两间"), subject="drawings.shape", undo=restore_records)
def split_shapes(context: Context, rows: Sequence[SplitShape]) -> list[int]:
    """Cut rooms in two: the first part keeps number and room, the second is new."""
    made = []
    for row in rows:
        shape = Shape.objects.select_related("plan__building__place").get(pk=row.id)
        first, second = split(shape.outline, points_of(row.line))
        measured = measure(first)
        change_rows(context, SHAPES, [ShapeValues(id=row.id, outline=first, area=measured.area, x=measured.x, y=measured.y)])
        made.append(_add(context, shape.plan, _part("", shape.name, shape.use, second), None))
    return made


@split_shapes.check
def lines_cut(context: Context, rows: Sequence[SplitShape]) -> list[Problem]:
    """Refuse accepted versions and lines that do not cut the room in two."""
    problems = _not_drafts(rows)
    outlines = dict(Shape.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "outline"))
    for index, row in enumerate(rows):
        try:
            split(outlines[row.id], points_of(row.line))
        except BadOutline as bad:
            problems.append(_bad(index, bad.code, "line"))
        except ValueError:
            problems.append(_bad(index, "no_two_parts", "line"))
    return problems


@action("drawings.remove_shape", label=_("从图上去掉"), subject="drawings.shape", danger=True, undo=restore_records)
def remove_shapes(context: Context, rows: Sequence[RemoveShape]) -> list[int]:
    """Take shapes off drafts."""
    change_rows(context, SHAPES, [ShapeValues(id=row.id, room=None, linked=Linked.NONE) for row in rows])
    close(context, SHAPES, [row.id for row in rows], _now("从图上去掉"))
    return [row.id for row in rows]


@remove_shapes.check
def removed_are_on_drafts(context: Context, rows: Sequence[RemoveShape]) -> list[Problem]:
    """Refuse accepted versions."""
    return _not_drafts(rows)


@action("drawings.add_shape", label=_("补画房间"), subject="drawings.shape", unit="plan", undo=restore_records)
def add_shapes(context: Context, rows: Sequence[AddShape]) -> list[int]:
    """Add rooms to drafts by their corners."""
    plans = FloorPlan.objects.select_related("building__place").in_bulk([row.plan for row in rows])
    made = [_add(context, plans[row.plan], _part(row.number, row.name, row.use, [points_of(row.corners)]), row.room) for row in rows]
    _outline_floors(context, made)
    return made


@add_shapes.check
def additions_hold(context: Context, rows: Sequence[AddShape]) -> list[Problem]:
    """Refuse accepted versions, outlines that hold nothing, and rooms of the ledger that are taken."""
    plans, problems = FloorPlan.objects.in_bulk([row.plan for row in rows]), []
    twice = Counter((row.plan, row.room) for row in rows if row.room)
    for index, row in enumerate(rows):
        plan = plans[row.plan]
        if plan.state != PlanState.DRAFT:
            problems.append(Problem("not_a_draft", _now("只能在草稿上补画。"), "plan", index))
        if code := _fault(row.corners):
            problems.append(_bad(index, code, "corners"))
        if row.room:
            problems += _room_problem(index, row.room, plan)
            if twice[row.plan, row.room] > 1:
                problems.append(Problem("room_taken", _now("同一个房间不能对应两次。"), "room", index))
    return problems


def _part(number: str, name: str, use: str, outline: Rings) -> Part:
    measured = measure(outline)
    return Part(number, name, use, outline, measured.area, measured.x, measured.y)


def _add(context: Context, plan: FloorPlan, part: Part, room: int | None) -> int:
    unit = plan.building.place.unit_id
    (pk,) = write_shapes(context, plan.pk, unit, [part], [(room, Linked.HAND if room else Linked.NONE)])
    mark = marks_of([part])[0]
    if Shape.objects.live().filter(plan=plan, mark=mark).exclude(pk=pk).exists():
        place = f"@{part.x / 1000:.1f},{part.y / 1000:.1f}"
        change_rows(context, SHAPES, [ShapeValues(id=pk, mark=f"{mark[: MARK - len(place)]}{place}")])
    return pk


def _outline_floors(context: Context, shapes: Sequence[int]) -> None:
    """Draw the floor anew around shapes that have new corners."""
    for plan in FloorPlan.objects.filter(shapes__in=shapes).distinct():
        around = slab(Shape.objects.live().filter(plan=plan).values_list("outline", flat=True))
        change_rows(context, PLANS, [PlanValues(id=plan.pk, slab=around)])


for act in (correct_shapes, split_shapes, remove_shapes):
    act.when(is_on_draft)
