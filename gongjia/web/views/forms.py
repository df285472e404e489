"""The form of any action: on a new row, on one row, on marked rows."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from gongjia.core.access import access
from gongjia.core.action import Action, actions
from gongjia.core.asking import Asked, Way, ask, way
from gongjia.core.jobs import enqueue
from gongjia.core.models import Batch
from gongjia.core.problems import Conflict, Problem, Refused
from gongjia.core.resource import NotFound, Resource
from gongjia.core.undo import undo_batch
from gongjia.web import forming
from gongjia.web.addresses import list_url, row_url
from gongjia.web.bulk import bulk_job, read_ids
from gongjia.web.detailing import read_row
from gongjia.web.offering import label_of
from gongjia.web.views.entry import by_key, readable, signed_in
from gongjia.web.views.sign_in import safe_next
from gongjia.web.weighing import weighers


def _action(resource: Resource, key: str, request: HttpRequest) -> Action:
    """Return the action if it belongs to this resource and this person may do it, or ask for it, somewhere."""
    known = {resource.create, resource.edit, *resource.actions, *resource.bulk_actions}
    action = actions.get(key) if key and key in known else None
    if action is None:
        raise Http404(key)
    if not way(access(request.user), action):
        raise PermissionDenied(action.permission)
    return action


def _way(request: HttpRequest, resource: Resource, action: Action, row: Any | None) -> Way:
    """Return how this person goes about the action in the unit of the row."""
    unit = resource.units_of([row.pk]).get(row.pk) if row is not None and resource.scope else None
    return way(access(request.user), action, unit) or way(access(request.user), action)


@require_http_methods(["GET", "POST"])
@readable
def new(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Register a row."""
    return _form(request, resource, _action(resource, resource.create, request), None)


@require_http_methods(["GET", "POST"])
@readable
def edit(request: HttpRequest, resource: Resource, pk: int) -> HttpResponse:
    """Change a row's own fields."""
    return act_on(request, *resource.key.split("."), pk, resource.edit)


@require_http_methods(["GET", "POST"])
@readable
def act(request: HttpRequest, resource: Resource, key: str) -> HttpResponse:
    """Do an action that names no row."""
    return _form(request, resource, _action(resource, key, request), None)


@require_http_methods(["GET", "POST"])
@readable
def act_on(request: HttpRequest, resource: Resource, pk: int, key: str) -> HttpResponse:
    """Do an action on one row."""
    action = _action(resource, key, request)
    row = read_row(resource, request.user, pk)
    if row is None:
        raise NotFound(resource.key)
    return _form(request, resource, action, row)


def _form(request: HttpRequest, resource: Resource, action: Action, row: Any | None) -> HttpResponse:
    before = forming.initial(action, row, request.GET)
    if request.method != "POST":
        return _draw(request, resource, action, row, before, [])
    typed = forming.posted(action, request.POST)
    given = forming.filled(action, typed) if row is None else forming.changed(action, before, typed)
    raw = {**({} if row is None else {"id": row.pk}), **forming.raw_of(action, given)}
    try:
        if _way(request, resource, action, row) == "ask":
            return _opened(request, ask(request.user, action, [raw]), _draft_key(request, action, row))
        pk = action.run(request.user, raw, expected=_expected(request, row))
    except Refused as refusal:
        return _draw(request, resource, action, row, typed, forming.row_problems(refusal.problems))
    except Conflict as conflict:
        return _draw(request, resource, action, row, typed, [Problem("changed_meanwhile", str(conflict))])
    messages.success(request, _("已完成“%(act)s”。") % {"act": action.label})
    return _done(redirect(_landing(resource, action, row, pk)), _draft_key(request, action, row))


def _opened(request: HttpRequest, asked: Asked, draft_key: str) -> HttpResponse:
    """Go to the page of the request that the form became."""
    messages.success(request, _("已存为申请草稿 %(key)s。核对下面的结论，写明事由，再提交。") % {"key": asked.key})
    return _done(redirect(asked.url), draft_key)


def _done(response: HttpResponse, draft_key: str) -> HttpResponse:
    """Tell the next page that the draft is no longer needed."""
    response.set_cookie("saved_draft", quote(draft_key), max_age=600, samesite="Lax")
    return response


def _landing(resource: Resource, action: Action, row: Any | None, pk: int) -> str:
    """Return the page after the act: the row it was about, or the one it made."""
    if row is not None:
        return row_url(resource.key, row.pk)
    return row_url(action.subject, pk) if action.subject == resource.key else list_url(resource)


def _expected(request: HttpRequest, row: Any | None) -> dict[int, int]:
    version = request.POST.get("_version", "")
    return {row.pk: int(version)} if row is not None and version.isdigit() else {}


def _draft_key(request: HttpRequest, action: Action, row: Any | None) -> str:
    return f"{request.user.pk}:{action.key}:{row.pk if row is not None else 'new'}"


