"""A floor as a picture: coloured, with a room open beside it, as SVG, as a sheet of paper."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjia.core.paper import pdf
from gongjia.core.periods import today
from gongjia.domains.drawings.choices import Linked, PlanState
from gongjia.domains.drawings.colouring import SCHEMES, LegendLine, Paint, legend
from gongjia.domains.drawings.floor import Cell, cells_of
from gongjia.domains.drawings.models import FloorPlan, Shape
from gongjia.domains.drawings.offering import acts_of
from gongjia.domains.drawings.picture import Picture, picture
from gongjia.domains.drawings.resources import PLANS
from gongjia.domains.drawings.rooming import room_of
from gongjia.domains.drawings.rules import storey_order
from gongjia.domains.offices.resources import BUILDINGS
from gongjia.org.choices import RoomUse
from gongjia.web.addresses import row_url
from gongjia.web.views.entry import signed_in
from gongjia.web.wording import number

SHEET = Path(__file__).parents[1] / "typst" / "floor.typ"
INK = Path(__file__).parents[1] / "static" / "drawings" / "paper.css"


def plan_of(request: HttpRequest, pk: int) -> FloorPlan:
    """Return the version, or raise NotFound for whom it is not there."""
    PLANS.get(request.user, pk)
    return FloorPlan.objects.select_related("building__place__unit", "drawing").get(pk=pk)


def scheme_of(request: HttpRequest) -> str:
    """Return the colouring that is asked for."""
    asked = request.GET.get("by", "")
    return asked if asked in SCHEMES else "use"


def drawn(request: HttpRequest, plan: FloorPlan, scheme: str) -> tuple[Picture, list[LegendLine], list[Cell], list[Paint]]:
    """Return the floor as it is drawn for this person, with its legend."""
    cells = cells_of(request.user, plan)
    paints = SCHEMES[scheme].paint(cells)
    return picture(plan.slab, cells, paints), legend(cells, paints), cells, paints


@require_GET
@signed_in
def floor(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a floor."""
    plan, scheme = plan_of(request, pk), scheme_of(request)
    pic, lines, cells, _paints = drawn(request, plan, scheme)
    asked = request.GET.get("room", "")
    here = int(asked) if asked.isdecimal() and len(asked) < 18 and any(cell.shape.pk == int(asked) for cell in cells) else 0
    versions = FloorPlan.objects.live().filter(building=plan.building_id, storey=plan.storey).order_by("-edition")
    page = {
        "plan": plan,
        "building": plan.building,
        "building_url": row_url(BUILDINGS.key, plan.building_id),
        "picture": pic,
        "legend": lines,
        "scheme": scheme,
        "says": SCHEMES[scheme].says,
        "schemes": [(key, made.label, key == scheme) for key, made in SCHEMES.items()],
        "here": here,
        "room": room_of(request.user, plan, here) if here else None,
        "versions": list(versions),
        "floors": sister_floors(plan),
        "strip": strip_of(cells),
        "acts": acts_of(request, plan),
        "draft": plan.state == PlanState.DRAFT,
    }
    title = f"{plan.building.place.name} {plan.storey}"
    return render(request, "drawings/floor.html", {"page": page, "title": title})


def sister_floors(plan: FloorPlan) -> list[FloorPlan]:
    """Return the current floors of the same building, from the top down."""
    floors = FloorPlan.objects.live().filter(building=plan.building_id, state=PlanState.CURRENT)
    return sorted(floors, key=lambda each: storey_order(each.storey), reverse=True)


def strip_of(cells: list[Cell]) -> list[dict[str, Any]]:
    """Return the figures above the picture."""
    vacant = [cell for cell in cells if cell.room and cell.use == RoomUse.OFFICE and not cell.people]
    found = sum(cell.finding in ("breach", "doubt") for cell in cells)
    loose = sum(cell.shape.linked == Linked.NONE for cell in cells)
    return [
        figure(_("房间"), len(cells), _("间"), _("图纸面积 %(n)s m²") % {"n": number(summed(cells), 1)}, "use"),
        figure(_("现有使用人"), sum(cell.people for cell in cells), _("人"), "", "person"),
        figure(_("空置办公室"), len(vacant), _("间"), f"{number(summed(vacant), 1)} m²", "vacancy", "doubt"),
        figure(_("有核查发现"), found, _("间"), "", "finding", "breach"),
        figure(_("未对应台账"), loose, _("间"), "", "", "doubt"),
    ]


