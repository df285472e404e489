"""Ending a request early: the applicant withdraws, the administration voids; what was reserved is free again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.approvals.choices import OPEN_STATES, RequestState, Verb
from gongjia.approvals.docket import Docket
from gongjia.approvals.models import Request
from gongjia.approvals.services.drafting import own
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Conflict, Problem

VOIDABLE = (RequestState.DRAFT, *OPEN_STATES)


class WithdrawRequest(Input):
    """One's own request, taken back before it was granted."""

    id: Annotated[int, Ref("approvals.request")] = given(label=_("申请"))
    note: str | None = given("", label=_("说明"), lender="approvals.Decision.note")


class VoidRequest(Input):
    """A request that is declared void, with the reason."""

    id: Annotated[int, Ref("approvals.request")] = given(label=_("申请"))
    note: str = given(label=_("原因"), lender="approvals.Decision.note")


def _end(
    context: Context, rows: Sequence[WithdrawRequest | VoidRequest], verb: Verb, state: RequestState, from_states: Sequence[str]
) -> list[int]:
    docket = Docket(context)
    files = docket.open(row.id for row in rows)
    for row in rows:
        file = files[row.id]
        if file.request.state not in from_states:
            raise Conflict(_now("这项申请刚刚被办理，请刷新后再看。"))
        signers = [seat.user_id for step in file.open_steps() for seat in step.signers if seat.state == "waiting"]
        docket.end(file, state)
        docket.decide(file, verb, note=row.note or "")
        docket.tell(file, [file.request.applicant_id, *signers], str(state))
    docket.flush()
    return [row.id for row in rows]


WITHDRAWABLE = (RequestState.RUNNING, RequestState.RETURNED)


@action("approvals.withdraw_request", label=_("撤回申请"), subject="approvals.request", permission="approvals.ask")
def withdraw_requests(context: Context, rows: Sequence[WithdrawRequest]) -> list[int]:
    """Take one's own requests back."""
    return _end(context, rows, Verb.WITHDRAW, RequestState.WITHDRAWN, WITHDRAWABLE)


@withdraw_requests.check
def it_is_ones_own_and_on_its_way(context: Context, rows: Sequence[WithdrawRequest]) -> list[Problem]:
    """Refuse foreign requests and those that are decided."""
    return own(context, rows, WITHDRAWABLE, _now("只有审批中或退回的申请可以撤回。"))


@action("approvals.void_request", label=_("作废申请"), subject="approvals.request", permission="approvals.ask", danger=True)
def void_requests(context: Context, rows: Sequence[VoidRequest]) -> list[int]:
    """Declare requests void; one that was carried out cannot be."""
    return _end(context, rows, Verb.VOID, RequestState.VOID, VOIDABLE)


@void_requests.check
def it_may_be_voided(context: Context, rows: Sequence[VoidRequest]) -> list[Problem]:
    """Let the applicant void his drafts, returned and stuck requests, and who holds the permission any open one of its units."""
    found = Request.objects.in_bulk([row.id for row in rows])
    allowed = context.access.allowed("approvals.void", {request.unit_id for request in found.values()})
    own_states = (RequestState.DRAFT, RequestState.RETURNED, RequestState.STUCK)
    problems = []
    for index, row in enumerate(rows):
        request = found[row.id]
        if request.applicant_id != context.actor_id and request.unit_id not in allowed:
            problems.append(Problem("forbidden_unit", _now("你不能作废这项申请。"), "id", index))
        elif request.state not in (VOIDABLE if request.unit_id in allowed else own_states):
            problems.append(Problem("wrong_state", _now("这项申请现在不能作废。"), "id", index))
    return problems
