"""巡检 with a phone: the rooms of an inspection floor by floor, each in order or with an issue."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.problems import Refused
from gongjia.domains.offices.models import Occupancy
from gongjia.domains.usage.choices import Seen
from gongjia.domains.usage.models import InspectedRoom, Inspection
from gongjia.domains.usage.resources import INSPECTED, INSPECTIONS
from gongjia.web.views.entry import signed_in

SHOWN, PASS = 200, "usage.pass_room"


def _inspection(request: HttpRequest, pk: int) -> Inspection:
    """Return the inspection, or refuse who may not walk it."""
    found: Inspection = INSPECTIONS.get(request.user, pk)
    if not access(request.user).can(PASS, found.unit_id):
        raise PermissionDenied(PASS)
    return found


@require_GET
@signed_in
def walk(request: HttpRequest, pk: int) -> HttpResponse:
    """The rooms of one floor of an inspection, or the next that nobody has seen."""
    inspection = _inspection(request, pk)
    lines = InspectedRoom.objects.filter(inspection=pk)
    totals = lines.aggregate(
        all=Count("pk"), looked=Count("pk", filter=~Q(seen=Seen.PENDING)), issues=Count("pk", filter=Q(seen=Seen.ISSUE))
    )
    floors = _floors(pk)
    floor = request.GET.get("floor") or next((name for name, left, _all in floors if left), floors[0][0] if floors else "")
    rows = list(_on(lines, floor).select_related("room__place").order_by("room__place__code")[:SHOWN])
    users = _users([line.room_id for line in rows])
    given = {"inspection": inspection, "title": inspection.title, **totals, "floors": floors, "floor": floor}
    return render(request, "usage/walk.html", {**given, "lines": [(line, users.get(line.room_id, [])) for line in rows]})


def _floors(pk: int) -> list[tuple[str, int, int]]:
    """Return building and floor with how many rooms are unseen and how many there are."""
    rows = InspectedRoom.objects.filter(inspection=pk).values_list("room__building__place__name", "room__floor_name")
    counted = rows.annotate(left=Count("pk", filter=Q(seen=Seen.PENDING)), all=Count("pk"))
    return [
        (f"{house} {floor}".strip(), left, whole) for house, floor, left, whole in counted.order_by("room__building", "room__floor_name")
    ]


def _on(lines: Any, floor: str) -> Any:
    house, _space, name = floor.rpartition(" ")
    return lines.filter(room__building__place__name=house or name, room__floor_name=name if house else "")


def _users(rooms: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for room, name in Occupancy.objects.current().filter(room__in=rooms).values_list("room", "person__name"):
        found.setdefault(room, []).append(name)
    return found


@require_POST
@signed_in
def pass_room(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a room is in order, and stay on the floor."""
    line: InspectedRoom = INSPECTED.get(request.user, pk)
    _inspection(request, line.inspection_id)
    try:
        actions[PASS].run(request.user, {"id": pk}, origin="phone")
    except Refused as refused:
        messages.warning(request, _("；").join(str(problem.message) for problem in refused.problems), extra_tags="doubt")
    floor = urlencode({"floor": request.POST.get("floor", "")})
    return redirect(f"{reverse('usage:walk', args=[line.inspection_id])}?{floor}")
