"""使用凭证: its papers, and the public page to which its QR code leads."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongjia.core.periods import today
from gongjia.domains.usage.choices import CertificateState
from gongjia.domains.usage.marks import holds
from gongjia.domains.usage.models import Certificate
from gongjia.domains.usage.papers import agreement_pdf, attached, certificate_pdf
from gongjia.domains.usage.resources import CERTIFICATES
from gongjia.ledger.labels import known_origin
from gongjia.web.views.entry import signed_in


@require_GET
@signed_in
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate as a PDF."""
    made: Certificate = CERTIFICATES.get(request.user, pk)
    return attached(certificate_pdf(made, known_origin() or request.build_absolute_uri("/").rstrip("/")), f"{made.number}.pdf")


@require_GET
@signed_in
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreement as a PDF."""
    made: Certificate = CERTIFICATES.get(request.user, pk)
    return attached(agreement_pdf(made), f"{made.agreement}.pdf")


@require_GET
@never_cache
def verify(request: HttpRequest, number: str, mark: str) -> HttpResponse:
    """What anybody may know who holds the paper: number, unit, rooms, area and validity, and whether it still holds.

    Without the mark nothing is told, and no difference is made between a number that exists and one that does not.
    """
    made = Certificate.objects.live().select_related("unit").filter(number=number, unit__secret=False).first()
    true = made is not None and holds(made, mark)
    given = {
        "title": _("凭证核验"),
        "certificate": made if true else None,
        "standing": standing(made) if made is not None and true else "",
        "house": settings.GONGJIA_HOUSE,
        "number": number,
    }
    return render(request, "usage/verify.html", given, status=200 if true else 404)


def standing(made: Certificate) -> str:
    """Return whether a true certificate is valid, ended, not begun or revoked."""
    if made.state == CertificateState.REVOKED:
        return "revoked"
    if made.valid_to and made.valid_to < today():
        return "ended"
    return "valid" if made.valid_from <= today() else "early"
