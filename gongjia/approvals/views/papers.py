"""The approval form to print or to file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongjia.approvals.printing import WORD, docx, pdf
from gongjia.approvals.sheet import sheet_of
from gongjia.approvals.views.request import read
from gongjia.web.views.entry import signed_in

SHAPES = {"pdf": (pdf, "application/pdf", "inline"), "docx": (docx, WORD, "attachment")}


@require_GET
@signed_in
def paper(http: HttpRequest, pk: int, shape: str) -> HttpResponse:
    """The form of one request, as PDF or as a Word file."""
    request = read(http, pk)
    if shape not in SHAPES:
        raise Http404(shape)
    make, kind, how = SHAPES[shape]
    sheet = sheet_of(request, http.build_absolute_uri(reverse("approvals:request", args=[pk])))
    return HttpResponse(make(sheet), content_type=kind, headers={"Content-Disposition": f'{how}; filename="{request.key}.{shape}"'})
