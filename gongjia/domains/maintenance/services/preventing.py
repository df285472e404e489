"""What comes round: plans become tickets, each occasion once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.jobs import Running, job
from gongjia.core.numbering import numbered
from gongjia.core.periods import SHANGHAI, today
from gongjia.core.writing import create_rows
from gongjia.domains.maintenance.choices import TicketState, Urgency
from gongjia.domains.maintenance.models import Plan, Ticket
from gongjia.domains.maintenance.resources import PLANS, TICKETS
from gongjia.domains.maintenance.rules.clock import due_days, next_after
from gongjia.domains.maintenance.services.stating import change


class IssueTickets(Input):
    """A plan whose occasions become tickets."""

    id: Annotated[int, Ref("maintenance.plan")] = given(label=_("维护计划"))


@action("maintenance.issue_tickets", label=_("生成到期工单"), subject="maintenance.plan")
def issue_tickets(context: Context, rows: Sequence[IssueTickets]) -> list[int]:
    """Make a ticket of each occasion that is due, or will be within the plan's lead, once; the plan moves on."""
    plans = Plan.objects.select_related("unit").in_bulk([row.id for row in rows])
    for plan in plans.values():
        until = context.on + dt.timedelta(days=plan.lead_days)
        known = set(Ticket.objects.filter(plan=plan).values_list("occasion", flat=True))
        _issue(context, plan, [day for day in due_days(plan.next_due, plan.every, until) if day not in known])
        following = next_after(plan.next_due, plan.every, until)
        if following != plan.next_due:
            change(context, PLANS, plan.pk, next_due=following)
    return [row.id for row in rows]


def _issue(context: Context, plan: Plan, days: Sequence[dt.date]) -> None:
    if not days:
        return
    ready: dict[str, Any] = {"state": TicketState.REPORTED.value}
    if plan.crew_id:
        ready = {"state": TicketState.DISPATCHED.value, "crew_id": plan.crew_id, "dispatched_at": context.now}
    due = [dt.datetime.combine(day, dt.time(23, 59, 59), SHANGHAI) for day in days]
    create_rows(
        context, TICKETS, [_Occasion() for _day in days], [plan.unit_id] * len(days), number=numbered("WX", context.on.year, len(days)),
        unit_id=[plan.unit_id] * len(days), place_id=[plan.place_id] * len(days), trade=plan.trade, urgency=Urgency.ORDINARY.value,
        fault=[f"{plan.name}：{plan.work}"[:400]] * len(days), reported_at=context.now, due_at=due, plan_id=plan.pk, occasion=list(days),
        reporter_id=context.actor_id, **ready, **context.provenance(),
    )  # fmt: skip


class _Occasion(Input):
    """A ticket that no person typed."""


@job("maintenance.issue", _("生成预防性维护工单"))
def issue_all(running: Running) -> dict[str, int]:
    """Issue what is due of every plan."""
    before = Ticket.objects.count()
    due = [plan.pk for plan in Plan.objects.live().order_by("pk") if plan.next_due <= today() + dt.timedelta(days=plan.lead_days)]
    running.progress(0, len(due))
    issue_tickets.run_many(running.actor, [{"id": pk} for pk in due], origin="job", job_id=running.row.pk)
    running.progress(len(due), len(due))
    return {"plans": len(due), "tickets": Ticket.objects.count() - before}
