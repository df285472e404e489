"""Talking about a request: reminding its signers, giving it to others to read, saying a word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.approvals.choices import RequestState, SeatState, Verb
from gongjia.approvals.docket import Docket
from gongjia.approvals.models import Comment, Reader, Request, Seat
from gongjia.approvals.rules import is_ripe
from gongjia.approvals.services.drafting import own
from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem


class Remind(Input):
    """A request whose signers are to be reminded."""

    id: Annotated[int, Ref("approvals.request")] = given(label=_("申请"))
    note: str | None = given("", label=_("说明"), lender="approvals.Decision.note")


class CopyRequest(Input):
    """Somebody who is given a request to read."""

    id: Annotated[int, Ref("approvals.request")] = given(label=_("申请"))
    user: Annotated[int, Ref("org.user", anywhere=True)] = given(label=_("抄送给"))
    note: str | None = given("", label=_("说明"), lender="approvals.Decision.note")


class Say(Input):
    """A word on a request."""

    id: Annotated[int, Ref("approvals.request")] = given(label=_("申请"))
    text: str = given(label=_("内容"), lender="approvals.Comment.text")


@action("approvals.remind", label=_("催办"), subject="approvals.request", permission="approvals.ask")
def remind(context: Context, rows: Sequence[Remind]) -> list[int]:
    """Tell those whose turn it is that a request waits for them."""
    docket = Docket(context)
    files = docket.open(row.id for row in rows)
    for row in rows:
        file = files[row.id]
        ripe = {seat.user_id for step in file.open_steps() for seat in step.signers if is_ripe(seat, step.signers)}
        docket.decide(file, Verb.REMIND, note=row.note or "", data={"users": sorted(ripe)})
        docket.tell(file, ripe, "reminded")
    docket.flush()
    return [row.id for row in rows]


@remind.check
def it_is_on_its_way(context: Context, rows: Sequence[Remind]) -> list[Problem]:
    """Refuse foreign requests, and those that wait for nobody."""
    return own(context, rows, (RequestState.RUNNING,), _now("只有审批中的申请可以催办。"))


@action("approvals.copy_request", label=_("抄送"), subject="approvals.request", permission="approvals.talk")
def copy_requests(context: Context, rows: Sequence[CopyRequest]) -> list[int]:
    """Give requests to others to read, who see them from then on."""
    docket = Docket(context)
    files = docket.open(row.id for row in rows)
    known = set(Reader.objects.filter(request__in=list(files)).values_list("request_id", "user_id"))
    fresh = list(dict.fromkeys((row.id, row.user) for row in rows if (row.id, row.user) not in known))
    bulk.insert(Reader, len(fresh), request_id=[pk for pk, _user in fresh], user_id=[user for _pk, user in fresh], at=context.now)
    for row in rows:
        docket.decide(files[row.id], Verb.COPY, note=row.note or "", data={"user": row.user})
        docket.tell(files[row.id], [row.user], "copied")
        context.record("approvals.request", row.id, files[row.id].request.unit_id, None, {"verb": "copy", "user": row.user})
    docket.flush()
    return [row.id for row in rows]


@action("approvals.comment", label=_("留言"), subject="approvals.request", permission="approvals.talk")
def comment(context: Context, rows: Sequence[Say]) -> list[int]:
    """Say a word on requests; applicant and signers are told."""
    docket = Docket(context)
    files = docket.open(row.id for row in rows)
    bulk.insert(
        Comment, len(rows), request_id=[row.id for row in rows], actor_id=context.actor_id, at=context.now, text=[row.text for row in rows]
    )
    for row in rows:
        file = files[row.id]
        signers = [seat.user_id for step in file.open_steps() for seat in step.signers if seat.state == SeatState.WAITING]
        docket.tell(file, [file.request.applicant_id, *signers], "comment")
        context.record("approvals.request", row.id, file.request.unit_id, None, {"verb": "comment"})
    docket.flush()
    return [row.id for row in rows]


def takes_part(context: Context, rows: Sequence[Any]) -> list[Problem]:
    """Refuse those who may see a request only from far: neither applicant nor signer nor reader, and not of its units."""
    found = Request.objects.in_bulk([row.id for row in rows])
    allowed = context.access.allowed("approvals.talk", {request.unit_id for request in found.values()})
    seats = set(Seat.objects.filter(step__request__in=list(found), user=context.actor_id).values_list("step__request_id", flat=True))
    readers = set(Reader.objects.filter(request__in=list(found), user=context.actor_id).values_list("request_id", flat=True))
    text = _now("你没有参与这项申请。")
    return [
        Problem("forbidden_unit", text, "id", index)
        for index, row in enumerate(rows)
        if found[row.id].applicant_id != context.actor_id and row.id not in seats | readers and found[row.id].unit_id not in allowed
    ]


copy_requests.check(takes_part)
comment.check(takes_part)
