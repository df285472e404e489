"""The simulator: cells of a table changed on the page, and who would become non-compliant; nothing is saved."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjia.core.models import Job
from gongjia.core.periods import today
from gongjia.org.models import Unit
from gongjia.standards.counting import checks_of
from gongjia.standards.drafting import NAMES, may, read_draft
from gongjia.standards.explaining import language
from gongjia.standards.printing import sheet
from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.loading import load
from gongjia.standards.rulebook.schema import Table, Version
from gongjia.standards.services import SIMULATE, start_simulation
from gongjia.web.scope import scope_of
from gongjia.web.views.entry import signed_in
from gongjia.web.working import JobPage

FIRST = "office_room_area"


@require_GET
@signed_in
def simulate_page(request: HttpRequest) -> HttpResponse:
    """The table with a field in each cell; the address holds both drafts, the results come from a job that the page starts."""
    if not may(request.user, SIMULATE):
        raise PermissionDenied(SIMULATE)
    book = load()
    table, version = _chosen(book, request.GET.get("version", ""))
    drafts = {name: read_draft(request.GET, name, version) for name in NAMES}
    now = _now(request)
    given = {
        "tables": _tables(book),
        "table": table,
        "sheet": sheet(book, table, version),
        "drafts": drafts,
        "now": now,
        "title": _("模拟规范"),
        "others": _pairs({name: made.cells for name, made in drafts.items() if name != now}),
        "query": _query(version.id, {name: made.cells for name, made in drafts.items()}, now),
        "scope": scope_of(request).label,
        "ready": any(made.cells for made in drafts.values()),
    }
    return render(request, "standards/simulate.html", given)


@require_POST
@signed_in
def simulate_run(request: HttpRequest) -> HttpResponse:
    """Start the simulation of the drafts in the address, and show how far it is."""
    _table, version = _chosen(load(), request.GET.get("version", ""))
    drafts = {name: read_draft(request.GET, name, version).cells for name in NAMES}
    changed = {name: cells for name, cells in drafts.items() if cells}
    if not changed:
        return redirect(f"{reverse('standards:simulate')}?{_query(version.id, drafts, _now(request))}")
    row = start_simulation(request.user, version.id, changed, scope_of(request).path, get_language() or "zh-hans")
    if request.headers.get("HX-Request"):
        return _shown(request, row)
    return redirect(f"{reverse('standards:simulation', args=[row.pk])}?draft={_now(request)}")


@require_GET
@signed_in
def simulation(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own simulation: how far it is, then what it found."""
    row = get_object_or_404(Job.objects.select_related("result_file"), pk=pk, actor=request.user, kind="standards.simulate")
    return _shown(request, row)


def _shown(request: HttpRequest, row: Job) -> HttpResponse:
    result = row.result if isinstance(row.result, dict) else {}
    found, now = result.get("found", []), _now(request)
    unit = Unit.objects.filter(path=row.params["path"]).first()
    given = {
        "page": JobPage(row),
        "found": found,
        "shown": next((each for each in found if each["name"] == now), found[0] if found else None),
        "now": now,
        "query": _query(row.params["version"], row.params["drafts"], now),
        "scope": unit.name if unit else _("全部单位"),
        "title": _("试算结果"),
    }
    return render(request, "standards/simulated.html" if request.headers.get("HX-Request") else "standards/simulation.html", given)


def _now(request: HttpRequest) -> str:
    return request.GET["draft"] if request.GET.get("draft") in NAMES else "a"


def _query(version_id: str, drafts: dict[str, dict[str, str]], now: str) -> str:
    return urlencode([("version", version_id), *_pairs(drafts), ("draft", now)])


def _tables(book: Rulebook) -> list[tuple[str, str]]:
    """The versions in force that some check reads."""
    found = [
        (version.id, table.title.in_language(language()))
        for table in book.tables.values()
        for version in table.versions
        if checks_of(table.topic) and version.in_force(today())
    ]
    return sorted(found, key=lambda each: each[1])


def _chosen(book: Rulebook, version_id: str) -> tuple[Table, Version]:
    try:
        return book.find(version_id)
    except KeyError:
        table = book.tables[FIRST] if FIRST in book.tables else next(iter(book.tables.values()))
        return table, next((each for each in table.versions if each.in_force(today())), table.versions[0])


def _pairs(drafts: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    return [(f"{name}.{place}", text) for name, cells in drafts.items() for place, text in cells.items()]
