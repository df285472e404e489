"""What the generic pages of the ledger cannot show: the state of a card on another day, and its label."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjia.core.periods import today
from gongjia.ledger.history import followed, state_at
from gongjia.ledger.labels import AT_ONCE, SHAPES, cards_for, label_sheet
from gongjia.ledger.resources import ASSETS
from gongjia.web.addresses import row_url
from gongjia.web.bulk import read_ids
from gongjia.web.views.entry import signed_in


def asked_day(text: str) -> dt.date:
    """Return the day that an address names, today for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return today()


@require_GET
@signed_in
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """What a card was on a day, as known at the end of another; a part of the page for the panel, else a page of its own."""
    card = ASSETS.get(request.user, pk)
    on, known = asked_day(request.GET.get("on", "")), asked_day(request.GET.get("known", ""))
    found = state_at(pk, on, known)
    context = {
        "card": card,
        "on": on,
        "known": known,
        "state": found,
        "fields": followed(found, request.user),
        "back": row_url(ASSETS.key, pk),
    }
    partial = bool(request.headers.get("HX-Request"))
    return render(request, "ledger/state_part.html" if partial else "ledger/state.html", {**context, "title": _("当日情况")})


@require_GET
@signed_in
def labels(request: HttpRequest) -> HttpResponse:
    """The labels of up to two hundred cards at once, as PDF."""
    cards = cards_for(request.user, read_ids(request.GET.get("id", ""))[:AT_ONCE])
    if not cards:
        raise Http404("labels")
    shape = request.GET.get("shape", "")
    sheet = label_sheet(cards, shape if shape in SHAPES else SHAPES[0], request.build_absolute_uri("/").rstrip("/"))
    return HttpResponse(sheet, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="labels.pdf"'})
