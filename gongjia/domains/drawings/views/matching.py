"""Shapes and rooms of the ledger are brought together, corners are taken away, versions accepted, revised, dropped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gongjia.core.action import actions
from gongjia.core.problems import Refused
from gongjia.domains.drawings.choices import Linked
from gongjia.domains.drawings.models import FloorPlan, Shape
from gongjia.domains.drawings.offering import VERBS, acts_of
from gongjia.domains.drawings.resources import PLANS
from gongjia.domains.drawings.rules import percent_gap
from gongjia.domains.drawings.views.floors import plan_of
from gongjia.domains.offices.models import Room
from gongjia.domains.offices.resources import ROOMS
from gongjia.web.addresses import row_url
from gongjia.web.views.entry import signed_in

CORRECT = "drawings.correct_shape"
DONE = {
    "accept": gettext_lazy("已采用为现行版本。"),
    "revise": gettext_lazy("已复制成新的草稿，可以在上面更正。"),
    "drop": gettext_lazy("草稿已放弃。"),
}


@dataclass
class Matched:
    """Both sides of a floor: what found its partner, and what did not."""

    pairs: list[tuple[Shape, Room | None, Any]] = field(default_factory=list)
    loose: list[Shape] = field(default_factory=list)
    missing: list[Room] = field(default_factory=list)


def matched(user: Any, plan: FloorPlan) -> Matched:
    """Return both sides of a floor, as far as this person sees the rooms."""
    made, shapes = Matched(), list(Shape.objects.live().filter(plan=plan).order_by("number", "mark"))
    seen = ROOMS.queryset(user).filter(building=plan.building_id).select_related("place__unit")
    rooms = {room.pk: room for room in seen}
    for shape in shapes:
        if shape.room_id:
            room = rooms.get(shape.room_id)
            made.pairs.append((shape, room, percent_gap(shape.area, room.place.usable_area) if room else None))
        elif shape.linked != Linked.COMMON:
            made.loose.append(shape)
    drawn = {shape.room_id for shape in shapes}
    here = [room for room in rooms.values() if room.floor_name == plan.storey and room.pk not in drawn]
    made.missing = sorted(here, key=lambda room: room.place.code)
    return made


@require_GET
@signed_in
def match_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Both sides of a floor, and a way to bring them together."""
    plan = plan_of(request, pk)
    found = matched(request.user, plan)
    page = {"plan": plan, "found": found, "acts": acts_of(request, plan), "building": plan.building, "url": row_url(PLANS.key, pk)}
    return render(request, "drawings/match.html", {"page": page, "title": _("对应台账")})


@require_POST
@signed_in
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a shape its room of the ledger, or take it away."""
    plan_of(request, pk)
    return _corrected(request, pk, {"room": int(value) if (value := request.POST.get("room", "")).isdecimal() else None}, "match")


@require_POST
@signed_in
def corners(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one corner of a shape away."""
    plan_of(request, pk)
    shape, number = _shape(request, pk), request.POST.get("drop", "")
    ring = [point for index, point in enumerate(shape.outline[0]) if str(index) != number]
    text = " ".join(f"{x / 1000:g},{y / 1000:g}" for x, y in ring)
    return _corrected(request, pk, {"corners": text}, "floor")


def _shape(request: HttpRequest, pk: int) -> Shape:
    asked = request.POST.get("shape", "")
    shape = Shape.objects.live().filter(plan=pk, pk=int(asked)).first() if asked.isdecimal() and len(asked) < 18 else None
    if shape is None:
        raise Http404
    return shape


def _corrected(request: HttpRequest, pk: int, values: dict[str, Any], back: str) -> HttpResponse:
    """Correct the shape that was posted and go back; say what was refused."""
    shape = _shape(request, pk)
    try:
        actions[CORRECT].run(request.user, {"id": shape.pk, **values})
    except Refused as refusal:
        messages.warning(request, str(refusal.problems[0].message), extra_tags="doubt")
    url = reverse(f"drawings:{back}", args=[pk])
    return redirect(f"{url}?room={shape.pk}#room" if back == "floor" else url)


@require_POST
@signed_in
def do(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Accept, revise or drop a version."""
    if act not in VERBS:
        raise Http404(act)
    plan = plan_of(request, pk)
    try:
        made = actions[f"drawings.{act}_plan"].run(request.user, {"id": pk})
    except Refused as refusal:
        messages.warning(request, str(refusal.problems[0].message), extra_tags="doubt")
        return redirect("drawings:floor", pk)
    messages.success(request, str(DONE[act]))
    if act == "drop":
        return redirect("drawings:work", plan.drawing_id) if plan.drawing_id else redirect("web:list", "drawings", "plan")
    return redirect("drawings:floor", made)
