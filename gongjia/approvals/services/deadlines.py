"""What the clock does: timers of routes go off, overdue steps are escalated, granted requests left behind are carried out."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjia.approvals.choices import RequestState, SeatKind, SeatState, SigningMode, StepState, Verb
from gongjia.approvals.docket import Docket, File, told
from gongjia.approvals.engine.running import Item
from gongjia.approvals.executing import JOB, grant
from gongjia.approvals.models import Request, Seat, Step
from gongjia.core import audit
from gongjia.core.action import Context, context_for
from gongjia.core.jobs import Running, enqueue, job
from gongjia.core.models import Job
from gongjia.core.problems import Refused
from gongjia.core.reservations import release_overdue

KEEP = "approvals.keep_deadlines"


@job(KEEP, _("审批期限和定时"))
def keep_deadlines(running: Running) -> dict[str, Any]:
    """Do what is due now; a second run finds nothing left to do."""
    context = context_for(running.actor, "request", job_id=running.row.pk)
    woken = sum(_one(context, pk, _wake) for pk in _ids(Request.objects.filter(wakes_at__lte=timezone.now(), state=RequestState.RUNNING)))
    overdue = Step.objects.filter(state=StepState.OPEN, due_at__lte=timezone.now(), escalated_at__isnull=True)
    late = sum(_one(context, pk, _escalate) for pk in sorted(set(overdue.values_list("request_id", flat=True))))
    return {"woken": woken, "escalated": late, "handed_out": _hand_out(running.actor), "released": release_overdue(context.on)}


def _ids(rows: Any) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _one(context: Context, pk: int, deed: Any) -> int:
    """Do one deed on one request in a transaction of its own; a condition that cannot be decided leaves it as it was."""
    try:
        with transaction.atomic():
            docket = Docket(context)
            file = docket.open([pk])[pk]
            done = deed(docket, file)
            docket.flush()
            _write_trail(context, file)
    except Refused:
        return 0
    return int(done)


def _write_trail(context: Context, file: File) -> None:
    trail, context.trail = context.trail, audit.Trail()
    if trail.ids:
        batch = audit.open_batch(KEEP, context.actor_id, context.origin, context.job_id, file.request.key)
        audit.write(trail, batch, KEEP, context.actor_id)


def _wake(docket: Docket, file: File) -> bool:
    if file.request.state != RequestState.RUNNING:
        return False
    with told(file):
        file.run.go_on()
    docket.advance(file)
    grant(docket, [file])
    return True


def _escalate(docket: Docket, file: File) -> bool:
    """Tell signers, applicant and the level above of each overdue step; where one signature is enough, that level may give it."""
    late = [step for step in file.open_steps() if step.due_at and step.due_at <= docket.context.now and not step.escalated_at]
    for step in late:
        above = _above(docket, file, step)
        step.escalated_at = docket.context.now
        docket.pending.steps[id(step)] = step
        docket.decide(file, Verb.ESCALATE, step, actor_id=None, data={"users": above})
        waiting = [seat.user_id for seat in step.signers if seat.state == SeatState.WAITING]
        docket.tell(file, [*waiting, *above, file.request.applicant_id], "overdue")
        if step.mode == SigningMode.ANY:
            seats = [Seat(step=step, user_id=pk, kind=SeatKind.ASSIGNED, state=SeatState.WAITING) for pk in above]
            docket.pending.new_seats += seats
            step.signers += seats
    return bool(late)


def _above(docket: Docket, file: File, step: Step) -> list[int]:
    """Return who holds the step's role one level further up and does not sit already."""
    assert file.route is not None  # noqa: S101 - it has an open step
    item = Item(step.task, file.route.steps[step.spec], step.item or None)
    seated = {seat.user_id for seat in step.signers}
    return [pk for pk in docket.seating.above(file.request, item) if pk not in seated]


def _hand_out(actor: Any) -> int:
    """Hand out anew the execution of granted requests whose job was lost."""
    busy = Job.objects.filter(kind=JOB, state__in=[Job.State.WAITING, Job.State.RUNNING]).values("key")
    left = Request.objects.filter(state=RequestState.GRANTED).exclude(key__in=busy)
    for request in left:
        enqueue(JOB, actor, key=request.key, unit_id=request.unit_id, request=request.pk)
    return len(left)
