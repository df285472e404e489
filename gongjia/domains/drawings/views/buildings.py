"""A building as a stack of floors, and all compounds on a map."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from gongjia.core.access import access
from gongjia.domains.drawings.charting import Chart, Spot, chart, gathered
from gongjia.domains.drawings.choices import PlanState
from gongjia.domains.drawings.models import FloorPlan
from gongjia.domains.drawings.resources import PLANS
from gongjia.domains.drawings.stacking import CUTS, Stack, stack_of, title_of
from gongjia.domains.offices.resources import BUILDINGS, OCCUPANCIES, ROOMS
from gongjia.org.models import Place
from gongjia.web.addresses import row_url
from gongjia.web.scope import scope_of
from gongjia.web.views.entry import signed_in
from gongjia.web.wording import number

PLAIN = {"note": "", "href": "", "tone": ""}
LABELS = {"unit": gettext_lazy("单位"), "use": gettext_lazy("用途"), "vacancy": gettext_lazy("空置")}


@require_GET
@signed_in
def stack(request: HttpRequest, pk: int) -> HttpResponse:
    """The floors of a building as bars."""
    building = BUILDINGS.get(request.user, pk)
    cut = request.GET.get("by", "")
    cut = cut if cut in CUTS else "unit"
    made = stack_of(request.user, pk, cut)
    rights = access(request.user)
    page = {
        "building": building,
        "url": row_url(BUILDINGS.key, pk),
        "stack": made,
        "titles": [title_of(storey) for storey in made.storeys],
        "cuts": [(key, LABELS[key], key == cut) for key in CUTS],
        "plans": rights.can(PLANS.view_permission) and FloorPlan.objects.live().filter(building=pk, state=PlanState.CURRENT).exists(),
        "may": rights.can("drawings.upload_drawing", building.place.unit_id),
        "strip": strip_of(made),
    }
    return render(request, "drawings/stack.html", {"page": page, "title": _("叠层图")})


def strip_of(made: Stack) -> list[dict[str, Any]]:
    """Return the figures above the bars."""
    share = made.vacant * 100 / made.area if made.area else Decimal(0)
    vacancy = {"note": f"{number(share, 1)} %", "href": "?by=vacancy", "tone": "doubt" if made.vacant else ""}
    return [
        {"label": _("楼层"), "value": number(len(made.storeys)), "unit": _("层"), **PLAIN},
        {"label": _("房间"), "value": number(made.rooms), "unit": _("间"), **PLAIN},
        {"label": _("使用面积"), "value": number(made.area, 0), "unit": "m²", **PLAIN},
        {"label": _("空置办公室"), "value": number(made.vacant, 0), "unit": "m²", **vacancy},
    ]


@require_GET
@signed_in
def compounds(request: HttpRequest) -> HttpResponse:
    """All compounds of the scope that have a position."""
    if not access(request.user).can(BUILDINGS.view_permission):
        raise PermissionDenied(BUILDINGS.view_permission)
    path = scope_of(request).path
    spots = spots_of(request.user, path)
    drawn: Chart = chart(spots)
    within = BUILDINGS.queryset(request.user, path)
    lost = within.filter(latitude__isnull=True).count() + within.filter(latitude__isnull=False, longitude__isnull=True).count()
    page = {
        "chart": drawn,
        "spots": sorted(spots, key=lambda spot: -spot.area),
        "lost": lost,
        "urls": {spot.pk: row_url("org.place", spot.pk) for spot in spots},
        "scope": scope_of(request).label,
    }
    return render(request, "drawings/map.html", {"page": page, "title": _("院落地图")})


def spots_of(user: Any, path: str) -> list[Spot]:
    """Return the compounds with a position, from the buildings that this person sees."""
    placed = BUILDINGS.queryset(user, path).filter(latitude__isnull=False, longitude__isnull=False)
    rows = list(placed.values_list("pk", "place__path", "latitude", "longitude", "place__floor_area", "place__usable_area"))
    free = vacant_areas(user, path)
    names = dict(Place.objects.filter(pk__in={_compound(row[1]) for row in rows}).values_list("pk", "name"))
    return gathered(
        (
            _compound(place),
            names.get(_compound(place), ""),
            float(north),
            float(east),
            area or Decimal(0),
            free.get(pk, Decimal(0)),
            usable or Decimal(0),
        )
        for pk, place, north, east, area, usable in rows
    )


def _compound(path: str) -> int:
    return int(path.split("/")[0])


def vacant_areas(user: Any, path: str) -> dict[int, Decimal]:
    """Return the area of offices that nobody uses, by building."""
    used = OCCUPANCIES.queryset(user).current().values("room")
    free = ROOMS.queryset(user, path).filter(place__use="office").exclude(pk__in=used)
    made: dict[int, Decimal] = defaultdict(Decimal)
    made.update({pk: area or Decimal(0) for pk, area in free.order_by().values_list("building").annotate(area=Sum("place__usable_area"))})
    return made
