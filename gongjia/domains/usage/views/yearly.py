"""The yearly lists as papers and workbooks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjia.core.resource import Resource
from gongjia.domains.accounting.sheets import attached as as_workbook
from gongjia.domains.accounting.sheets import workbook
from gongjia.domains.usage.models import Filing, Publication, RoomLine
from gongjia.domains.usage.papers import attached, heads, lines_of, yearly_pdf
from gongjia.domains.usage.resources import FILINGS, PUBLICATIONS
from gongjia.web.export import neutral
from gongjia.web.views.entry import signed_in

LISTS: dict[str, Resource] = {"publication": PUBLICATIONS, "filing": FILINGS}


@require_GET
@signed_in
def paper(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A yearly list as a PDF."""
    made: Publication | Filing = LISTS[kind].get(request.user, pk)
    return attached(yearly_pdf(made, lines_of(made)), f"{made.number}.pdf")


@require_GET
@signed_in
def book(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A yearly list as a workbook."""
    made: Publication | Filing = LISTS[kind].get(request.user, pk)
    return as_workbook(workbook([(_("明细"), heads(), [_cells(line) for line in lines_of(made)])]), f"{made.number}.xlsx")


def _cells(line: RoomLine) -> list[Any]:
    area, ceiling = (float(value) if value is not None else None for value in (line.area, line.ceiling))
    words = [line.building, line.room, line.person, line.title, str(line.get_level_display())]
    return [*(neutral(word) for word in words), line.sharing, area, ceiling]
