"""Submission: validated and judged once more, what it claims reserved, its records remembered, the first steps opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from pydantic import PrivateAttr

from gongjia.approvals.choices import RequestState, Verb
from gongjia.approvals.docket import Docket, File
from gongjia.approvals.engine.reading import compiled
from gongjia.approvals.executing import grant
from gongjia.approvals.judging import Checked, asking, check_requests, frozen, judge, obstacles
from gongjia.approvals.models import Request
from gongjia.approvals.remembering import snapshots
from gongjia.approvals.routing import Routes
from gongjia.approvals.seating import units_named, units_of_records
from gongjia.approvals.services.drafting import EDITABLE, own
from gongjia.core.action import Context, action, actions
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Conflict, Problem, Refused
from gongjia.core.reservations import release, reserve


class SubmitRequest(Input, of=Request):
    """A draft, or a returned request, to be sent on its way."""

    id: Annotated[int, Ref("approvals.request")] = given(label=_("申请"))
    _checked: Checked = PrivateAttr(default_factory=Checked)


@action("approvals.submit_request", label=_("提交申请"), subject="approvals.request", permission="approvals.ask")
def submit_requests(context: Context, rows: Sequence[SubmitRequest]) -> list[int]:
    """Send requests on their way: one transaction of judgement, reservation and first steps."""
    docket, routes = Docket(context), Routes()
    files = docket.open(row.id for row in rows)
    seen = snapshots([file.request for file in files.values()])
    for index, row in enumerate(rows):
        try:
            _submit(docket, routes, files[row.id], row._checked, seen[row.id])  # noqa: SLF001 - left by the check
        except Refused as refusal:
            raise Refused([Problem(p.code, p.message, p.field, index, p.level, p.value) for p in refusal.problems]) from None
    grant(docket, files.values())
    docket.flush()
    return [row.id for row in rows]


def _submit(docket: Docket, routes: Routes, file: File, checked: Checked, seen: dict[str, object]) -> None:
    request = file.request
    if request.state not in EDITABLE:
        raise Conflict(_now("这项申请已经提交。"))
    said = judge(request, checked.rows)
    if problems := obstacles(said):
        raise Refused(problems)
    if request.route_version is None:
        version = routes.needed(request)
        docket.set(file, route_version=version)
    _refuse_mixed_units(file)
    _reserve(file, checked, [claim for _gate, word in said for claim in word.claims])
    number = request.round + 1
    docket.set(file, state=RequestState.RUNNING, seen=seen, judgements=frozen(said), round=number, submitted_at=docket.context.now)
    file.signed = set()
    docket.decide(file, Verb.SUBMIT)
    assert request.route_version is not None  # noqa: S101 - found above
    docket.begin(file, compiled(request.route_version.bpmn))


def _reserve(file: File, checked: Checked, claims: Sequence[object]) -> None:
    """Reserve what the action and the gates claim; a returned request gives back what it held before."""
    request = file.request
    made = actions[request.action]
    own_claims = made.claims(asking(request.applicant, request.key), checked.rows) if made.claims else ()
    if request.state == RequestState.RETURNED:
        release(request.key)
    if wanted := [*own_claims, *claims]:
        reserve(request.key, wanted)  # type: ignore[arg-type]


def _refuse_mixed_units(file: File) -> None:
    """Refuse rows of several units where one step would have to be signed for all of them at once."""
    request = file.request
    assert request.route_version is not None  # noqa: S101 - set before
    for rule in compiled(request.route_version.bpmn).steps.values():
        where, _colon, name = rule.where.partition(":")
        if rule.user or where not in ("field", "record"):
            continue
        units = units_named(request, name) if where == "field" else units_of_records(request, name or "id")
        if len(units) > 1:
            text = _now("“%(step)s”要由一个单位签署，而申请涉及 %(count)s 个单位；请按单位分开申请。")
            raise Refused([Problem("mixed_units", text % {"step": rule.label, "count": len(units)}, "rows")])


@submit_requests.check
def it_may_be_submitted(context: Context, rows: Sequence[SubmitRequest]) -> list[Problem]:
    """Refuse foreign requests, those on their way, and rows that are not valid any more."""
    problems = own(context, rows, EDITABLE, _now("这项申请已经提交。"))
    bad = {problem.row for problem in problems}
    wanted = {row.id: index for index, row in enumerate(rows) if index not in bad}
    requests = list(Request.objects.filter(pk__in=wanted).select_related("applicant", "unit"))
    for pk, checked in check_requests(requests).items():
        index = wanted[pk]
        rows[index]._checked = checked  # noqa: SLF001 - kept for the service
        problems += [Problem(p.code, p.message, p.field, index, p.level, p.value) for p in checked.problems]
    return problems
