"""The rectification notice of a few findings, at once."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongjia.core.access import access
from gongjia.standards.notices import AT_ONCE, findings_for, issuer_of, pdf
from gongjia.standards.resources import FINDINGS
from gongjia.web.bulk import read_ids
from gongjia.web.views.entry import signed_in


@require_GET
@signed_in
def notice(request: HttpRequest) -> HttpResponse:
    """The notices of up to two hundred findings, as PDF."""
    if not access(request.user).can(FINDINGS.view_permission):
        raise PermissionDenied(FINDINGS.view_permission)
    found = findings_for(request.user, read_ids(request.GET.get("id", ""))[:AT_ONCE])
    if not found:
        raise Http404("notice")
    return HttpResponse(
        pdf(found, issuer_of(request.user)),
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="notice.pdf"'},
    )
