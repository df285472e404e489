"""Two versions of a floor, one held against the other."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjia.domains.drawings.colouring import Paint
from gongjia.domains.drawings.floor import Cell
from gongjia.domains.drawings.models import FloorPlan, Shape
from gongjia.domains.drawings.picture import picture
from gongjia.domains.drawings.rules import Changes, Drawn, compare
from gongjia.domains.drawings.views.floors import plan_of
from gongjia.web.views.entry import signed_in


def shapes_of(plan: FloorPlan) -> list[Shape]:
    return list(Shape.objects.live().filter(plan=plan).order_by("pk"))


def drawn(shapes: list[Shape]) -> list[Drawn]:
    """Return shapes as they are compared: by their room of the ledger, else by their mark."""
    return [Drawn(shape.pk, f"room {shape.room_id}" if shape.room_id else shape.mark, shape.area) for shape in shapes]


def before(request: HttpRequest, plan: FloorPlan) -> FloorPlan | None:
    """Return the version asked for, else the one before."""
    others = FloorPlan.objects.live().filter(building=plan.building_id, storey=plan.storey).exclude(pk=plan.pk)
    asked = request.GET.get("with", "")
    chosen = others.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 18 else None
    return chosen or others.filter(edition__lt=plan.edition).order_by("-edition").first() or others.order_by("-edition").first()


@require_GET
@signed_in
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What was added, what is gone, what has another area."""
    plan = plan_of(request, pk)
    former = before(request, plan)
    page: dict[str, Any] = {"plan": plan, "former": former, "building": plan.building, "found": None}
    if former is not None:
        old, new = shapes_of(former), shapes_of(plan)
        found = compare(drawn(old), drawn(new))
        by_pk = {shape.pk: shape for shape in [*old, *new]}
        page |= {
            "found": found,
            "added": [by_pk[each.pk] for each in found.added],
            "gone": [by_pk[each.pk] for each in found.gone],
            "resized": [(by_pk[was.pk], by_pk[now.pk], now.area - was.area) for was, now in found.resized],
            "picture": _picture(plan, new, [by_pk[each.pk] for each in found.gone], found),
        }
    return render(request, "drawings/changes.html", {"page": page, "title": _("版本差异")})


def _picture(plan: FloorPlan, new: list[Shape], gone: list[Shape], found: Changes) -> Any:
    """Return the newer version with what changed on it, and what is gone under it."""
    added, resized = {each.pk for each in found.added}, {now.pk for _was, now in found.resized}
    cells = [Cell(shape) for shape in [*gone, *new]]
    paints = [Paint("breach", _("去掉"), _("去掉"), hatched=True) for _shape in gone]
    for shape in new:
        if shape.pk in added:
            paints.append(Paint("order", _("新增"), _("新增")))
        elif shape.pk in resized:
            paints.append(Paint("doubt", _("面积变化"), f"{shape.area} m²"))
        else:
            paints.append(Paint("other", _("没有变化")))
    return picture(plan.slab, cells, paints)
