"""The annual asset report: a preview, the filed versions, the cards behind every figure, its workbook and its paper."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjia.core.access import access
from gongjia.core.jobs import enqueue
from gongjia.core.periods import today
from gongjia.domains.accounting import telling
from gongjia.domains.accounting.annual import Asked, reckon
from gongjia.domains.accounting.drawing import drawn
from gongjia.domains.accounting.filing import compute, digest_of, read
from gongjia.domains.accounting.models import FiledReport
from gongjia.domains.accounting.past import day_asked, end_of_day
from gongjia.domains.accounting.printing import annual_pdf
from gongjia.domains.accounting.resources import REPORTS
from gongjia.domains.accounting.scoping import unit_of
from gongjia.domains.accounting.services import FILE
from gongjia.domains.accounting.sheets import attached, workbook
from gongjia.domains.accounting.stepping import NOTHING, Vector, plus
from gongjia.domains.accounting.topics import KINDS
from gongjia.ledger.models import Asset
from gongjia.org.models import Unit
from gongjia.web.addresses import list_url, row_url
from gongjia.web.views.entry import signed_in
from gongjia.web.wording import number

SHOWN = 300


def _unit(request: HttpRequest) -> Unit | None:
    if not access(request.user).can(REPORTS.view_permission):
        raise PermissionDenied(REPORTS.view_permission)
    return unit_of(request, REPORTS.view_permission)


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year", "") or request.POST.get("year", "")
    return int(text) if text.isdigit() and 1950 <= int(text) <= 2200 else today().year - 1


@require_GET
@signed_in
def annual(request: HttpRequest) -> HttpResponse:
    """A year of the chosen unit: what was filed of it, and a preview as known at the end of a day."""
    unit = _unit(request)
    if unit is None:
        return render(request, "accounting/choose_unit.html", {"title": _("资产年报")})
    year, known = _year(request), day_asked(request.GET.get("known", ""), today())
    made = read(compute(unit.pk, year, end_of_day(known))) if request.GET.get("preview") else None
    given = {
        "title": _("资产年报"),
        "unit": unit,
        "year": year,
        "known": known,
        "made": drawn(made) if made else None,
        "filed": [(row, row_url(REPORTS.key, row.pk)) for row in _filed(unit, year)],
        "may_file": access(request.user).can(FILE, unit.pk),
        "reports_url": list_url(REPORTS),
    }
    return render(request, "accounting/annual.html", given)


def _filed(unit: Unit, year: int) -> list[FiledReport]:
    return list(FiledReport.objects.filter(unit=unit, year=year).select_related("actor").order_by("-version"))


@require_POST
@signed_in
def file_report(request: HttpRequest) -> HttpResponse:
    """Start filing as a job."""
    unit = _unit(request)
    if unit is None or not access(request.user).can(FILE, unit.pk):
        raise PermissionDenied(FILE)
    known = day_asked(request.POST.get("known", ""), today())
    given = {"unit": unit.pk, "year": _year(request), "known": known.isoformat(), "note": request.POST.get("note", "")[:1000]}
    row = enqueue(FILE, request.user, key=f"{unit.pk} {given['year']}", unit_id=unit.pk, **given)
    return redirect("web:job", row.pk)


def _report(request: HttpRequest, pk: int) -> FiledReport:
    found: FiledReport = REPORTS.get(request.user, pk)
    return found


@require_GET
@signed_in
def recompute(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute a filed report again and say whether its bytes are the same; name the topics that differ."""
    report = _report(request, pk)
    again = compute(report.unit_id, report.year, report.known_at)
    one, two = read(report.content).tables, read(again).tables
    differ = [telling.topic_label(key) for key in one if one[key].rows != two[key].rows]
    same = again == report.content.encode("ascii")
    given = {"same": same, "digest": digest_of(again), "report": report, "differ": differ, "title": _("重新计算")}
    return render(request, "accounting/recomputed.html", {**given, "trail": [(str(report), row_url(REPORTS.key, pk))]})


@require_GET
@signed_in
def annual_book(request: HttpRequest, pk: int) -> HttpResponse:
    """A filed report as a workbook, one sheet a topic."""
    report = _report(request, pk)
    made = read(report.content)
    return attached(workbook(telling.sheets(telling.told(made.tables, made.asked))), f"{_name(report)}.xlsx")


@require_GET
@signed_in
def annual_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A filed report on A4."""
    report = _report(request, pk)
    headers = {"Content-Disposition": 'inline; filename="annual.pdf"'}
    return HttpResponse(annual_pdf(report, drawn(read(report.content), report.pk)), content_type="application/pdf", headers=headers)


def _name(report: FiledReport) -> str:
    return f"{_('资产年报')}-{report.unit.code}-{report.year}-v{report.version}"


class _Behind:
    """Collects the cards behind one figure."""

    def __init__(self, topic: str, row: str, what: str) -> None:
        self.wanted = (topic, row, what)
        self.cards: dict[int, tuple[Vector, Vector]] = defaultdict(lambda: (NOTHING, NOTHING))

    def __call__(self, topic: str, row: str, what: str, pk: int, up: Vector, down: Vector) -> None:
        if (topic, row, what) == self.wanted:
            a, b = self.cards[pk]
            self.cards[pk] = (plus(a, up), plus(b, down))


@require_GET
@signed_in
def annual_rows(request: HttpRequest) -> HttpResponse:
    """The cards behind one figure of a report, each with what it adds and takes."""
    asked = _asked(request)
    topic, row, what = (request.GET.get(name, "") for name in ("topic", "row", "what"))
    behind = _Behind(topic, row, what)
    reckon(asked, behind)
    ids = sorted(behind.cards, key=lambda pk: -sum(behind.cards[pk][0][2:] + behind.cards[pk][1][2:]))[:SHOWN]
    cards = {card.pk: card for card in Asset.objects.filter(pk__in=ids).select_related("unit")}
    kind = {"opening": _("期初"), "closing": _("期末")}.get(what) or str(KINDS.get(what, what))
    given = {
        "title": f"{telling.topic_label(topic)} · {kind}",
        "says": _("%(year)s 年，共 %(n)s 张卡片；编号、名称和单位是现在的写法。") % {"year": asked.year, "n": number(len(behind.cards))},
        "rows": [(cards[pk], row_url("ledger.asset", pk), *(telling.figures(part) for part in behind.cards[pk])) for pk in ids],
        "more": len(behind.cards) > SHOWN,
        "most": SHOWN,
        "two": any(down != NOTHING for _up, down in behind.cards.values()),
        "trail": [(_("资产年报"), f"{reverse('accounting:annual')}?year={asked.year}")],
    }
    return render(request, "accounting/annual_rows.html", given)


def _asked(request: HttpRequest) -> Asked:
    """Read the report that a figure belongs to; its unit must be one that the person may see."""
    if not access(request.user).can(REPORTS.view_permission):
        raise PermissionDenied(REPORTS.view_permission)
    text = request.GET.get("unit", "")
    if not text.isdigit() or not access(request.user).can(REPORTS.view_permission, int(text)):
        raise Http404("unit")
    try:
        known = dt.datetime.fromisoformat(request.GET.get("known", ""))
    except ValueError:
        known = end_of_day(today())
    return Asked(int(text), _year(request), known if known.tzinfo else known.replace(tzinfo=dt.UTC))
