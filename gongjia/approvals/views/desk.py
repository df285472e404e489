"""The to-do desk: what waits for me, what I asked for, what I was given to read; and deciding many at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from gongjia.approvals.choices import RequestState
from gongjia.approvals.models import Decision, Request, Step
from gongjia.approvals.resources import REQUESTS
from gongjia.approvals.waiting import MOST, Line, line_of, waiting_lines
from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.problems import Conflict, Refused
from gongjia.core.query import Query, filtered
from gongjia.web.bulk import read_ids
from gongjia.web.shapes import Link
from gongjia.web.views.entry import signed_in


def tabs(http: HttpRequest, now: str) -> list[Link]:
    """Return the lists as tabs; only who may sign has something to wait for."""
    labels = {"waiting": _("待我审批"), "mine": _("我的申请"), "copies": _("抄送我的"), "signed": _("我办过的")}
    signs = access(http.user).can("approvals.sign")
    shown = {name: label for name, label in labels.items() if signs or name in ("mine", "copies", now)}
    return [Link(label, reverse(f"approvals:{name}"), key=name, on=name == now) for name, label in shown.items()]


@require_GET
@signed_in
def waiting(http: HttpRequest) -> HttpResponse:
    """What waits for this person's signature, with age, deadline, money and what the gates say; marked ones are decided at once."""
    lines = waiting_lines(http.user)
    late = sum(line.late for line in lines)
    says = _("%(n)s 件等你签署。") % {"n": len(lines)} + (_("其中 %(n)s 件已过期限。") % {"n": late} if late else "")
    return render(http, "approvals/waiting.html", {"lines": lines, "says": says, "title": _("待我审批"), "tabs": tabs(http, "waiting")})


@require_GET
@signed_in
def mine(http: HttpRequest) -> HttpResponse:
    """What this person asked for, open ones first."""
    rows = _found(http).filter(applicant=http.user)
    open_first = sorted(rows.order_by("-pk")[:MOST], key=lambda row: row.state in CLOSED)
    return _listed(http, "mine", open_first, _("还没有申请"), _("在资产、房间或车辆的页面上按“申请…”，就从那里起草。"))


@require_GET
@signed_in
def copies(http: HttpRequest) -> HttpResponse:
    """What this person was given to read."""
    rows = _found(http).filter(readers__user=http.user).order_by("-pk")[:MOST]
    return _listed(http, "copies", list(rows), _("没有抄送给你的申请"), _("别人把申请抄送给你时，会列在这里。"))


@require_GET
@signed_in
def signed(http: HttpRequest) -> HttpResponse:
    """What this person decided."""
    acted = Decision.objects.filter(actor=http.user, verb__in=["approve", "refuse", "return"]).values("request")
    return _listed(
        http,
        "signed",
        list(_found(http).filter(pk__in=acted).order_by("-pk")[:MOST]),
        _("还没有签署过"),
        _("你同意、退回或不同意的申请会列在这里。"),
    )


CLOSED = (RequestState.DONE, RequestState.REFUSED, RequestState.WITHDRAWN, RequestState.VOID)


def _found(http: HttpRequest) -> Any:
    """Return the requests that this person may see and that match the search."""
    return filtered(REQUESTS, http.user, Query(q=http.GET.get("q", "").strip()[:200])).select_related("unit", "applicant")


def _listed(http: HttpRequest, tab: str, rows: list[Request], empty: str, hint: str) -> HttpResponse:
    shown = [line_of(row, step) for row, step in zip(rows, _open_steps(rows), strict=True)]
    given = {
        "lines": shown,
        "title": next(str(link.label) for link in tabs(http, tab) if link.on),
        "tabs": tabs(http, tab),
        "q": http.GET.get("q", ""),
    }
    return render(http, "approvals/requests.html", {**given, "empty": empty, "hint": hint, "says": _("%(n)s 件") % {"n": len(rows)}})


def _open_steps(rows: list[Request]) -> list[Step | None]:
    steps: dict[int, Step] = {}
    for step in Step.objects.filter(request__in=rows, state="open").order_by("-pk"):
        steps[step.request_id] = step
    return [steps.get(row.pk) for row in rows]


# -- many at once ------------------------------------------------------------------------------------------------------


@dataclass
class Outcome:
    """What became of marked requests: done, and refused each with its reason."""

    done: list[Line] = field(default_factory=list)
    refused: list[tuple[Line, str]] = field(default_factory=list)


BATCH = {"approve": "approvals.approve_step", "return": "approvals.return_step"}


@require_POST
@signed_in
def batch(http: HttpRequest) -> HttpResponse:
    """Decide all marked requests one by one: what is refused says why and stops nothing else."""
    verb, note = http.POST.get("action", ""), http.POST.get("note", "").strip()
    wanted = read_ids(http.POST.get("id", ""))
    if verb not in BATCH or not wanted:
        messages.warning(http, _("还没有选中申请。"), extra_tags="doubt")
        return redirect("approvals:waiting")
    if verb == "return" and not note:
        messages.warning(http, _("退回要写明意见。"), extra_tags="doubt")
        return redirect("approvals:waiting")
    outcome = Outcome()
    for line in waiting_lines(http.user):
        if line.step is not None and line.step.pk in wanted:
            _decide(http.user, verb, line, note, outcome)
    label = _("同意") if verb == "approve" else pgettext("approval", "退回")
    given = {
        "outcome": outcome,
        "verb": label,
        "title": _("批量%(act)s的结果") % {"act": label},
        "gone": len(wanted) - len(outcome.done) - len(outcome.refused),
    }
    return render(http, "approvals/outcome.html", given)


def _decide(user: Any, verb: str, line: Line, note: str, outcome: Outcome) -> None:
    assert line.step is not None  # noqa: S101 - only lines with a step are decided
    try:
        actions[BATCH[verb]].run(user, {"id": line.step.pk, "note": note})
    except Refused as refusal:
        outcome.refused.append((line, "；".join(str(problem.message) for problem in refusal.problems)))
    except Conflict as conflict:
        outcome.refused.append((line, str(conflict)))
    else:
        outcome.done.append(line)
