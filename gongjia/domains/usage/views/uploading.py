"""The form of an action that takes a photo or a proof: the action's own fields, the file as an upload."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjia.core import files
from gongjia.core.access import access
from gongjia.core.action import Action, actions
from gongjia.core.periods import today
from gongjia.core.problems import Problem, Refused
from gongjia.core.resource import Resource
from gongjia.domains.usage.resources import HAND_BACKS, INSPECTED, ISSUES, OVERAGES
from gongjia.standards.resources import FINDINGS
from gongjia.web import forming
from gongjia.web.addresses import list_url, row_url
from gongjia.web.shapes import Field
from gongjia.web.views.documents import refuses
from gongjia.web.views.entry import signed_in

FILES = ("photo", "evidence")


def _drawn(request: HttpRequest, resource: Resource, action: Action, row: Any | None, problems: Sequence[Problem]) -> HttpResponse:
    values = forming.posted(action, request.POST) if request.method == "POST" else _fresh(request, action)
    groups = [replace(group, fields=[_field(one) for one in group.fields]) for group in forming.groups_of(action, values, problems)]
    page = forming.FormPage(
        title=forming.title_of(action, resource, row),
        submit=action.label,
        back=row_url(resource.key, row.pk) if row is not None else list_url(resource),
        draft_key=f"{request.user.pk}:{action.key}:{row.pk if row is not None else 'new'}",
        groups=groups,
        trail=[(resource.label, list_url(resource))],
        problems=problems,
    )
    return render(request, "web/form.html", {"page": page, "title": page.title})


def _fresh(request: HttpRequest, action: Action) -> dict[str, str]:
    """Return an empty form; what was done is mostly done today."""
    return {**forming.initial(action, None, request.GET), **{name: today().isoformat() for name in ("done_on", "mended_on")}}


def _field(field: Any) -> Field:
    return replace(field, kind="file", value="", help="") if field.name in FILES else field


def _run(request: HttpRequest, action: Action, row: Any | None) -> tuple[int, list[Problem]]:
    """Keep the upload and do the action; returns what is wrong, and then nothing was done."""
    typed = forming.filled(action, forming.posted(action, request.POST))
    raw = {name: _key(name, value) for name, value in forming.raw_of(action, typed).items() if name not in FILES}
    upload = next((request.FILES[name] for name in FILES if name in request.FILES), None)
    if upload is not None:
        if refusal := refuses(upload):
            return 0, [Problem("file_refused", refusal, next(name for name in FILES if name in request.FILES))]
        stored = files.store_chunks(upload.chunks(), str(upload.name), upload.content_type or "application/octet-stream")
        raw[next(name for name in FILES if name in request.FILES)] = str(stored.digest)
    try:
        return action.run(request.user, {**({} if row is None else {"id": row.pk}), **raw}), []
    except Refused as refused:
        return 0, forming.row_problems(refused.problems)


def _key(name: str, value: Any) -> Any:
    """Return a finding by its key, for it has no code that a person could type."""
    return int(value) if name == "finding" and str(value).isascii() and str(value).isdigit() else value


def form(request: HttpRequest, resource: Resource, key: str, pk: int | None) -> HttpResponse:
    """Show the form, or do the action and go to the record."""
    action, row = actions[key], None if pk is None else resource.get(request.user, pk)
    unit = None if pk is None else resource.units_of([pk]).get(pk)
    if not access(request.user).can(action.permission, unit):
        raise PermissionDenied(action.permission)
    if request.method != "POST":
        return _drawn(request, resource, action, row, [])
    made, problems = _run(request, action, row)
    if problems:
        return _drawn(request, resource, action, row, problems)
    messages.success(request, _("已完成“%(act)s”。") % {"act": action.label})
    return redirect(row_url(resource.key, pk if pk is not None else made))


@require_http_methods(["GET", "POST"])
@signed_in
def hand_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a room back, with a photo of how it was left."""
    return form(request, HAND_BACKS, "usage.hand_back", pk)


@require_http_methods(["GET", "POST"])
@signed_in
def raise_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what is wrong with a room, with a photo."""
    return form(request, INSPECTED, "usage.raise_issue", pk)


@require_http_methods(["GET", "POST"])
@signed_in
def mend_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was done, with a photo."""
    return form(request, ISSUES, "usage.mend_issue", pk)


@require_http_methods(["GET", "POST"])
@signed_in
def register_overage(request: HttpRequest) -> HttpResponse:
    """Register over-area for structural reasons, with its proof; a finding of the address is filled in."""
    if not access(request.user).can(FINDINGS.view_permission):
        raise PermissionDenied(FINDINGS.view_permission)
    return form(request, OVERAGES, "usage.register_overage", None)
