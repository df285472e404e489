"""Routes: published after the check, retired; running requests keep the version that they started with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.approvals.checking import Flaw, flaws_of
from gongjia.approvals.choices import RouteState
from gongjia.approvals.engine.reading import digest_of
from gongjia.approvals.models import Route, RouteVersion
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem


class PublishRoute(Input, of=Route):
    """A BPMN file under the key of a route; a new key makes a new route."""

    key: str = given()
    name: str | None = given("")
    actions: list[str] | str = given("", help=_("适用的动作，用逗号分开；可写 disposal.* 或 *。"))
    unit: Annotated[int | None, Ref("org.unit")] = given(None, help=_("只用于这个单位及其下级；不填则通用。"))
    bpmn: str = given(lender="approvals.RouteVersion.bpmn")
    note: str | None = given("", lender="approvals.RouteVersion.note")


class RetireRoute(Input):
    """A route that serves no new request any more."""

    id: Annotated[int, Ref("approvals.route")] = given(label=_("审批流程"))


def keys_of(value: list[str] | str) -> list[str]:
    """Return action keys given as a list or as text with commas."""
    parts = value if isinstance(value, list) else value.replace("，", ",").replace("、", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


@action("approvals.publish_route", label=_("启用流程"), subject="approvals.route", permission="approvals.manage_routes")
def publish_routes(context: Context, rows: Sequence[PublishRoute]) -> list[int]:
    """Make files the live versions of their routes; the former live version is retired."""
    ids = []
    for row in rows:
        route = publish(row.key, row.name or "", keys_of(row.actions), row.unit, row.bpmn, row.note or "")
        number = route.versions.count()
        context.record("approvals.route", route.pk, route.unit_id, None, {"key": route.key, "actions": route.actions, "version": number})
        ids.append(route.pk)
    return ids


def publish(key: str, name: str, serves: Sequence[str], unit: int | None, bpmn: str, note: str = "") -> Route:
    """Write a route and its new live version, without a check; the same bytes make no second version."""
    route, made = Route.objects.get_or_create(key=key, defaults={"name": name or key, "actions": list(serves), "unit_id": unit})
    if not made:
        route.name, route.unit_id = name or route.name, unit if unit is not None else route.unit_id
        route.actions = list(serves) or route.actions
        route.save(update_fields=["name", "actions", "unit"])
    digest = digest_of(bpmn)
    live = route.versions.filter(state=RouteState.LIVE)
    if live.filter(digest=digest).exists():
        return route
    live.update(state=RouteState.RETIRED)
    number = route.versions.count() + 1
    RouteVersion.objects.create(route=route, number=number, digest=digest, bpmn=bpmn, state=RouteState.LIVE, note=note)
    return route


@publish_routes.check
def the_route_is_sound(context: Context, rows: Sequence[PublishRoute]) -> list[Problem]:
    """Refuse files that the check faults, each flaw with the element's id."""
    problems = []
    for index, row in enumerate(rows):
        known = Route.objects.filter(key=row.key).values_list("actions", flat=True).first()
        serves = keys_of(row.actions) or known or []
        if not serves:
            problems.append(Problem("missing", _now("请写明流程适用的动作。"), "actions", index))
        problems += [Problem("flaw", said(flaw), "bpmn", index, value=flaw.element) for flaw in flaws_of(row.bpmn, serves)]
        if row.unit is None and not context.access.can("approvals.manage_routes"):
            problems.append(Problem("forbidden_unit", _now("你不能启用通用流程。"), "unit", index))
    return problems


def said(flaw: Flaw) -> str:
    """Return a flaw with the element that it is about."""
    return _now("%(element)s：%(text)s") % {"element": flaw.element, "text": flaw.text} if flaw.element else str(flaw.text)


@action("approvals.retire_route", label=_("停用流程"), subject="approvals.route", permission="approvals.manage_routes", danger=True)
def retire_routes(context: Context, rows: Sequence[RetireRoute]) -> list[int]:
    """Retire the live versions of routes; requests on their way go on."""
    for row in rows:
        count = RouteVersion.objects.filter(route=row.id, state=RouteState.LIVE).update(state=RouteState.RETIRED)
        context.record("approvals.route", row.id, None, {"live": bool(count)}, {"live": False})
    return [row.id for row in rows]
