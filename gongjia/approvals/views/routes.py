"""Routes: what serves which actions, drawn, with all versions; a file is checked before it goes live."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjia.approvals import tracking
from gongjia.approvals.choices import RouteState
from gongjia.approvals.engine.reading import LARGEST
from gongjia.approvals.models import Request, Route, RouteVersion
from gongjia.approvals.resources import ROUTES
from gongjia.approvals.services.publishing import keys_of
from gongjia.approvals.views.acting import attempt
from gongjia.core.access import access
from gongjia.core.action import actions, context_for
from gongjia.core.problems import Conflict, Problem, Refused
from gongjia.core.resource import NotFound
from gongjia.org.access import roles
from gongjia.web.shapes import Field
from gongjia.web.views.entry import signed_in

MANAGE = "approvals.manage_routes"
FIELDS = ("key", "name", "actions", "unit", "note", "bpmn")


@dataclass(frozen=True)
class Served:
    """A route with its live version, the actions that it serves by name, and how many requests are on it."""

    route: Route
    live: RouteVersion | None
    serves: list[str]
    running: int


def _read(http: HttpRequest) -> Any:
    if not access(http.user).can(ROUTES.view_permission):
        raise PermissionDenied(ROUTES.view_permission)
    versions = RouteVersion.objects.order_by("-number")
    return ROUTES.queryset(http.user).select_related("unit").prefetch_related(Prefetch("versions", versions)).order_by("key")


def served(route: Route) -> Served:
    """Return what a route serves."""
    versions = list(route.versions.all())
    live = next((version for version in versions if version.state == RouteState.LIVE), None)
    running = Request.objects.filter(route_version__in=versions, state="running").count()
    return Served(route, live, [str(actions[key].label) if key in actions else key for key in route.actions], running)


@require_GET
@signed_in
def routes(http: HttpRequest) -> HttpResponse:
    """All routes, and the actions that are done only by request but that no route serves."""
    found = [served(route) for route in _read(http)]
    named = {key for one in found if one.live for key in one.route.actions}
    lost = [str(one.label) for one in actions if one.by_request and not named & {one.key, one.key.split(".")[0] + ".*", "*"}]
    given = {"routes": found, "lost": lost, "title": _("审批流程"), "may": access(http.user).can(MANAGE)}
    return render(http, "approvals/routes.html", given)


@require_GET
@signed_in
def route(http: HttpRequest, pk: int) -> HttpResponse:
    """One route: its drawing, its steps, its versions."""
    found = _read(http).filter(pk=pk).first()
    if found is None:
        raise NotFound(ROUTES.key)
    one = served(found)
    number = http.GET.get("version", "")
    shown = next((version for version in found.versions.all() if str(version.number) == number), one.live or found.versions.first())
    read = tracking.read(shown)
    labels = {key: role["label"] for key, role in roles().items()}
    steps = (
        [(rule, tracking.rule_words(rule), labels.get(rule.role, rule.role) or rule.user) for rule in read.steps.values()] if read else []
    )
    given = {"one": one, "shown": shown, "steps": steps, "title": found.name, "may": access(http.user).can(MANAGE)}
    return render(http, "approvals/route.html", given)


@require_http_methods(["GET", "POST"])
@signed_in
def upload(http: HttpRequest) -> HttpResponse:
    """Check a file, draw it, and put it live: nothing goes live that the check faults."""
    if not access(http.user).can(MANAGE):
        raise PermissionDenied(MANAGE)
    typed = {name: http.POST.get(name, "").strip() for name in FIELDS} if http.method == "POST" else _prefilled(http)
    file = http.FILES.get("file")
    if file is not None:
        typed["bpmn"] = file.read(LARGEST + 1).decode("utf-8", "replace")
    problems: list[Problem] = []
    if http.method == "POST":
        problems = _check(http, typed)
        if not problems and "publish" in http.POST and _publish(http, typed):
            return redirect("approvals:routes")
    given = {
        "typed": typed,
        "problems": problems,
        "checked": http.method == "POST",
        "title": _("上传流程"),
        "unit": _unit(typed),
        "serves": keys_of(typed["actions"]),
    }
    return render(http, "approvals/upload.html", given)


def _prefilled(http: HttpRequest) -> dict[str, str]:
    """Return the fields of a new version of a route that the address names."""
    empty = dict.fromkeys(FIELDS, "")
    found = Route.objects.select_related("unit").filter(key=http.GET.get("key", "")).first()
    if found is None:
        return empty
    return {
        **empty,
        "key": found.key,
        "name": found.name,
        "actions": ", ".join(found.actions),
        "unit": found.unit.code if found.unit else "",
    }


def _unit(typed: dict[str, str]) -> Field:
    return Field("unit", _("只用于这个单位及其下级"), "ref", ref="org.unit", value=typed["unit"], help=_("不填则通用。"))


def _raw(typed: dict[str, str]) -> dict[str, Any]:
    return {name: value for name, value in typed.items() if value}


def _check(http: HttpRequest, typed: dict[str, str]) -> list[Problem]:
    """Return what keeps a file from going live; nothing is written."""
    return actions["approvals.publish_route"].prepare(context_for(http.user), [_raw(typed)]).problems


def _publish(http: HttpRequest, typed: dict[str, str]) -> bool:
    try:
        actions["approvals.publish_route"].run(http.user, _raw(typed))
    except (Refused, Conflict) as refusal:
        messages.warning(http, str(refusal), extra_tags="breach")
        return False
    messages.success(http, _("“%(name)s”的新版本已启用；正在办的申请仍按原来的版本走完。") % {"name": typed["name"] or typed["key"]})
    return True


@require_POST
@signed_in
def retire(http: HttpRequest, pk: int) -> HttpResponse:
    """Let a route serve no new request."""
    if attempt(http, "approvals.retire_route", {"id": pk}):
        messages.success(http, _("已停用；正在办的申请走完为止。"))
    return redirect("approvals:route", pk)
