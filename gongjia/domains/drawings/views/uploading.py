"""A drawing is uploaded, read, its layers and scale are settled, and it is read again."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjia.core import files
from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.problems import Refused
from gongjia.domains.drawings.choices import PlanState
from gongjia.domains.drawings.models import Drawing, FloorPlan
from gongjia.domains.drawings.resources import DRAWINGS
from gongjia.domains.drawings.rules import storey_order
from gongjia.domains.drawings.services.working import start_reading
from gongjia.domains.drawings.wording import remark_text
from gongjia.domains.offices.models import Room
from gongjia.domains.offices.resources import BUILDINGS
from gongjia.web.addresses import row_url
from gongjia.web.views.documents import refuses
from gongjia.web.views.entry import signed_in

UPLOAD, CHOOSE = "drawings.upload_drawing", "drawings.choose_reading"
KINDS = (".dxf", ".dwg", ".ifc")
ROLES = ("wall", "room", "label")
REMARKS = 40


@require_http_methods(["GET", "POST"])
@signed_in
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a drawing of a building and begin to read it."""
    building = BUILDINGS.get(request.user, pk)
    if not access(request.user).can(UPLOAD, building.place.unit_id):
        raise PermissionDenied(UPLOAD)
    refusal = _refusal(request) if request.method == "POST" else ""
    if request.method == "POST" and not refusal:
        return redirect("web:job", start_reading(request.user, _kept(request, pk)).pk)
    floors = sorted({name for name in Room.objects.filter(building=pk).values_list("floor_name", flat=True) if name}, key=storey_order)
    page = {"building": building, "floors": floors, "refusal": refusal, "url": row_url(BUILDINGS.key, pk), "kinds": ",".join(KINDS)}
    return render(request, "drawings/upload.html", {"page": page, "title": _("上传图纸")}, status=422 if refusal else 200)


def _refusal(request: HttpRequest) -> str:
    """Return why the file is not taken, '' when it is."""
    sent = request.FILES.get("file")
    if not sent or refuses(sent):
        return refuses(sent)
    if PurePath(str(sent.name)).suffix.lower() not in KINDS:
        return _("“%(name)s”不是 DXF、DWG 或 IFC；请从绘图软件另存为其中一种再上传。") % {"name": sent.name}
    return ""


def _kept(request: HttpRequest, building: int) -> Drawing:
    """Store the file and register it as a drawing."""
    sent = request.FILES["file"]
    stored = files.store_chunks(sent.chunks(), str(sent.name), sent.content_type or "application/octet-stream")
    name = request.POST.get("name", "").strip() or PurePath(str(sent.name)).stem
    raw = {"building": building, "name": name[:160], "storey": request.POST.get("storey", "").strip()[:20], "digest": stored.digest}
    return Drawing.objects.select_related("building__place").get(pk=actions[UPLOAD].run(request.user, raw))


@require_GET
@signed_in
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read of a drawing: scale, layers, remarks, and the drafts that came of it."""
    drawing = DRAWINGS.get(request.user, pk)
    plans = FloorPlan.objects.live().filter(drawing=pk).order_by("pk")
    page = {
        "drawing": drawing,
        "building": drawing.building,
        "building_url": row_url(BUILDINGS.key, drawing.building_id),
        "plans": sorted(plans, key=lambda plan: (plan.state != PlanState.DRAFT, storey_order(plan.storey))),
        "layers": layers_of(drawing),
        "scales": scales_of(drawing),
        "remarks": [remark_text(note) for note in (drawing.found.get("notes") or [])[:REMARKS]],
        "more": max(0, len(drawing.found.get("notes") or []) - REMARKS),
        "may": access(request.user).can(CHOOSE, drawing.building.place.unit_id),
    }
    return render(request, "drawings/work.html", {"page": page, "title": drawing.name})


def layers_of(drawing: Drawing) -> list[dict[str, Any]]:
    """Return the layers with what they hold and the role that was guessed or chosen, those with most first."""
    made = []
    for name, layer in (drawing.found.get("layers") or {}).items():
        role = next((role for role in ROLES if name in drawing.options.get(f"{role}_layers", ())), "")
        asked = any(f"{each}_layers" in drawing.options for each in ROLES)
        made.append(
            {"name": name, "count": sum(layer["counts"].values()), "counts": layer["counts"], "role": role if asked else layer["role"]}
        )
    return sorted(made, key=lambda layer: (layer["role"] not in ROLES, -layer["count"]))


def scales_of(drawing: Drawing) -> list[dict[str, Any]]:
    """Return the units in which the drawing may have been drawn, with the middle room that each gives."""
    used = drawing.found.get("scale")
    return [{**each, "on": each["scale"] == used} for each in drawing.found.get("scale_candidates") or []]


@require_POST
@signed_in
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the choices and read the drawing again."""
    drawing = DRAWINGS.get(request.user, pk)
    raw: dict[str, Any] = {"id": pk, **({"scale": request.POST["scale"]} if request.POST.get("scale") else {})}
    if request.POST.get("layers"):
        names = [name.removeprefix("role:") for name in request.POST if name.startswith("role:")]
        for role in ROLES:
            raw[f"{role}_layers"] = ",".join(name for name in names if request.POST[f"role:{name}"] == role)
    try:
        actions[CHOOSE].run(request.user, raw)
    except Refused as refusal:
        messages.warning(request, str(refusal.problems[0].message), extra_tags="doubt")
        return redirect("drawings:work", pk)
    return redirect("web:job", start_reading(request.user, drawing).pk)
