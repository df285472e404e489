"""The rows of a draft: changed, added and dropped by the action's own form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongjia.approvals.gating import code_of
from gongjia.approvals.models import Request
from gongjia.approvals.page import RequestPage
from gongjia.approvals.views.acting import attempt
from gongjia.approvals.views.request import read
from gongjia.core.action import Action, actions
from gongjia.core.problems import Conflict, Problem, Refused
from gongjia.web import forming
from gongjia.web.views.entry import signed_in
from gongjia.web.weighing import weighers


def editable(http: HttpRequest, pk: int) -> tuple[Request, Action]:
    """Return a draft of this person's own, with its action."""
    page = RequestPage(http, read(http, pk))
    if not page.may.edit or page.action is None:
        raise Http404("draft")
    return page.request, page.action


@require_http_methods(["GET", "POST"])
@signed_in
def row(http: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Change one row of a draft; the place after the last one adds a row."""
    request, action = editable(http, pk)
    if place > len(request.rows) or (place == len(request.rows) and action.is_edit):
        raise Http404("row")
    kept: Mapping[str, Any] = request.rows[place] if place < len(request.rows) else {}
    if http.method != "POST":
        return _draw(http, request, action, place, _typed(action, kept), [])
    typed = forming.posted(action, http.POST)
    own = {"id": kept["id"]} if "id" in kept else {}
    raw = {**own, **forming.raw_of(action, forming.filled(action, typed))}
    problems = _keep(http, request, [*request.rows[:place], raw, *request.rows[place + 1 :]])
    if problems:
        return _draw(http, request, action, place, typed, problems)
    messages.success(http, _("已保存，关口已按新内容重新判断。"))
    return redirect("approvals:request", pk)


def _keep(http: HttpRequest, request: Request, rows: list[Mapping[str, Any]]) -> list[Problem]:
    try:
        actions["approvals.edit_draft"].run(http.user, {"id": request.pk, "rows": [dict(one) for one in rows]})
    except Refused as refusal:
        return forming.row_problems(refusal.problems)
    except Conflict as conflict:
        return [Problem("changed_meanwhile", str(conflict))]
    return []


def _typed(action: Action, kept: Mapping[str, Any]) -> dict[str, str]:
    """Return a kept row as it would be typed: records by their codes."""
    if not kept:
        return forming.initial(action, None, HttpRequest().GET)
    inputs = forming.inputs_of(action)
    return {one.name: code_of(one, kept.get(one.name)) if one.kind == "ref" else forming.written(one, kept.get(one.name)) for one in inputs}


def _draw(http: HttpRequest, request: Request, action: Action, place: int, values: dict[str, str], problems: list[Problem]) -> HttpResponse:
    back = reverse("approvals:request", args=[request.pk])
    page = forming.FormPage(
        title=_("%(title)s · 第 %(n)s 行") % {"title": action.label, "n": place + 1},
        says=action.help,
        submit=_("保存到申请"),
        back=back,
        draft_key=f"{http.user.pk}:{request.key}:{place}",
        groups=forming.groups_of(action, values, problems),
        trail=[(request.title, back)],
        problems=problems,
        weigh_url=reverse("web:weigh", args=[action.key]) if action.key in weighers else "",
    )
    return render(http, "web/form.html", {"page": page, "title": page.title})


@require_POST
@signed_in
def drop(http: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Take one row out of a draft; the last one stays."""
    request, _action = editable(http, pk)
    if place >= len(request.rows):
        raise Http404("row")
    if len(request.rows) == 1:
        messages.warning(http, _("申请至少要有一行；不想办了可以作废。"), extra_tags="doubt")
    elif attempt(http, "approvals.edit_draft", {"id": pk, "rows": request.rows[:place] + request.rows[place + 1 :]}):
        messages.success(http, _("已去掉这一行。"))
    return redirect("approvals:request", pk)
