"""How the warehouse runs: its indicators by unit and year, what was saved, and the certificates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjia.core.access import access
from gongjia.core.indicator import Indicator, indicators
from gongjia.core.periods import today
from gongjia.domains.warehouse.certificate import certificate as certificate_of
from gongjia.domains.warehouse.models import Deal
from gongjia.domains.warehouse.resources import DEALS, PASSAGES
from gongjia.org.models import Unit
from gongjia.web.scope import scope_of
from gongjia.web.views.entry import signed_in
from gongjia.web.wording import amount, number

SHOWN = ("in", "in_cost", "out", "stock", "turnover", "days", "met", "checked", "saved")
SUMMED = ("in", "in_cost", "out", "stock", "saved")
FIRST_YEAR = 2020


@dataclass
class Line:
    """One unit with its figures by indicator."""

    unit: Unit
    cells: dict[str, str] = field(default_factory=dict)


def words(made: Indicator, value: Any) -> str:
    """Return a figure as words, money by its size."""
    if made.kind == "money":
        return " ".join(amount(value))
    return number(value)


@require_GET
@signed_in
def figures(request: HttpRequest) -> HttpResponse:
    """The indicators of a year, by unit."""
    if not access(request.user).can(PASSAGES.view_permission):
        raise PermissionDenied(PASSAGES.view_permission)
    on = _day(request.GET.get("year", ""))
    made = [indicators[f"warehouse.{name}_by_unit"] for name in SHOWN]
    found = {each.key: each.figures(request.user, on, scope_of(request).path) for each in made}
    units = Unit.objects.in_bulk({figure.unit_id for rows in found.values() for figure in rows if figure.unit_id})
    lines: dict[int, Line] = {pk: Line(unit) for pk, unit in units.items()}
    totals: dict[str, Any] = defaultdict(Decimal)
    for each in made:
        for figure in found[each.key]:
            if figure.unit_id in lines:
                lines[figure.unit_id].cells[each.key] = words(each, figure.value)
                totals[each.key] += figure.value
    page = {
        "on": on,
        "years": [(year, year == on.year) for year in range(today().year, FIRST_YEAR - 1, -1)],
        "heads": [(each.key, each.label, each.unit, each.help) for each in made],
        "lines": sorted(lines.values(), key=lambda line: line.unit.path),
        "strip": _strip(made, totals, found),
    }
    return render(request, "warehouse/figures.html", {"page": page, "title": _("公物仓运行统计")})


def _day(text: str) -> dt.date:
    """Return the last day of the year asked for, today for this year and for nonsense."""
    year = int(text) if text.isdecimal() and FIRST_YEAR <= int(text[:4]) < today().year and len(text) == 4 else 0
    return dt.date(year, 12, 31) if year else today()


def _strip(made: list[Indicator], totals: dict[str, Any], found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the totals of what can be added up, and the shares of what cannot by their parts."""
    strip = []
    for each in made:
        name = each.key.removeprefix("warehouse.").removesuffix("_by_unit")
        parts = [figure.parts for figure in found[each.key] if "whole" in figure.parts]
        if name in SUMMED:
            value, unit = amount(totals[each.key]) if each.kind == "money" else (number(totals[each.key]), each.unit)
        elif parts:
            whole = sum(part["whole"] for part in parts)
            value, unit = number(round(100 * sum(part["part"] for part in parts) / whole, 1)) if whole else "–", each.unit
        else:
            continue
        strip.append({"label": each.label, "value": value, "unit": unit, "note": "", "href": "", "tone": ""})
    return strip


@require_GET
@signed_in
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate of a deal, as PDF."""
    deal: Deal = DEALS.get(request.user, pk)
    return HttpResponse(
        certificate_of(deal), content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{deal.number}.pdf"'}
    )
