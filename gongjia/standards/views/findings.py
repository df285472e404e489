"""Findings: the list, one verdict beside it or on its own page, recomputed on demand, excused with evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.models import Attachment
from gongjia.core.periods import today
from gongjia.core.resource import NotFound, resources
from gongjia.standards.asking import recompute, verdicts_of
from gongjia.standards.choices import Outcome, RectificationState
from gongjia.standards.drawing import draw
from gongjia.standards.excusing import excuse_form, run_excuse
from gongjia.standards.explaining import explain
from gongjia.standards.listed import ANY, FindingsPage, own_address, rectifications_of, seen
from gongjia.standards.models import Excuse, Finding, Rectification
from gongjia.standards.resources import EXCUSES, FINDINGS, RECTIFICATIONS
from gongjia.standards.services import RUN_SWEEP, SIMULATE
from gongjia.web.addresses import action_url, list_url, row_url
from gongjia.web.detailing import DetailPage
from gongjia.web.references import openable
from gongjia.web.shapes import Link
from gongjia.web.views.entry import signed_in

EXCUSE, ASSIGN = "standards.excuse_finding", "standards.assign_rectification"


@require_GET
@signed_in
def findings(request: HttpRequest) -> HttpResponse:
    """The list of what waits, with its figures; a filter stays in the address."""
    rights = access(request.user)
    if not rights.can(FINDINGS.view_permission):
        raise PermissionDenied(FINDINGS.view_permission)
    page = FindingsPage(request)
    export = reverse("web:export", args=["standards", "finding"])
    query = urlencode([pair for pair in page.asked.pairs() if pair != ("state", ANY)])
    given = {
        "page": page,
        "title": page.label,
        "export_url": f"{export}?{query}",
        "may_sweep": rights.can(RUN_SWEEP),
        "may_simulate": rights.can(SIMULATE),
    }
    return render(request, "standards/findings.html", given)


def get_finding(request: HttpRequest, pk: int) -> Finding:
    """Return one finding that this person may see, cured or not; raises NotFound."""
    if not access(request.user).can(FINDINGS.view_permission):
        raise PermissionDenied(FINDINGS.view_permission)
    found = seen(request.user).filter(pk=pk).first()
    if found is None:
        raise NotFound(FINDINGS.key)
    return found


@require_GET
@signed_in
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One verdict in full, or beside the list."""
    found = get_finding(request, pk)
    beside = "beside" in request.GET
    v = draw(found, request.user, acts_on(request, found), url=row_url(FINDINGS.key, pk) if beside else "")
    given = {"v": v, "under": under(request, found), "title": v.e.title, "trail": [(_("核查"), list_url(FINDINGS))]}
    if beside:
        return render(request, "standards/finding_beside.html", given)
    page = DetailPage(FINDINGS, request, found)
    page.panels = [panel for panel in page.panels if panel.id != "standards-findings"]
    return render(request, "standards/finding.html", {**given, "page": page})


def acts_on(request: HttpRequest, found: Finding) -> list[Link]:
    """What this person may do about a finding, the likeliest first."""
    rights, unit, links = access(request.user), found.unit_id, []
    live = found.cured_on is None and found.snapshot_id is None
    assigned = live and rectifications_of([found])
    if live and not assigned and found.excuse is None and rights.can(actions[ASSIGN].permission, unit):
        due = today() + dt.timedelta(days=30)
        links.append(Link(_("交办整改"), f"{action_url(FINDINGS, actions[ASSIGN], found.pk)}?due_on={due}", key="assign", primary=True))
    if live and found.excuse is None and rights.can(actions[EXCUSE].permission, unit):
        links.append(Link(_("登记例外"), action_url(FINDINGS, actions[EXCUSE], found.pk), key="excuse"))
    url = openable(request.user, [(found.subject, found.subject_id)]).get((found.subject, found.subject_id))
    if url:
        links.append(Link(_("看%(kind)s") % {"kind": resources[found.subject].label}, url, key="object"))
    links.append(Link(_("重算"), own_address(found.pk, "recompute"), key="recompute"))
    if live and found.excuse is None:
        links.append(Link(_("整改通知"), reverse("standards:notice") + f"?id={found.pk}", key="notice"))
    return links