def _draw(
    request: HttpRequest, resource: Resource, action: Action, row: Any | None, values: dict[str, str], problems: list[Problem]
) -> HttpResponse:
    back = row_url(resource.key, row.pk) if row is not None else list_url(resource)
    page = forming.FormPage(
        title=forming.title_of(action, resource, row),
        says=action.help,
        submit=label_of(action, _way(request, resource, action, row)),
        back=back,
        draft_key=_draft_key(request, action, row),
        groups=forming.groups_of(action, values, problems),
        trail=[(resource.label, list_url(resource))],
        problems=problems,
        version=resource.version_of(row) if row is not None else None,
        weigh_url=reverse("web:weigh", args=[action.key]) if action.key in weighers else "",
    )
    return render(request, "web/form.html", {"page": page, "title": page.title})


@require_POST
@signed_in
def weigh(request: HttpRequest, key: str) -> HttpResponse:
    """Say what the standards say of the case as typed; nothing is saved."""
    action, weigher = actions.get(key), weighers.get(key)
    if action is None or weigher is None:
        raise Http404(key)
    if not way(access(request.user), action):
        raise PermissionDenied(action.permission)
    context = weigher.weigh(request.user, forming.raw_of(action, forming.posted(action, request.POST)))
    return HttpResponse() if context is None else render(request, weigher.template, context)


@require_POST
@signed_in
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a whole batch of one's own; the core refuses where something was built on it."""
    batch = Batch.objects.filter(pk=pk, actor=request.user).first()
    if batch is None:
        raise Http404
    try:
        undo_batch(request.user, batch)
    except Refused as refusal:
        messages.warning(request, _("；").join(str(problem.message) for problem in refusal.problems), extra_tags="doubt")
    else:
        messages.success(request, _("已撤销，记录恢复到之前的样子。"))
    return redirect(safe_next(request))


@require_POST
@by_key
def bulk(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Do one thing to all marked rows: a job, or an action after its form."""
    ids = read_ids(request.POST.get("id", ""))
    key = request.POST.get("action", "")
    if not ids:
        messages.warning(request, _("还没有选中记录。"))
        return redirect(list_url(resource))
    job = bulk_job(resource, key)
    if job is not None:
        if not access(request.user).can(job.permission or resource.view_permission):
            raise PermissionDenied(job.permission)
        origin = request.build_absolute_uri("/").rstrip("/")
        row = enqueue(job.job, request.user, resource=resource.key, ids=ids, origin=origin, **dict(job.params))
        return redirect("web:job", row.pk)
    return _bulk_form(request, resource, _action(resource, key, request), ids)


def _chosen(how: Way, count: int) -> str:
    """Say what happens to the marked rows."""
    if how == "ask":
        return _("选中的 %(n)s 条记录合成一份申请，批准后一次完成。") % {"n": count}
    return ngettext(
        "将对选中的 %(n)s 条记录一次完成；要么全部完成，要么一条不动。",
        "将对选中的 %(n)s 条记录一次完成；要么全部完成，要么一条不动。",
        count,
    ) % {"n": count}


def _bulk_form(request: HttpRequest, resource: Resource, action: Action, ids: list[int]) -> HttpResponse:
    """Draw the form that goes with the marked rows, or run the action over all of them."""
    typed = forming.posted(action, request.POST)
    problems: list[Problem] = []
    how, draft_key = way(access(request.user), action), f"{request.user.pk}:{action.key}:bulk"
    if "sure" in request.POST or not forming.inputs_of(action):
        given = forming.raw_of(action, {name: value for name, value in typed.items() if request.POST.get(name)})
        rows = [{"id": pk, **given} for pk in ids]
        try:
            if how == "ask":
                return _opened(request, ask(request.user, action, rows), draft_key)
            done = action.run_many(request.user, rows).ids
        except Refused as refusal:
            problems = forming.row_problems(refusal.problems)
        else:
            messages.success(
                request,
                ngettext("已对 %(n)s 条记录完成“%(act)s”。", "已对 %(n)s 条记录完成“%(act)s”。", len(done))
                % {"n": len(done), "act": action.label},
            )
            return _done(redirect(list_url(resource)), draft_key)
    page = forming.FormPage(
        title=label_of(action, how),
        says=action.help,
        submit=label_of(action, how),
        back=list_url(resource),
        trail=[(resource.label, list_url(resource))],
        draft_key=draft_key,
        problems=problems,
        groups=forming.groups_of(action, typed if problems else {}, problems),
        chosen=_chosen(how, len(ids)),
    )
    hidden = [("id", ",".join(map(str, ids))), ("action", action.key), ("sure", "1")]
    return render(request, "web/form_bulk.html", {"page": page, "title": page.title, "hidden": hidden})
