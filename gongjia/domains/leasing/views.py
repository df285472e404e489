"""Pages of leasing: leases that end with the space that might take their place, and what the register of titles lacks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjia.core.access import access
from gongjia.core.periods import today
from gongjia.domains.accounting.sheets import attached, workbook
from gongjia.domains.leasing import expiring as ends
from gongjia.domains.leasing import gaps as titles
from gongjia.domains.leasing.resources import TITLES
from gongjia.domains.leasing.rules import a_year_on
from gongjia.domains.offices.models import Lease
from gongjia.domains.offices.resources import BUILDINGS, LEASES
from gongjia.web.scope import scope_of
from gongjia.web.shapes import Figure
from gongjia.web.views.entry import signed_in
from gongjia.web.wording import amount, number

SHOWN = 100
SPANS = ((3, 92), (6, 183))
NEAREST = 3


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text) if text else today()
    except ValueError:
        return today()


def _span(request: HttpRequest) -> tuple[dt.date, dt.date, int]:
    """Return the day looked from, the last day, and how many months that is."""
    on = _day(request.GET.get("on", ""))
    months = int(request.GET.get("months", "12")) if request.GET.get("months", "12") in ("3", "6") else 12
    return on, on + dt.timedelta(days=dict(SPANS)[months]) if months != 12 else a_year_on(on), months


def _visible(request: HttpRequest) -> set[int] | None:
    """Return the buildings that the person may see."""
    return set(BUILDINGS.queryset(request.user).values_list("pk", flat=True))


def _leases(request: HttpRequest, on: dt.date, until: dt.date) -> Any:
    if not access(request.user).can(LEASES.view_permission):
        raise PermissionDenied(LEASES.view_permission)
    return ends.ending_between(LEASES.queryset(request.user, scope_of(request).path), on, until)


@require_GET
@signed_in
def expiring(request: HttpRequest) -> HttpResponse:
    """The leases that end soon, each with the nearest owned space of its city."""
    on, until, months = _span(request)
    rows = _leases(request, on, until)
    total = rows.count()
    found = ends.endings(list(rows[:SHOWN]), on, _visible(request))
    rent = sum((one.lease.annual_rent for one in found if one.lease.annual_rent), 0)
    page = {
        "on": on,
        "until": until,
        "rows": [(one, one.spaces[:NEAREST]) for one in found],
        "total": total,
        "more": total - len(found),
        "spans": [(span, span == months) for span in (3, 6, 12)],
        "query": f"on={on.isoformat()}&months={months}",
        "strip": [
            Figure(_("一年内到期") if months == 12 else _("即将到期"), number(total), _("份")),
            Figure(_("其中有空置或富余房源"), number(sum(one.known > 0 for one in found)), _("份")),
            Figure(_("只有空置情况未知的房源"), number(sum(one.known == 0 and one.unknown > 0 for one in found)), _("份")),
            Figure(_("涉及年租金"), *amount(rent)),
        ],
    }
    return render(request, "leasing/expiring.html", {"page": page, "title": _("租约到期与存量房源")})


@require_GET
@signed_in
def expiring_book(request: HttpRequest) -> HttpResponse:
    """The whole list as a workbook: one line a lease and owned building."""
    on, until, _months = _span(request)
    found = ends.endings(list(_leases(request, on, until)), on, _visible(request))
    sheet = (_("租约与存量房源"), [str(head) for head in ends.HEADS], list(ends.lines(found)))
    return attached(workbook([sheet]), f"{_('租约到期与存量房源')}-{on.isoformat()}.xlsx")


@require_GET
@signed_in
def spaces(request: HttpRequest, pk: int) -> HttpResponse:
    """All owned buildings of the city of one lease."""
    lease: Lease = LEASES.get(request.user, pk)
    on = _day(request.GET.get("on", ""))
    found = ends.endings([lease], on, _visible(request))[0]
    return render(request, "leasing/spaces.html", {"one": found, "lease": lease, "title": _("可以替代的自有房屋")})


@require_GET
@signed_in
def gaps(request: HttpRequest) -> HttpResponse:
    """What the register of titles lacks, by unit."""
    rows = _held(request)
    progress = titles.by_unit(rows)
    wanted = request.GET.get("gap", "")
    lacking = [held for held in rows if held.gaps and (not wanted or wanted in held.gaps)]
    total, clear = len(rows), sum(not held.gaps for held in rows)
    counts = [(gap, titles.gap_words(gap), sum(gap in held.gaps for held in rows)) for gap in titles.GAPS]
    page = {
        "progress": progress,
        "rows": lacking[:SHOWN],
        "more": max(0, len(lacking) - SHOWN),
        "counts": counts,
        "gap": wanted,
        "strip": [
            Figure(_("自有房屋"), number(total), _("处")),
            Figure(_("权属齐全"), number(clear), _("处"), tone="order"),
            *(Figure(words, number(count), _("处")) for _gap, words, count in counts),
        ],
    }
    return render(request, "leasing/gaps.html", {"page": page, "title": _("权属缺口")})


def _held(request: HttpRequest) -> list[titles.Held]:
    if not access(request.user).can(TITLES.view_permission):
        raise PermissionDenied(TITLES.view_permission)
    return titles.held_buildings(request.user, scope_of(request).path)


@require_GET
@signed_in
def gaps_book(request: HttpRequest) -> HttpResponse:
    """The register with its gaps as a workbook, with the progress of each unit."""
    rows = _held(request)
    heads = [_("单位"), _("自有房屋"), _("有证"), _("权属齐全"), f"{_('齐全率')}（%）", *(titles.gap_words(gap) for gap in titles.GAPS)]
    progress = [
        [one.unit.name, one.total, one.certified, one.unified, one.share, *(one.counts[gap] for gap in titles.GAPS)]
        for one in titles.by_unit(rows)
    ]
    sheets = [(_("分单位进度"), heads, progress), (_("权属缺口"), [str(head) for head in titles.HEADS], list(titles.lines(rows)))]
    return attached(workbook(sheets), f"{_('权属缺口')}-{today().isoformat()}.xlsx")
