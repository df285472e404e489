"""Until it is signed a reform can be taken back as a whole; once signed it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from django.db.models import F
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem, Refused
from gongjia.core.undo import obstacles, restore_records
from gongjia.core.writing import change_rows
from gongjia.domains.reform.choices import PlanState
from gongjia.domains.reform.estates import measured
from gongjia.domains.reform.models import Plan
from gongjia.domains.reform.resources import PLANS
from gongjia.domains.reform.services.carrying import units_of
from gongjia.ledger import entries
from gongjia.org.models import UnitParentage

NAMED = given(label=_("机构改革方案"))


class SignPlan(Input, of=Plan):
    """A reform that stands."""

    id: Annotated[int, Ref("reform.plan")] = NAMED
    signed_on: dt.date = given()
    signed_by: str = given()


class ReversePlan(Input):
    """A reform that is taken back."""

    id: Annotated[int, Ref("reform.plan")] = NAMED
    reason: str = given(label=_("撤回原因"))


class NewState(Input, of=Plan):
    """The state that a plan goes into."""

    id: int
    state: str


@action("reform.sign_plan", label=_("签署方案"), subject="reform.plan", danger=True, help=_("签署之后不能再撤回。"))
def sign_plans(context: Context, rows: Sequence[SignPlan]) -> list[int]:
    """Let reforms stand for good."""
    change_rows(context, PLANS, rows)
    change_rows(context, PLANS, [NewState(id=row.id, state=PlanState.SIGNED.value) for row in rows])
    return [row.id for row in rows]


@action("reform.reverse_plan", label=_("撤回方案"), subject="reform.plan", danger=True)
def reverse_plans(context: Context, rows: Sequence[ReversePlan]) -> list[int]:
    """Put everything back where it was, to the cent."""
    for row in rows:
        _reverse(context, Plan.objects.select_for_update().get(pk=row.id))
    return [row.id for row in rows]


def _reverse(context: Context, plan: Plan) -> None:
    if plan.batch is None or plan.carried_out_at is None:
        raise Refused([Problem("not_carried_out", _now("方案还没有执行。"))])
    if later := obstacles(plan.batch):
        raise Refused([Problem("built_upon", _now("执行之后有 %(count)s 条记录又有变动，不能整体撤回。") % {"count": later})])
    restore_records(context, list(plan.batch.entries.exclude(subject=PLANS.key).order_by("-id")))
    entries.append_reversals(context, plan.batch.pk, held_too=True)
    _restore_parentage(context, plan, plan.carried_out_at)
    if measured(units_of(plan), plan.request_key) != plan.before:
        raise Refused([Problem("uneven", _now("撤回后与执行前不一致，什么也没有改动。"))])
    context.record(PLANS.key, plan.pk, plan.unit_id, {"state": plan.state}, {"state": PlanState.REVERSED.value})
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.REVERSED, version=F("version") + 1)


def _restore_parentage(context: Context, plan: Plan, at: dt.datetime) -> None:
    made = UnitParentage.objects.known().filter(recorded_at=at, valid_from=plan.effective_on)
    units = list(made.values_list("unit", flat=True))
    made.update(superseded_at=context.now)
    UnitParentage.objects.known().filter(unit__in=units, valid_to=plan.effective_on).update(valid_to=None)


sign_plans.when(lambda plan: plan.state == PlanState.CARRIED_OUT)
reverse_plans.when(lambda plan: plan.state == PlanState.CARRIED_OUT)


@sign_plans.check
@reverse_plans.check
def is_carried_out(context: Context, rows: Sequence[SignPlan | ReversePlan]) -> list[Problem]:
    """Refuse to sign or take back what is not carried out, or is signed."""
    plans, text = Plan.objects.in_bulk([row.id for row in rows]), _now("方案%(state)s；只有已执行、未签署的可以签署或撤回。")
    return [
        Problem("state", text % {"state": plans[row.id].get_state_display()}, "id", index)
        for index, row in enumerate(rows)
        if plans[row.id].state != PlanState.CARRIED_OUT
    ]
