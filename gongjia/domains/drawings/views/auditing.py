"""The drawing audit: which buildings differ, one building in full, and the same as a table to take away."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from rustpy_xlsxwriter import write_worksheet

from gongjia.core.access import access
from gongjia.domains.drawings.auditing import Report, audit_of, ground_words
from gongjia.domains.drawings.choices import PlanState
from gongjia.domains.drawings.models import FloorPlan
from gongjia.domains.drawings.resources import PLANS
from gongjia.domains.offices.models import Building
from gongjia.domains.offices.resources import BUILDINGS
from gongjia.standards.resources import FINDINGS
from gongjia.web.addresses import row_url
from gongjia.web.export import TYPES, neutral
from gongjia.web.scope import scope_of
from gongjia.web.views.entry import signed_in

SHOWN = 400
CHECKS = (
    "room_area_differs",
    "room_not_drawn",
    "shape_not_in_ledger",
    "certificate_differs",
    "drawn_over_certificate",
    "drawn_over_entitlement",
)


@require_GET
@signed_in
def audit(request: HttpRequest) -> HttpResponse:
    """The buildings with accepted floors, each with its differences today."""
    if not access(request.user).can(PLANS.view_permission):
        raise PermissionDenied(PLANS.view_permission)
    path = scope_of(request).path
    drawn = PLANS.queryset(request.user, path).filter(state=PlanState.CURRENT).order_by()
    floors = dict(drawn.values_list("building").annotate(n=Count("pk")))
    buildings = BUILDINGS.queryset(request.user).filter(pk__in=floors).select_related("place__unit").order_by("place__code")
    reports = [audit_of(request.user, building) for building in buildings]
    found = FINDINGS.queryset(request.user, path) if access(request.user).can(FINDINGS.view_permission) else None
    counts = (
        dict(found.filter(check_key__startswith="drawings.").order_by().values_list("check_key").annotate(n=Count("pk")))
        if found is not None
        else {}
    )
    page = {
        "reports": [(report, floors[report.building.pk], _tally(report)) for report in reports],
        "total": sum(report.count for report in reports),
        "counts": counts,
        "scope": scope_of(request).label,
        "without": BUILDINGS.queryset(request.user, path).exclude(pk__in=floors).count(),
    }
    return render(request, "drawings/audit.html", {"page": page, "title": _("图纸核对")})


def _tally(report: Report) -> dict[str, int]:
    tally: dict[str, int] = {}
    for ground in [*report.grounds, *(ground for line in report.differences for ground in line.grounds)]:
        tally[ground] = tally.get(ground, 0) + 1
    return {ground_words(ground): count for ground, count in tally.items()}


def building_of(request: HttpRequest, pk: int) -> Building:
    """Return the building, for who may see its drawings."""
    if not access(request.user).can(PLANS.view_permission):
        raise PermissionDenied(PLANS.view_permission)
    BUILDINGS.get(request.user, pk)
    return Building.objects.select_related("place__unit").get(pk=pk)


@require_GET
@signed_in
def building_audit(request: HttpRequest, pk: int) -> HttpResponse:
    """The audit of one building."""
    building = building_of(request, pk)
    report = audit_of(request.user, building)
    plans = FloorPlan.objects.live().filter(building=pk, state=PlanState.CURRENT)
    page = {
        "report": report,
        "building": building,
        "url": row_url(BUILDINGS.key, pk),
        "words": {ground: ground_words(ground) for ground in ("area", "undrawn", "loose", "over", "certificate", "sum")},
        "plans": {plan.storey: plan.pk for plan in plans},
        "lines": report.lines[:SHOWN],
        "more": max(0, len(report.lines) - SHOWN),
    }
    return render(request, "drawings/building_audit.html", {"page": page, "title": _("图纸核对")})


def cells_of(report: Report) -> Iterator[dict[str, Any]]:
    """Yield the report as rows of a table."""
    for line in report.lines:
        yield {
            _("楼层"): line.storey,
            _("房间"): neutral(line.number),
            _("单位"): line.room.place.unit.name if line.room else "",
            _("用途"): line.room.place.get_use_display() if line.room else line.shape.get_use_display() if line.shape else "",
            _("图纸面积（m²）"): _plain(line.drawn),
            _("台账面积（m²）"): _plain(line.ledger),
            _("相差（%）"): _plain(line.gap),
            _("标准上限（m²）"): _plain(line.entitled),
            _("差异"): _("、").join(ground_words(ground) for ground in line.grounds),
        }
    building = {_("房间"): _("全楼"), _("图纸面积（m²）"): _plain(report.whole.drawn), _("台账面积（m²）"): _plain(report.whole.ledger)}
    yield {**building, _("差异"): _("证载建筑面积 %(area)s m²") % {"area": _plain(report.certified) or "–"}}


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


@require_GET
@signed_in
def export(request: HttpRequest, pk: int, shape: str) -> HttpResponse:
    """The audit of a building as CSV or XLSX."""
    if shape not in ("csv", "xlsx"):
        raise Http404(shape)
    rows = list(cells_of(audit_of(request.user, building_of(request, pk))))
    heads = list(rows[0]) if len(rows) > 1 else [_("房间"), _("图纸面积（m²）"), _("台账面积（m²）"), _("差异")]
    full = [{head: row.get(head, "") for head in heads} for row in rows]
    answer = HttpResponse(content_type=TYPES[shape], headers={"Content-Disposition": f'attachment; filename="drawing-audit-{pk}.{shape}"'})
    if shape == "csv":
        answer.write("\ufeff")
        writer = csv.DictWriter(answer, heads)
        writer.writeheader()
        writer.writerows(full)
        return answer
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "audit.xlsx"
        write_worksheet(full, str(file), sheet_name=_("图纸核对"), freeze_row=1, bold_headers=True)
        answer.write(file.read_bytes())
    return answer
