"""The simulator: cells of a table changed on the page, and who would become non-compliant; nothing is saved."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjia.core.periods import today
from gongjia.standards.counting import checks_of
from gongjia.standards.drafting import NAMES, SHOWN, Draft, as_csv, may, read_draft, run
from gongjia.standards.explaining import language
from gongjia.standards.printing import sheet
from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.loading import load
from gongjia.standards.rulebook.schema import Table, Version
from gongjia.standards.services import SIMULATE
from gongjia.web.scope import scope_of
from gongjia.web.views.entry import signed_in

FIRST = "office_room_area"


@require_GET
@signed_in
def simulate_page(request: HttpRequest) -> HttpResponse:
    """The table with a field in each cell; the address holds both drafts, the results come as a part of the page."""
    if not may(request.user, SIMULATE):
        raise PermissionDenied(SIMULATE)
    book = load()
    table, version = _chosen(book, request.GET.get("version", ""))
    drafts = {name: read_draft(request.GET, name, version) for name in NAMES}
    now = request.GET.get("draft") if request.GET.get("draft") in NAMES else "a"
    if request.GET.get("format") == "csv":
        return _csv(request, drafts[now])
    query = urlencode([("version", version.id), *_pairs(drafts)])
    if request.headers.get("HX-Target") == "results" or "results" in request.GET:
        return render(request, "standards/simulated.html", {**_results(request, drafts, now), "query": query, "now": now})
    given = {
        "tables": _tables(book),
        "table": table,
        "sheet": sheet(book, table, version),
        "drafts": drafts,
        "now": now,
        "title": _("模拟规范"),
        "others": _pairs({name: made for name, made in drafts.items() if name != now}),
        "query": query,
        "scope": scope_of(request).label,
        "ready": any(made.cells for made in drafts.values()),
    }
    return render(request, "standards/simulate.html", given)


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


def _pairs(drafts: dict[str, Draft]) -> list[tuple[str, str]]:
    return [(f"{name}.{place}", text) for name, made in drafts.items() for place, text in made.cells.items()]


def _results(request: HttpRequest, drafts: dict[str, Draft], now: str) -> dict[str, Any]:
    filled = [made for made in drafts.values() if made.cells]
    path = scope_of(request).path
    found = [run(made, request.user, path, also=filled) for made in filled]
    shown = next((each for each in found if each.name == now), found[0] if found else None)
    return {"found": found, "shown": shown, "most": SHOWN, "scope": scope_of(request).label}


def _csv(request: HttpRequest, made: Draft) -> HttpResponse:
    text = as_csv(made, request.user, scope_of(request).path)
    named = f"simulation-{made.version.id}-{made.name}.csv"
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{named}"'})
