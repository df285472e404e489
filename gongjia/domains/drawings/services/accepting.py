"""A draft becomes the current version of its floor; the former is kept; a current one is revised in a new draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import Max
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, record_created
from gongjia.domains.drawings.choices import PlanState
from gongjia.domains.drawings.models import FloorPlan, Shape
from gongjia.domains.drawings.resources import PLANS, SHAPES
from gongjia.domains.drawings.services.values import PlanValues, close

COPIED = ("mark", "number", "name", "use", "room_id", "linked", "area", "said_area", "outline", "x", "y")
TOLD = ("mark", "number", "name", "room_id", "area")


class AcceptPlan(Input, of=FloorPlan):
    """The draft that holds from a day on."""

    id: Annotated[int, Ref("drawings.plan")] = given(label=_("楼层平面图"))
    valid_from: dt.date | None = given(None, help=_("不填就是今天。"))


class NamePlan(Input, of=FloorPlan):
    """One version of a floor."""

    id: Annotated[int, Ref("drawings.plan")] = given(label=_("楼层平面图"))


def is_draft(plan: FloorPlan) -> bool:
    return plan.state == PlanState.DRAFT


def is_accepted(plan: FloorPlan) -> bool:
    return plan.state != PlanState.DRAFT


@action("drawings.accept_plan", label=_("采用为现行版本"), subject="drawings.plan", undo=restore_records)
def accept_plans(context: Context, rows: Sequence[AcceptPlan]) -> list[int]:
    """Let drafts hold from their day on, and the versions before them until then."""
    plans = FloorPlan.objects.in_bulk([row.id for row in rows])
    for row in rows:
        plan, day = plans[row.id], row.valid_from or context.on
        former = (
            FloorPlan.objects.live()
            .filter(building=plan.building_id, storey=plan.storey, state=PlanState.CURRENT)
            .values_list("pk", flat=True)
        )
        change_rows(context, PLANS, [PlanValues(id=pk, state=PlanState.FORMER, valid_to=day) for pk in former])
        change_rows(context, PLANS, [PlanValues(id=row.id, state=PlanState.CURRENT, valid_from=day)])
    return [row.id for row in rows]


@accept_plans.check
def drafts_are_whole(context: Context, rows: Sequence[AcceptPlan]) -> list[Problem]:
    """Refuse what is no draft, what has no room, two drafts of one floor, and a day before that of the version that holds."""
    plans, seen, problems = FloorPlan.objects.in_bulk([row.id for row in rows]), set(), []
    filled = set(Shape.objects.live().filter(plan__in=plans).values_list("plan", flat=True))
    for index, row in enumerate(rows):
        plan = plans[row.id]
        if plan.state != PlanState.DRAFT:
            problems.append(Problem("not_a_draft", _now("只有草稿可以采用。"), "id", index))
        if plan.pk not in filled:
            problems.append(Problem("no_rooms", _now("这一层一间房也没有；请先补画或重新读取。"), "id", index))
        if (plan.building_id, plan.storey) in seen:
            problems.append(Problem("duplicate_key", _now("一次只能采用同一层的一个草稿。"), "id", index))
        seen.add((plan.building_id, plan.storey))
        problems += _too_early(index, plan, row.valid_from or context.on)
    return problems


def _too_early(index: int, plan: FloorPlan, day: dt.date) -> list[Problem]:
    held = (
        FloorPlan.objects.live().filter(building=plan.building_id, storey=plan.storey, state=PlanState.CURRENT, valid_from__gt=day).first()
    )
    text = _now("现行版本从 %(day)s 起生效，新版本不能更早。")
    return [Problem("too_early", text % {"day": held.valid_from}, "valid_from", index)] if held else []


@action("drawings.drop_plan", label=_("放弃草稿"), subject="drawings.plan", danger=True, undo=restore_records)
def drop_plans(context: Context, rows: Sequence[NamePlan]) -> list[int]:
    """Close drafts."""
    close(context, PLANS, [row.id for row in rows], _now("放弃草稿"))
    return [row.id for row in rows]


@drop_plans.check
def dropped_are_drafts(context: Context, rows: Sequence[NamePlan]) -> list[Problem]:
    """Refuse versions that hold or held: they are kept."""
    states, text = (
        dict(FloorPlan.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "state")),
        _now("采用过的版本要保留，不能放弃。"),
    )
    return [Problem("not_a_draft", text, "id", index) for index, row in enumerate(rows) if states.get(row.id) != PlanState.DRAFT]


@action("drawings.revise_plan", label=_("修订"), subject="drawings.plan", undo=restore_records)
def revise_plans(context: Context, rows: Sequence[NamePlan]) -> list[int]:
    """Copy versions into new drafts, to be corrected there."""
    plans = FloorPlan.objects.select_related("building__place").in_bulk([row.id for row in rows])
    return [_copy(context, plans[row.id]) for row in rows]


def _copy(context: Context, plan: FloorPlan) -> int:
    unit, same = plan.building.place.unit_id, FloorPlan.objects.filter(building=plan.building_id, storey=plan.storey)
    edition = same.aggregate(last=Max("edition"))["last"] + 1
    columns = {"building_id": [plan.building_id], "storey": [plan.storey], "edition": [edition], "drawing_id": [plan.drawing_id]}
    (pk,) = bulk.insert(FloorPlan, 1, **columns, slab=[plan.slab], created_at=context.now)
    record_created(context, PLANS.key, [pk], [unit], columns)
    rows = list(Shape.objects.live().filter(plan=plan).order_by("pk").values_list(*COPIED))
    cells: dict[str, Any] = dict(zip(COPIED, map(list, zip(*rows, strict=True)), strict=True)) if rows else {}
    ids = bulk.insert(Shape, len(rows), **cells, plan_id=pk, created_at=context.now)
    record_created(context, SHAPES.key, ids, [unit] * len(ids), {name: cells[name] for name in TOLD if cells})
    return pk


accept_plans.when(is_draft)
drop_plans.when(is_draft)
revise_plans.when(is_accepted)