@dataclass(frozen=True)
class Under:
    """One thing that is under way about a finding, in words, with the act on it."""

    label: str
    text: str
    late: bool = False
    url: str = ""
    act: str = ""
    files: Sequence[Attachment] = ()


def under(request: HttpRequest, found: Finding) -> list[Under]:
    """What is under way about a finding: its rectification and its exception, with the acts on each."""
    mending = rectifications_of([found]).get(found.pk)
    parts = [_mended(request, mending)] if mending is not None else []
    if found.excuse is not None:
        parts.append(_excused(request, found.excuse))
    if found.cured_on is not None:
        parts.append(Under(_("消除"), _("%(day)s 核查时已不存在") % {"day": found.cured_on}))
    return parts


def _mended(request: HttpRequest, row: Rectification) -> Under:
    edit = actions["standards.edit_rectification"]
    url = action_url(RECTIFICATIONS, edit, row.pk) if access(request.user).can(edit.permission, row.unit_id) else ""
    words = [str(row.owner or _("未指定责任人")), _("%(day)s 前") % {"day": row.due_on}, str(row.get_state_display()), row.note]
    late = row.due_on < today() and row.state != RectificationState.DONE
    return Under(_("整改"), " · ".join(filter(None, words)), late, url, _("更新整改"))


def _excused(request: HttpRequest, row: Excuse) -> Under:
    end = actions["standards.end_excuse"]
    url = action_url(EXCUSES, end, row.pk) if access(request.user).can(end.permission, row.unit_id) else ""
    words = [row.reason, row.document, _("%(a)s 至 %(b)s") % {"a": row.valid_from, "b": row.valid_to}]
    files = Attachment.objects.filter(subject=EXCUSES.key, subject_id=row.pk).select_related("file")
    return Under(_("例外"), " · ".join(filter(None, words)), url=url, act=_("终止例外"), files=list(files))


@require_GET
@signed_in
def recomputed(request: HttpRequest, pk: int) -> HttpResponse:
    """What the rules say of the same record now, beside what the sweep wrote."""
    found = get_finding(request, pk)
    now = recompute(found)
    given = {
        "then": draw(found, request.user, url=row_url(FINDINGS.key, pk), alternatives=False),
        "now": draw(now, request.user) if now else None,
        "title": _("重算"),
        "trail": [(_("核查"), list_url(FINDINGS)), (explain(found, alternatives=False).title, row_url(FINDINGS.key, pk))],
        "same": now is not None
        and (now.outcome, now.value, now.bound, now.table_version) == (found.outcome, found.value, found.bound, found.table_version),
    }
    return render(request, "standards/recomputed.html", given)


@require_http_methods(["GET", "POST"])
@signed_in
def excuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Register an exception, with its evidence uploaded in the same form."""
    found = FINDINGS.queryset(request.user).select_related("unit", "excuse").filter(pk=pk).first()
    if found is None:
        raise NotFound(FINDINGS.key)
    if not access(request.user).can(actions[EXCUSE].permission, found.unit_id):
        raise PermissionDenied(actions[EXCUSE].permission)
    if request.method == "POST":
        problems = run_excuse(request, found)
        if not problems:
            messages.success(request, _("已登记例外，这条发现不再列入待整改。"))
            return redirect(row_url(FINDINGS.key, pk))
    else:
        problems = []
    page = excuse_form(request, found, problems)
    return render(request, "standards/excuse.html", {"page": page, "v": draw(found, request.user, alternatives=False), "title": page.title})


@require_GET
@signed_in
def verdicts(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Every verdict of one record as of today, compliant ones too; what no rule speaks to is left out."""
    if not access(request.user).can(FINDINGS.view_permission):
        raise PermissionDenied(FINDINGS.view_permission)
    declared = resources.get(key)
    if declared is None:
        raise NotFound(key)
    row = declared.get(request.user, pk)
    found = [each for each in verdicts_of(key, row.pk) if each.outcome != Outcome.NO_RULE]
    order = {Outcome.BREACH: 0, Outcome.DOUBT: 1, Outcome.CANNOT_DECIDE: 2}
    shown = [draw(each, request.user) for each in sorted(found, key=lambda each: order.get(Outcome(each.outcome), 3))]
    name = str(row)
    given = {"shown": shown, "name": name, "title": name, "trail": [(declared.label, list_url(declared)), (name, row_url(key, pk))]}
    return render(request, "standards/verdicts.html", given)
