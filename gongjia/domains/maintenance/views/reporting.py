"""Reporting on a phone: scan the label at the door, say what is broken, take a picture."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongjia.core import files
from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.models import Attachment
from gongjia.core.problems import Refused
from gongjia.domains.maintenance.choices import Trade, Urgency
from gongjia.domains.maintenance.labelling import PLACES, Target, of_card, of_place, read_label
from gongjia.domains.maintenance.models import Ticket
from gongjia.domains.maintenance.panels import PICTURES
from gongjia.domains.maintenance.resources import TICKETS
from gongjia.web.views.documents import refuses
from gongjia.web.views.entry import signed_in

REPORT = "maintenance.report_fault"
PICKED = re.compile(r"(?:^|#)(\d{1,17})$")
"""A key as a link names it, or at the end of what the look-up fills in."""
TYPED = ("trade", "urgency", "fault", "contact", "client_key")


def target_of(request: HttpRequest, values: Any) -> Target | None:
    """Return what the page is about: a scanned code, a place or a card that a link names, or a place that was typed."""
    code, place, asset = (values.get(name, "").strip()[:200] for name in ("code", "place", "asset"))
    if code:
        return read_label(request.user, code)
    card = of_card(request.user, pk=int(asset)) if asset.isdecimal() and len(asset) < 18 else None
    if card is not None and (card.place is not None or not place):
        return card
    spot = _spot(request, place)
    return replace(card, place=spot.place) if card is not None and spot is not None else spot


def _spot(request: HttpRequest, place: str) -> Target | None:
    """Return the place that a link names by its key, or that was picked or typed."""
    if (picked := PICKED.search(place)) and (found := of_place(request.user, pk=int(picked[1]))):
        return found
    return of_place(request.user, code=place) if place else None


@require_http_methods(["GET", "POST"])
@signed_in
def report(request: HttpRequest) -> HttpResponse:
    """The form of a defect; what was typed stays where it cannot be taken."""
    if not access(request.user).can(REPORT):
        raise PermissionDenied(REPORT)
    if request.method == "POST":
        return _reported(request)
    return _form(request, target_of(request, request.GET), _untyped(), [])


def _untyped() -> dict[str, str]:
    return {**dict.fromkeys(TYPED, ""), "urgency": "ordinary", "client_key": uuid.uuid4().hex}


def _form(request: HttpRequest, target: Target | None, typed: dict[str, str], problems: list[str], status: int = 200) -> HttpResponse:
    page = {
        "target": target,
        "typed": typed,
        "problems": problems,
        "code": request.GET.get("code", "")[:200],
        "trades": Trade.choices,
        "urgencies": Urgency.choices,
        "places": PLACES,
    }
    return render(request, "maintenance/report.html", {"page": page, "title": _("报修")}, status=status)


def _reported(request: HttpRequest) -> HttpResponse:
    typed = {name: request.POST.get(name, "") for name in TYPED}
    target = target_of(request, request.POST)
    uploads = request.FILES.getlist("photo")
    faults = [said for said in map(refuses, uploads) if said]
    raw = {name: value for name, value in typed.items() if value}
    raw |= {name: row.pk for name in ("place", "asset") if (row := getattr(target, name, None))}
    if "place" not in raw:
        faults.append(_("请填地点或资产，维修人员才知道去哪里。"))
    try:
        if faults:
            return _form(request, target, typed, faults, 422)
        ticket = actions[REPORT].run(request.user, raw, origin="phone")
    except Refused as refusal:
        return _form(request, target, typed, [str(problem.message) for problem in refusal.problems], 422)
    keep_photos(request.user, ticket, uploads)
    messages.success(request, _("已报修，工单 %(number)s。") % {"number": Ticket.objects.get(pk=ticket).number})
    return redirect("maintenance:mine")


def keep_photos(user: Any, ticket: int, uploads: Iterable[UploadedFile]) -> None:
    """Hang pictures on a ticket, each once."""
    for upload in uploads:
        stored = files.store_chunks(upload.chunks(), str(upload.name), upload.content_type or "image/jpeg")
        if not Attachment.objects.filter(subject=TICKETS.key, subject_id=ticket, file=stored).exists():
            files.attach(TICKETS.key, ticket, stored, _("维修照片"), user)


@require_GET
@signed_in
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture of a ticket, to whoever may see the ticket."""
    found = Attachment.objects.select_related("file").filter(pk=pk, subject=TICKETS.key, file__content_type__in=PICTURES).first()
    if found is None or not TICKETS.queryset(request.user).filter(pk=found.subject_id).exists():
        raise Http404
    answer = FileResponse(files.path_of(found.file).open("rb"), content_type=found.file.content_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
