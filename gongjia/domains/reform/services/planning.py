"""Writing a plan, step by step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from django.db.models import Max
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.numbering import numbered
from gongjia.core.problems import Problem
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.reform.choices import PlanState, Verb
from gongjia.domains.reform.models import Plan, PlanStep
from gongjia.domains.reform.resources import PLANS, STEPS
from gongjia.org.models import Unit


class DraftPlan(Input, of=Plan):
    """A reform from a day on, under the unit that governs all units it touches."""

    title: str = given()
    unit: Annotated[int, Ref("org.unit")] = given(help=_("能管到方案里所有单位的上级。"))
    document: str = given()
    effective_on: dt.date = given()


class EditPlan(Input, of=Plan):
    """The fields of a draft that change."""

    id: Annotated[int, Ref("reform.plan")] = given(label=_("机构改革方案"))
    title: str | None = given(None)
    document: str | None = given(None)
    effective_on: dt.date | None = given(None)


class AddStep(Input, of=PlanStep):
    """One thing that happens to one unit."""

    plan: Annotated[int, Ref("reform.plan")] = given()
    verb: str = given()
    unit: Annotated[int, Ref("org.unit")] = given()
    target: Annotated[int | None, Ref("org.unit")] = given(None, help=_("并入、划出和撤销时，接收一切的单位。"))
    place: Annotated[int | None, Ref("org.place")] = given(None, help=_("划出时可只划一栋楼、一层或一间，连同其中的资产。"))
    new_name: str = given("", help=_("更名时填写。"))


class RemoveStep(Input):
    """A step that is taken out."""

    id: Annotated[int, Ref("reform.planstep")] = given(label=_("方案步骤"))


class Closed(Input, of=PlanStep):
    """The day on which a step was taken out."""

    id: int
    closed_on: dt.date
    close_reason: str = ""


@action("reform.draft_plan", label=_("编制改革方案"), subject="reform.plan", unit="unit")
def draft_plans(context: Context, rows: Sequence[DraftPlan]) -> list[int]:
    """Begin plans."""
    return create_rows(context, PLANS, rows, number=numbered("GG", context.on.year, len(rows)))


@action("reform.edit_plan", label=_("修改方案"), subject="reform.plan")
def edit_plans(context: Context, rows: Sequence[EditPlan]) -> list[int]:
    """Change drafts."""
    change_rows(context, PLANS, rows)
    return [row.id for row in rows]


@action("reform.add_step", label=_("加一步"), subject="reform.planstep", unit="plan")
def add_steps(context: Context, rows: Sequence[AddStep]) -> list[int]:
    """Add steps at the end of their plans."""
    last = dict(PlanStep.objects.filter(plan__in={row.plan for row in rows}).values_list("plan").annotate(Max("order")))
    places = []
    for row in rows:
        last[row.plan] = last.get(row.plan, 0) + 1
        places.append(last[row.plan])
    units = dict(Plan.objects.filter(pk__in={row.plan for row in rows}).values_list("pk", "unit"))
    return create_rows(context, STEPS, rows, [units[row.plan] for row in rows], order=places)


@action("reform.remove_step", label=_("删去这一步"), subject="reform.planstep")
def remove_steps(context: Context, rows: Sequence[RemoveStep]) -> list[int]:
    """Take steps out."""
    change_rows(context, STEPS, [Closed(id=row.id, closed_on=context.on, close_reason=_now("删去")) for row in rows])
    return [row.id for row in rows]


def _drafts(plans: Sequence[int]) -> set[int]:
    return set(Plan.objects.filter(pk__in=plans, state=PlanState.DRAFT).values_list("pk", flat=True))


edit_plans.when(lambda plan: plan.state == PlanState.DRAFT)
remove_steps.when(lambda step: step.plan.state == PlanState.DRAFT)


@edit_plans.check
def is_a_draft(context: Context, rows: Sequence[EditPlan]) -> list[Problem]:
    """Refuse to change what has been carried out."""
    drafts = _drafts([row.id for row in rows])
    return [Problem("not_a_draft", _now("方案已经执行，不能再改。"), "id", i) for i, row in enumerate(rows) if row.id not in drafts]


@remove_steps.check
def is_of_a_draft(context: Context, rows: Sequence[RemoveStep]) -> list[Problem]:
    """Refuse to take a step out of what has been carried out."""
    plans = dict(PlanStep.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "plan"))
    drafts = _drafts(list(plans.values()))
    return [Problem("not_a_draft", _now("方案已经执行，不能再改。"), "id", i) for i, row in enumerate(rows) if plans[row.id] not in drafts]


@add_steps.check
def step_makes_sense(context: Context, rows: Sequence[AddStep]) -> list[Problem]:
    """Refuse a step without what its verb needs, out of the plan's reach, into itself, or of a unit that is gone by then."""
    drafts, problems = _drafts([row.plan for row in rows]), []
    roots = dict(Plan.objects.filter(pk__in={row.plan for row in rows}).values_list("pk", "unit__path"))
    units = Unit.objects.in_bulk({pk for row in rows for pk in (row.unit, row.target) if pk})
    for index, row in enumerate(rows):
        if row.plan not in drafts:
            problems.append(Problem("not_a_draft", _now("方案已经执行，不能再改。"), "plan", index))
        problems += [Problem(code, text, name, index) for code, text, name in _wrong(row, units, roots[row.plan])]
    return problems


def _wrong(row: AddStep, units: dict[int, Unit], root: str) -> list[tuple[str, str, str]]:
    found = []
    unit, target = units[row.unit], units.get(row.target or 0)
    if row.verb == Verb.RENAME and not row.new_name:
        found.append(("no_name", _now("更名要写新名称。"), "new_name"))
    if row.verb in (Verb.MERGE, Verb.SPLIT) and target is None:
        found.append(("no_target", _now("要写接收单位。"), "target"))
    if target is not None and (target.path.startswith(unit.path) and not row.place):
        found.append(("into_itself", _now("不能并入自己或自己的下级。"), "target"))
    if not all(one.path.startswith(root) for one in (unit, target) if one is not None):
        found.append(("out_of_reach", _now("单位不在方案主管单位的范围里。"), "unit"))
    ended = PlanStep.objects.filter(plan=row.plan, closed_on__isnull=True, verb__in=[Verb.MERGE, Verb.ABOLISH])
    if ended.filter(unit__in=[row.unit, row.target]).exists():
        found.append(("gone", _now("这个单位在前面的步骤里已经并入别的单位或撤销。"), "unit"))
    return found
