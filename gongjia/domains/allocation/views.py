"""The pages of room plans: run, look, pin, forbid, re-weigh, accept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.jobs import enqueue
from gongjia.core.periods import today
from gongjia.core.problems import Refused
from gongjia.domains.allocation.models import RoomPlan
from gongjia.domains.allocation.planned import buildings_of, draft_requests, freed_leases, phases_of, standing_marks
from gongjia.domains.allocation.resources import PLANS
from gongjia.domains.allocation.terms import NAMES, TABLE, weights_of
from gongjia.domains.offices.models import Building
from gongjia.domains.offices.resources import BUILDINGS
from gongjia.org.choices import RoomUse
from gongjia.org.models import Unit
from gongjia.standards.rulebook.loading import load
from gongjia.web.scope import may, scope_of
from gongjia.web.views.entry import signed_in

RECORD, MARK, ACCEPT = "allocation.record_plan", "allocation.mark_person", "allocation.accept_plan"


def _unit(request: HttpRequest) -> Unit | None:
    """Return the unit whose rooms are planned: the chosen scope, else the highest that the person answers for."""
    chosen = scope_of(request).unit_id
    allowed = access(request.user).units(RECORD)
    units = Unit.objects.live() if allowed is None else Unit.objects.live().filter(pk__in=allowed)
    return units.filter(pk=chosen).first() if chosen else units.order_by("path").first()


def _buildings(request: HttpRequest, unit: Unit) -> list[Building]:
    """Return the buildings in which the unit has office rooms."""
    rooms = {
        "rooms__place__unit__path__startswith": unit.path,
        "rooms__place__use": RoomUse.OFFICE,
        "rooms__place__closed_on__isnull": True,
    }
    return list(BUILDINGS.queryset(request.user).filter(**rooms).select_related("place").distinct().order_by("place__name"))


def _weights(unit: Unit, plan: RoomPlan | None) -> list[dict[str, Any]]:
    """Return the weights for the form: name, title, the last run's value or the published one."""
    columns, published = load().tables[TABLE].values, weights_of(unit, today())
    last = plan.weights if plan else {}
    return [
        {
            "name": name,
            "title": columns[f"weight_{name}"].title.in_language(get_language() or ""),
            "value": last.get(name, getattr(published, name)),
        }
        for name in NAMES
    ]


@require_GET
@signed_in
def plan(request: HttpRequest) -> HttpResponse:
    """The last plan of the scope."""
    if not access(request.user).can(PLANS.view_permission):
        raise PermissionDenied(PLANS.view_permission)
    unit = _unit(request)
    found = PLANS.queryset(request.user).select_related("unit").filter(unit=unit).order_by("-pk").first() if unit else None
    chosen = set(found.buildings) if found else set()
    page: dict[str, Any] = {
        "unit": unit,
        "plan": found,
        "may": unit is not None and access(request.user).can(RECORD, unit.pk),
        "open": found is not None and found.state == "proposed" and may(request, MARK),
        "buildings": [(building, building.pk in chosen) for building in _buildings(request, unit)] if unit else [],
        "weights": _weights(unit, found) if unit else [],
    }
    if found:
        page |= {"phases": phases_of(found), "picture": buildings_of(found), "freed": freed_leases(found), "marks": standing_marks(found)}
    return render(request, "allocation/plan.html", {"page": page, "title": _("用房调配")})


@require_POST
@signed_in
def run(request: HttpRequest) -> HttpResponse:
    """Reckon anew in the background."""
    unit = _unit(request)
    if unit is None or not access(request.user).can(RECORD, unit.pk):
        raise PermissionDenied(RECORD)
    able = {building.pk for building in _buildings(request, unit)}
    chosen = [int(key) for key in request.POST.getlist("building") if key.isdecimal() and int(key) in able]
    weights = {name: value for name in NAMES if (value := _number(request.POST.get(f"weight_{name}", ""))) is not None}
    row = enqueue(
        "allocation.plan",
        request.user,
        key=f"unit {unit.pk}",
        unit_id=unit.pk,
        unit=unit.pk,
        buildings=chosen or sorted(able),
        weights=weights,
    )
    return redirect("web:job", row.pk)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 10_000 else None


@require_POST
@signed_in
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Pin somebody, forbid him a room, or leave it to the reckoning."""
    PLANS.get(request.user, pk)
    raw = {name: int(value) for name in ("person", "room") if (value := request.POST.get(name, "")).isdecimal()}
    try:
        actions[MARK].run(request.user, {"id": pk, "kind": request.GET.get("kind", ""), **raw})
    except Refused as refusal:
        messages.warning(request, str(refusal.problems[0].message), extra_tags="doubt")
    return redirect(reverse("allocation:plan") + "#moves")


@require_POST
@signed_in
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a plan and draft its requests, or neither."""
    found: RoomPlan = PLANS.get(request.user, pk)
    if not found.moves.exists():
        raise Http404
    try:
        first = dt.date.fromisoformat(request.POST.get("first", ""))
    except ValueError:
        first = today() + dt.timedelta(days=7)
    try:
        with transaction.atomic():
            actions[ACCEPT].run(request.user, {"id": pk})
            made = draft_requests(request.user, found, first)
    except Refused as refusal:
        messages.warning(request, str(refusal.problems[0].message), extra_tags="doubt")
        return redirect("allocation:plan")
    text = ngettext("已起草 %(n)s 份申请，请逐份核对后提交。", "已起草 %(n)s 份申请，请逐份核对后提交。", len(made))
    messages.success(request, text % {"n": len(made)})
    return redirect(made[0].url if len(made) == 1 else "allocation:plan")
