"""Carrying out what was granted: again where it was stuck, by a job where it is large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.approvals.choices import RequestState
from gongjia.approvals.docket import Docket
from gongjia.approvals.executing import JOB, finish, grant
from gongjia.approvals.models import Request
from gongjia.core import audit
from gongjia.core.action import Context, action, context_for
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.jobs import Running, job
from gongjia.core.problems import Conflict, Problem


class RetryRequest(Input):
    """A granted request whose execution was stuck."""

    id: Annotated[int, Ref("approvals.request")] = given(label=_("申请"))


@action("approvals.retry_request", label=_("重新执行"), subject="approvals.request", permission="approvals.ask")
def retry_requests(context: Context, rows: Sequence[RetryRequest]) -> list[int]:
    """Try to carry stuck requests out once more."""
    docket = Docket(context)
    files = docket.open(row.id for row in rows)
    for row in rows:
        file = files[row.id]
        if file.request.state not in (RequestState.STUCK, RequestState.GRANTED):
            raise Conflict(_now("这项申请刚刚被办理，请刷新后再看。"))
        docket.set(file, state=RequestState.GRANTED)
    grant(docket, files.values())
    docket.flush()
    return [row.id for row in rows]


@retry_requests.check
def it_is_stuck(context: Context, rows: Sequence[RetryRequest]) -> list[Problem]:
    """Let the applicant, and who may void requests of its unit, try again."""
    found = Request.objects.in_bulk([row.id for row in rows])
    allowed = context.access.allowed("approvals.void", {request.unit_id for request in found.values()})
    problems = []
    for index, row in enumerate(rows):
        request = found[row.id]
        if request.applicant_id != context.actor_id and request.unit_id not in allowed:
            problems.append(Problem("forbidden_unit", _now("这不是你的申请。"), "id", index))
        elif request.state not in (RequestState.STUCK, RequestState.GRANTED):
            problems.append(Problem("wrong_state", _now("只有执行受阻的申请可以重新执行。"), "id", index))
    return problems


@job(JOB, _("执行已批准的申请"))
def carry_out_large(running: Running, request: int) -> dict[str, Any]:
    """Carry one granted request out; a second run of the same job finds it done."""
    context = context_for(running.actor, "request", job_id=running.row.pk)
    with transaction.atomic():
        docket = Docket(context)
        file = docket.open([request])[request]
        if file.request.state != RequestState.GRANTED:
            return {"request": request, "state": file.request.state}
        finish(docket, [file])
        docket.flush()
        batch = audit.open_batch("approvals.retry_request", context.actor_id, context.origin, running.row.pk, file.request.key)
        audit.write(context.trail, batch, "approvals.retry_request", context.actor_id)
    return {"request": request, "state": file.request.state}
