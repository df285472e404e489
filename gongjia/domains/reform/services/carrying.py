"""Carrying a plan out: everything at once, in one transaction, and only when the balance after equals the balance before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import F, Value
from django.db.models.functions import Concat, Length, Substr
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem, Refused
from gongjia.core.reservations import Claim
from gongjia.core.writing import set_values
from gongjia.domains.reform.choices import PlanState, Verb
from gongjia.domains.reform.estates import measured
from gongjia.domains.reform.models import Plan, PlanStep
from gongjia.domains.reform.resources import PLANS
from gongjia.domains.reform.services.moving import move_estates
from gongjia.org.models import Unit, UnitParentage
from gongjia.org.resources import UNITS


class CarryOut(Input):
    """A plan that is to be carried out."""

    id: Annotated[int, Ref("reform.plan")] = given(label=_("机构改革方案"))


def steps_of(plan: Plan) -> list[PlanStep]:
    """Return the steps of a plan in their order."""
    return list(plan.steps.filter(closed_on__isnull=True).select_related("unit", "target", "place").order_by("order", "pk"))


def units_of(plan: Plan) -> list[int]:
    """Return every unit that the plan touches, with all below them."""
    named = {unit.path for step in steps_of(plan) for unit in (step.unit, step.target) if unit is not None}
    found: set[int] = set()
    for path in named:
        found |= set(Unit.objects.filter(path__startswith=path).values_list("pk", flat=True))
    return sorted(found)


def plan_claims(context: Context, rows: Sequence[CarryOut]) -> list[Claim]:
    """Reserve the plan itself: what it moves keeps the reservations that it has."""
    return [Claim(PLANS.key, row.id) for row in rows]


@action(
    "reform.carry_out_plan",
    label=_("申请执行方案"),
    subject="reform.plan",
    by_request=True,
    claims=plan_claims,
    danger=True,
    help=_("批准后一次划转；前后不平衡就一条也不动。签署之前可以整体撤回。"),
)
def carry_out_plans(context: Context, rows: Sequence[CarryOut]) -> list[int]:
    """Carry plans out."""
    for row in rows:
        _carry_out(context, Plan.objects.select_for_update().get(pk=row.id))
    return [row.id for row in rows]


carry_out_plans.when(lambda plan: plan.state == PlanState.DRAFT)


@carry_out_plans.check
def can_be_carried_out(context: Context, rows: Sequence[CarryOut]) -> list[Problem]:
    """Refuse an empty plan, one that was carried out, and one whose day has not come."""
    plans, problems = Plan.objects.in_bulk([row.id for row in rows]), []
    for index, row in enumerate(rows):
        plan = plans[row.id]
        if plan.state != PlanState.DRAFT:
            text = _now("方案%(state)s，不能再执行。") % {"state": plan.get_state_display()}
            problems.append(Problem("not_a_draft", text, "id", index))
        elif not steps_of(plan):
            problems.append(Problem("no_steps", _now("方案里还没有步骤。"), "id", index))
        elif plan.effective_on > context.on:
            text = _now("方案 %(day)s 才生效，到那一天再执行。") % {"day": plan.effective_on}
            problems.append(Problem("too_early", text, "id", index))
    return problems


def _carry_out(context: Context, plan: Plan) -> None:
    touched = units_of(plan)
    before = measured(touched, context.request_key)
    for step in steps_of(plan):
        _do(context, plan, step)
    after = measured(sorted({*touched, *units_of(plan)}), context.request_key)
    uneven = [key for key in before if before[key] != after[key]]
    if uneven:
        raise Refused([Problem("uneven", _now("前后不平衡：%(kinds)s。什么也没有划转。") % {"kinds": "、".join(uneven)})])
    values = {"state": PlanState.CARRIED_OUT.value, "before": before, "after": after, "carried_out_at": context.now}
    values |= {"batch_id": context.batch.pk if context.batch else None, "request_key": context.request_key}
    context.record(PLANS.key, plan.pk, plan.unit_id, {"state": plan.state}, {"state": values["state"]})
    Plan.objects.filter(pk=plan.pk).update(**values, version=F("version") + 1)


def _do(context: Context, plan: Plan, step: PlanStep) -> None:
    step.unit.refresh_from_db()
    if step.verb == Verb.RENAME:
        _set(context, step.unit, name=step.new_name)
    elif step.place is not None and step.target is not None:
        move_estates(context, plan, step.unit, step.target, step.place)
    elif step.verb == Verb.SPLIT and step.target is not None:
        _hang(context, plan, step.unit, step.target)
    else:
        _dissolve(context, plan, step)


def _dissolve(context: Context, plan: Plan, step: PlanStep) -> None:
    """Move all that a unit holds, and the units below it, to the target; then close the unit. Without a target it must hold nothing."""
    unit, target = step.unit, step.target
    if target is None:
        _must_be_empty(unit)
    else:
        target.refresh_from_db()
        move_estates(context, plan, unit, target)
        for child in Unit.objects.live().filter(parent=unit):
            _hang(context, plan, child, target)
    _set(context, unit, closed_on=plan.effective_on, close_reason=f"{plan.document} {step.get_verb_display()}")


def _must_be_empty(unit: Unit) -> None:
    held = [key for key, sums in measured([unit.pk]).items() if any(value.strip("0.") for value in sums.values())]
    if held or Unit.objects.live().filter(parent=unit).exists():
        text = _now("“%(name)s”名下还有 %(kinds)s，撤销前要写接收单位。") % {"name": unit.name, "kinds": "、".join(held) or UNITS.label}
        raise Refused([Problem("not_empty", text)])


def _hang(context: Context, plan: Plan, unit: Unit, parent: Unit) -> None:
    """Hang a unit under another with everything below it, and keep since when."""
    parent.refresh_from_db()
    below = Unit.objects.filter(path__startswith=unit.path)
    paths = dict(below.values_list("pk", "path"))
    below.update(path=Concat(Value(f"{parent.path}{unit.pk}."), Substr(F("path"), Length(Value(unit.path)) + 1)))
    for pk, path in Unit.objects.filter(pk__in=paths).values_list("pk", "path"):
        context.record(UNITS.key, pk, pk, {"path": paths[pk]}, {"path": path})
    _set(context, unit, parent_id=parent.pk)
    UnitParentage.objects.known().filter(unit=unit, valid_to__isnull=True).update(valid_to=plan.effective_on)
    UnitParentage.objects.create(unit=unit, parent=parent, valid_from=plan.effective_on, recorded_at=context.now)


def _set(context: Context, unit: Unit, **values: Any) -> None:
    context.record(UNITS.key, unit.pk, unit.pk, {name: getattr(unit, name) for name in values}, values)
    set_values(Unit, [(unit.pk, values)], {unit.pk: unit.version + 1})
    unit.refresh_from_db()
