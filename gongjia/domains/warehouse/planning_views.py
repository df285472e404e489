"""The pages of matching: run, look, pin, forbid, accept."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.jobs import enqueue
from gongjia.core.problems import Refused
from gongjia.domains.warehouse.models import MatchPlan
from gongjia.domains.warehouse.planned import draft_requests, rows_of
from gongjia.domains.warehouse.resources import PLANS
from gongjia.domains.warehouse.windows import home_of
from gongjia.org.models import Unit
from gongjia.web.scope import may, scope_of
from gongjia.web.views.entry import signed_in

RECORD, MARK, ACCEPT = "warehouse.record_plan", "warehouse.mark_pair", "warehouse.accept_plan"


def _unit(request: HttpRequest) -> Unit | None:
    """Return the unit in whose tree wishes are matched: the chosen scope, else the highest that the person answers for."""
    chosen = scope_of(request).unit_id
    allowed = access(request.user).units(RECORD)
    units = Unit.objects.live() if allowed is None else Unit.objects.live().filter(pk__in=allowed)
    return units.filter(pk=chosen).first() if chosen else units.order_by("path").first() or home_of(request.user)


@require_GET
@signed_in
def matching(request: HttpRequest) -> HttpResponse:
    """The last plan of the scope."""
    if not access(request.user).can(PLANS.view_permission):
        raise PermissionDenied(PLANS.view_permission)
    unit = _unit(request)
    plans = PLANS.queryset(request.user).select_related("unit")
    plan = plans.filter(unit=unit).order_by("-pk").first() if unit else None
    page: dict[str, Any] = {
        "unit": unit,
        "plan": plan,
        "rows": rows_of(request.user, plan) if plan else [],
        "may": may(request, RECORD),
        "open": plan is not None and plan.state == "proposed" and may(request, MARK),
    }
    return render(request, "warehouse/matching.html", {"page": page, "title": _("撮合")})


@require_POST
@signed_in
def run(request: HttpRequest) -> HttpResponse:
    """Reckon anew in the background."""
    unit = _unit(request)
    if unit is None or not access(request.user).can(RECORD, unit.pk):
        raise PermissionDenied(RECORD)
    row = enqueue("warehouse.match", request.user, key=f"unit {unit.pk}", unit_id=unit.pk, unit=unit.pk)
    return redirect("web:job", row.pk)


@require_POST
@signed_in
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Pin a pair, forbid it, or leave it to the reckoning."""
    PLANS.get(request.user, pk)
    raw = {name: int(value) for name in ("wish", "item") if (value := request.POST.get(name, "")).isdecimal()}
    try:
        actions[MARK].run(request.user, {"id": pk, "state": request.POST.get("state", ""), **raw})
    except Refused as refusal:
        messages.warning(request, str(refusal.problems[0].message), extra_tags="doubt")
    return redirect("warehouse:matching")


@require_POST
@signed_in
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a plan and draft its requests, or neither."""
    plan: MatchPlan = PLANS.get(request.user, pk)
    if not plan.pairs.exists():
        raise Http404
    try:
        with transaction.atomic():
            actions[ACCEPT].run(request.user, {"id": pk})
            made = draft_requests(request.user, plan)
    except Refused as refusal:
        messages.warning(request, str(refusal.problems[0].message), extra_tags="doubt")
        return redirect("warehouse:matching")
    text = ngettext("已起草 %(n)s 份申请，请逐份核对后提交。", "已起草 %(n)s 份申请，请逐份核对后提交。", len(made))
    messages.success(request, text % {"n": len(made)})
    return redirect(made[0].url if len(made) == 1 else "warehouse:matching")
