"""单位核定面积: the page of the arithmetic, and the same on paper."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjia.core.access import access
from gongjia.core.periods import today
from gongjia.domains.offices.models import Room
from gongjia.domains.offices.resources import ROOMS
from gongjia.domains.usage.ceilings import Asked, sheet, vehicles_of
from gongjia.domains.usage.papers import attached, ceiling_pdf
from gongjia.org.models import Unit
from gongjia.org.resources import UNITS
from gongjia.web.scope import scope_of
from gongjia.web.views.entry import signed_in

QUANTITIES = ("vehicles", "bicycles", "ebikes", "guards")
HEIGHTS = ("multi_storey", "high_rise")
MOST = 100_000


def asked(request: HttpRequest) -> Asked | None:
    """Return what is asked: the unit of the address, of the scope, or the first; the kind of building as most of its area is."""
    if not access(request.user).can(ROOMS.view_permission):
        raise PermissionDenied(ROOMS.view_permission)
    units = UNITS.queryset(request.user).order_by("path")
    given, scope = request.GET.get("unit", ""), scope_of(request).unit_id
    unit = units.filter(pk=given).first() if given.isdigit() else units.filter(pk=scope).first() if scope else units.first()
    if given and unit is None:
        raise Http404(given)
    return None if unit is None else _asked(request, unit)


def _asked(request: HttpRequest, unit: Unit) -> Asked:
    numbers = {name: _number(request.GET.get(name)) for name in QUANTITIES}
    counts = {name: number for name, number in numbers.items() if number is not None}
    height = request.GET.get("height", "")
    return Asked(
        unit, today(), height if height in HEIGHTS else height_of(unit), request.GET.get("canteen", "1") != "0",
        {"vehicles": vehicles_of(unit), **counts},
    )  # fmt: skip


def _number(text: str | None) -> int | None:
    return min(int(text), MOST) if text and text.isascii() and text.isdigit() else None


def height_of(unit: Unit) -> str:
    """Return whether most rooms of a unit are in high buildings."""
    rooms = Room.objects.filter(place__unit__path__startswith=unit.path, place__closed_on__isnull=True)
    high = rooms.filter(building__high_rise=True).count()
    return "high_rise" if high * 2 > rooms.count() else "multi_storey"


@require_GET
@signed_in
def ceiling(request: HttpRequest) -> HttpResponse:
    """The whole arithmetic of a unit, usable area and floor area apart."""
    what = asked(request)
    made = sheet(what) if what else None
    units = UNITS.queryset(request.user).filter(kind="body").order_by("path")[:500]
    given: dict[str, Any] = {"title": _("单位核定面积"), "sheet": made, "asked": what, "units": units}
    if what:
        given["paper_url"] = f"{reverse('usage:ceiling_paper')}?{urlencode(_query(what))}"
        given["basic"] = made.held_usable[-1] if made else None
    return render(request, "usage/ceiling.html", given)


def _query(what: Asked) -> list[tuple[str, Any]]:
    return [("unit", what.unit.pk), ("height", what.height), ("canteen", int(what.canteen)), *what.quantities.items()]


@require_GET
@signed_in
def ceiling_paper(request: HttpRequest) -> HttpResponse:
    """The sheet as a PDF."""
    what = asked(request)
    if what is None:
        raise Http404
    return attached(ceiling_pdf(sheet(what)), f"{_('核定面积')}-{what.unit.code}.pdf")
