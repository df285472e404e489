"""Seals, listed and one by one, with what is not sealed yet and what the last check found."""

from __future__ import annotations

import inspect
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjia.core.access import access
from gongjia.core.models import Job
from gongjia.core.query import CAP
from gongjia.journal import verify
from gongjia.journal.models import Seal
from gongjia.journal.resources import SEALS
from gongjia.journal.sealing import sealed_upto
from gongjia.journal.services import EXPORT, KEEP, last_check, start
from gongjia.journal.sheets import code_text, facts_of, grouped, qr, sheet
from gongjia.journal.streams import STREAMS
from gongjia.journal.telling import sentence
from gongjia.web.shapes import Figure
from gongjia.web.views.entry import signed_in
from gongjia.web.wording import NOTHING, instant_words, number

SHOWN = 60
JOBS = ("seal", "verify", "export")


def _allowed(request: HttpRequest) -> None:
    if not access(request.user).can(SEALS.view_permission):
        raise PermissionDenied(SEALS.view_permission)


@require_GET
@signed_in
def seals(request: HttpRequest) -> HttpResponse:
    """The last seals, how much waits for the next, and what the last check of the rows found."""
    _allowed(request)
    found = list(Seal.objects.order_by("-number")[:SHOWN])
    checked = last_check()
    result = checked.result if checked else None
    given = {
        "title": _("日志存证"),
        "lines": [_line(each) for each in found],
        "figures": _figures(found[0] if found else None, checked),
        "may_keep": access(request.user).can(KEEP),
        "may_export": access(request.user).can(EXPORT),
        "problems": [sentence(kind, facts) for kind, facts in result["found"]] if result else [],
        "count": result["problems"] if result else 0,
    }
    return render(request, "journal/seals.html", given)


def _line(seal: Seal) -> dict[str, Any]:
    return {"seal": seal, "at": instant_words(seal.at), "hash": grouped(seal.hash), "url": reverse("journal:seal", args=[seal.number])}


def _figures(last: Seal | None, checked: Job | None) -> list[Figure]:
    waiting, capped = unsealed()
    altered = bool(checked and checked.result["problems"])
    words = NOTHING if not checked else _("有改动") if altered else _("无改动")
    return [
        Figure(_("已存证"), number(last.last if last else 0), _("条记录"), _("共 %(n)s 次") % {"n": last.number if last else 0}),
        Figure(_("最近存证"), instant_words(last.at) if last else NOTHING),
        Figure(_("待存证"), f"{number(waiting)}{'+' if capped else ''}", _("条记录"), tone="doubt" if waiting and not last else ""),
        Figure(
            _("最近核验"),
            words,
            note=instant_words(checked.finished_at) if checked else _("还没有核验过"),
            tone="breach" if altered else "",
        ),
    ]


def unsealed() -> tuple[int, bool]:
    """Return how many rows no seal holds yet, and whether there are more."""
    upto, count = sealed_upto(), 0
    for stream in STREAMS:
        count += stream.model._default_manager.filter(pk__gt=upto[stream.key]).order_by()[: CAP + 1].count()
    return min(count, CAP), count > CAP


@require_POST
@signed_in
def start_job(request: HttpRequest) -> HttpResponse:
    """Seal, check or export now, as a job."""
    wanted = request.POST.get("what", "")
    if wanted not in JOBS:
        raise Http404(wanted)
    return redirect("web:job", start(f"journal.{wanted}", request.user).pk)


def _found(request: HttpRequest, number_: int) -> Seal:
    _allowed(request)
    found = Seal.objects.filter(number=number_).first()
    if found is None:
        raise Http404("seal")
    return found


@require_GET
@signed_in
def seal(request: HttpRequest, pk: int) -> HttpResponse:
    """One seal, by its number, with the QR code of its hash."""
    found = _found(request, pk)
    given = {
        "title": _("第 %(n)s 次存证") % {"n": found.number},
        "trail": [(_("日志存证"), reverse("journal:seals"))],
        "seal": found,
        "hash": grouped(found.hash),
        "facts": facts_of(found),
        "qr": qr(code_text(found)),
        "sheet_url": reverse("journal:sheet", args=[found.number]),
    }
    return render(request, "journal/seal.html", given)


@require_GET
@signed_in
def print_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet that is printed, signed and filed outside."""
    found = _found(request, pk)
    name = {"Content-Disposition": f'inline; filename="seal-{found.number}.pdf"'}
    return HttpResponse(sheet(found), content_type="application/pdf", headers=name)


@require_GET
@signed_in
def verifier(request: HttpRequest) -> HttpResponse:
    """The verifier itself, to take away."""
    name = {"Content-Disposition": 'attachment; filename="verify.py"'}
    return HttpResponse(inspect.getsource(verify), content_type="text/x-python; charset=utf-8", headers=name)
