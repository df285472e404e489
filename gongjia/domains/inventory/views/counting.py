"""Counting on a phone: the page of one place, and the address that takes one count at a time, each entered once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjia.core import files
from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.models import Attachment
from gongjia.core.problems import Refused
from gongjia.domains.custody.choices import Condition
from gongjia.domains.inventory.choices import Found
from gongjia.domains.inventory.models import CountLine, Round
from gongjia.domains.inventory.resources import LINES, ROUNDS
from gongjia.web.views.documents import refuses
from gongjia.web.views.entry import signed_in

WORKER = Path(__file__).parents[1] / "static" / "inventory" / "worker.js"
SHOWN = 300
COUNT, SURPLUS = "inventory.count_asset", "inventory.record_surplus"
FIELDS = {
    "count": ("code", "place", "condition", "note", "counted_at", "client_key"),
    "surplus": ("name", "place", "counted_quantity", "note", "counted_at", "client_key"),
}


def round_to_count(request: HttpRequest, pk: int) -> Round:
    """Return the round, or refuse who may not count it."""
    found: Round = ROUNDS.get(request.user, pk)
    if not access(request.user).can(COUNT, found.unit_id):
        raise PermissionDenied(COUNT)
    return found


@require_GET
@signed_in
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines of one place of a round, to be ticked, scanned or typed."""
    round_ = round_to_count(request, pk)
    lines = CountLine.objects.filter(round=pk, asset__isnull=False)
    totals = lines.aggregate(all=Count("pk"), seen=Count("pk", filter=~Q(found__in=[Found.PENDING, Found.MISSING])))
    here = int(place) if (place := request.GET.get("place", "")).isdigit() else None
    shown = list(lines.filter(book_place=here).select_related("asset", "book_custodian").order_by("asset__number")[: SHOWN + 1])
    context = {"round": round_, "title": round_.title, **totals, "places": places_of(pk), "here": here}
    context |= {"lines": shown[:SHOWN], "more": len(shown) > SHOWN, "conditions": Condition.choices[:3]}
    return render(request, "inventory/count.html", context)


def places_of(pk: int) -> list[tuple[int, str, int]]:
    """Return the places of a round with how much is still to be seen there."""
    rows = CountLine.objects.filter(round=pk, book_place__isnull=False).values_list("book_place", "book_place__name")
    return list(rows.annotate(left=Count("pk", filter=Q(found=Found.PENDING))).order_by("book_place__path"))


@require_POST
@signed_in
def counts(request: HttpRequest, pk: int) -> JsonResponse:
    """Enter one count or one surplus with its photo; 422 with sentences where it cannot be entered."""
    round_ = round_to_count(request, pk)
    kind = "surplus" if request.POST.get("kind") == "surplus" else "count"
    raw = {name: request.POST[name] for name in FIELDS[kind] if request.POST.get(name)}
    raw["place"] = int(raw["place"]) if raw.get("place", "").isdigit() else None
    photo = request.FILES.get("photo")
    refusal = refuses(photo) if photo else ""
    if refusal:
        return JsonResponse({"problems": [refusal]}, status=422)
    try:
        line = actions[COUNT if kind == "count" else SURPLUS].run(request.user, {"round": round_.number, **raw}, origin="phone")
    except Refused as refused:
        return JsonResponse({"problems": [str(problem.message) for problem in refused.problems]}, status=422)
    return JsonResponse(told(CountLine.objects.get(pk=line), photo, request.user))


def told(line: CountLine, photo: UploadedFile | None, user: Any) -> dict[str, Any]:
    """Return what the phone shows of an entered count, after keeping its photo once."""
    if photo:
        stored = files.store_chunks(photo.chunks(), str(photo.name), photo.content_type or "image/jpeg")
        if not Attachment.objects.filter(subject=LINES.key, subject_id=line.pk, file=stored).exists():
            files.attach(LINES.key, line.pk, stored, _("盘点照片"), user)
    label = line.get_found_display()
    return {"line": line.pk, "asset": line.asset_id, "found": line.found, "label": label, "says": f"{line.name}：{label}"}


@require_GET
def worker(request: HttpRequest) -> FileResponse:
    """The script that lets the counting page open without a network; it serves /inventory/ only."""
    return FileResponse(WORKER.open("rb"), content_type="text/javascript")