def summed(cells: list[Cell]) -> Decimal:
    return sum((cell.shape.area for cell in cells), Decimal(0))


def figure(label: str, value: int, unit: str, note: str, by: str, tone: str = "") -> dict[str, Any]:
    """Return one figure of the strip; it leads to the colouring that shows it."""
    return {
        "label": label,
        "value": number(value),
        "unit": unit,
        "note": note,
        "href": f"?by={by}" if by else "",
        "tone": tone if value else "",
    }


@require_GET
@signed_in
def room(request: HttpRequest, pk: int, shape: int) -> HttpResponse:
    """What stands beside the picture when a room is opened."""
    plan = plan_of(request, pk)
    if not Shape.objects.live().filter(plan=pk, pk=shape).exists():
        raise Http404
    page = {
        "room": room_of(request.user, plan, shape),
        "plan": plan,
        "draft": plan.state == PlanState.DRAFT,
        "acts": acts_of(request, plan),
    }
    return render(request, "drawings/room.html", {"page": page})


def as_svg(request: HttpRequest, plan: FloorPlan, scheme: str) -> str:
    """Return the floor as a file of its own, with the colours of paper in it."""
    pic = drawn(request, plan, scheme)[0]
    inside = render_to_string("drawings/alone.html", {"pic": pic, "label": str(plan)}, request=request).strip()
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{pic.width}" height="{pic.height}"'
    return inside.replace("<svg", head, 1).replace("<defs>", f"<style>{INK.read_text(encoding='utf-8')}</style><defs>", 1)


@require_GET
@signed_in
def plan_svg(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture alone."""
    headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'", "X-Content-Type-Options": "nosniff"}
    svg = as_svg(request, plan_of(request, pk), scheme_of(request))
    return HttpResponse(svg, content_type="image/svg+xml; charset=utf-8", headers=headers)


@require_GET
@signed_in
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The floor on A3, or A4 where that is asked for, with its legend."""
    plan, scheme = plan_of(request, pk), scheme_of(request)
    _pic, lines, cells, _paints = drawn(request, plan, scheme)
    paper = "a4" if request.GET.get("paper") == "a4" else "a3"
    says = {"edition": plan.edition, "state": plan.get_state_display(), "day": today().isoformat()}
    data = {
        "paper": paper,
        "lang": "en" if get_language() == "en" else "zh",
        "title": f"{plan.building.place.name} {plan.storey}",
        "says": _("第 %(edition)s 版（%(state)s），%(day)s 打印。") % says,
        "by": _("按%(scheme)s着色") % {"scheme": SCHEMES[scheme].label},
        "svg": as_svg(request, plan, scheme),
        "legend": [[line.label, _("%(n)s 间") % {"n": line.count}, f"{number(line.area, 1)} m²", swatch(line)] for line in lines],
        "foot": _("共 %(n)s 间；上方为图纸上方，图中没有指北。") % {"n": len(cells)},
    }
    made = pdf(SHEET, data, title=data["title"])
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="floor-{pk}.pdf"'})


def swatch(line: LegendLine) -> str:
    """Return the colour of a legend line as a small picture."""
    tile = '<path class="hatched" d="M0 14L14 0M8 14L22 0M0 7L7 0M15 14l7-7" stroke="#3c4a45"/>' if line.hatched else ""
    ink = f"<style>{INK.read_text(encoding='utf-8')}</style>"
    body = f'<g class="{line.css}"><path d="M0 0h22v14h-22z"/></g>{tile}'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="22" height="14" viewBox="0 0 22 14">{ink}{body}</svg>'
