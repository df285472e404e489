"""Sweeps: started as a job, listed with what each found new and cured."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjia.core.access import access
from gongjia.org.models import Unit
from gongjia.standards.listed import headings, rows_of, seen
from gongjia.standards.models import Finding, Sweep
from gongjia.standards.resources import FINDINGS
from gongjia.standards.services import RUN_SWEEP, start_sweep
from gongjia.web.addresses import list_url
from gongjia.web.scope import scope_of
from gongjia.web.shapes import Link
from gongjia.web.views.entry import signed_in
from gongjia.web.wording import NOTHING, instant_words, number, span_words

LAST = 60
SHOWN = 300


@require_POST
@signed_in
def run_sweep(request: HttpRequest) -> HttpResponse:
    """Start a sweep of the chosen scope, as of today or of a named day, and go to its job."""
    if not access(request.user).can(RUN_SWEEP):
        raise PermissionDenied(RUN_SWEEP)
    day = _day(request.POST.get("on", ""))
    jobs = [start_sweep(request.user, day, unit) for unit in _wanted(request)]
    return redirect("web:job", jobs[0].pk) if len(jobs) == 1 else redirect("web:jobs")


def _wanted(request: HttpRequest) -> list[int | None]:
    """The subtrees to sweep: the chosen unit, else all units, or of somebody who may not sweep all, the tops of those."""
    chosen = scope_of(request).unit_id
    units = access(request.user).units(RUN_SWEEP) if chosen is None else None
    if units is None or not Unit.objects.live().exclude(pk__in=units).exists():
        return [chosen]
    tops: list[tuple[int, str]] = []
    for pk, path in Unit.objects.filter(pk__in=units).order_by("path").values_list("pk", "path"):
        if not tops or not path.startswith(tops[-1][1]):
            tops.append((pk, path))
    return [pk for pk, _path in tops]


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _visible(request: HttpRequest) -> QuerySet[Finding]:
    if not access(request.user).can(FINDINGS.view_permission):
        raise PermissionDenied(FINDINGS.view_permission)
    return seen(request.user, scope_of(request).path)


@require_GET
@signed_in
def sweeps(request: HttpRequest) -> HttpResponse:
    """The last sweeps; what each found new and cured is counted within this person's units."""
    rows = _visible(request).order_by()
    found = list(Sweep.objects.select_related("unit", "actor").order_by("-pk")[:LAST])
    keys = [sweep.pk for sweep in found]
    new = dict(rows.filter(first_sweep__in=keys).values_list("first_sweep").annotate(n=Count("pk")))
    cured = dict(rows.filter(last_sweep__in=keys, cured_on__isnull=False).values_list("last_sweep").annotate(n=Count("pk")))
    whole = _sees_all(request)
    lines = [_line(sweep, new.get(sweep.pk, 0), cured.get(sweep.pk, 0), whole=whole) for sweep in found]
    given = {
        "lines": lines,
        "title": _("历次核查"),
        "trail": [(_("核查"), list_url(FINDINGS))],
        "may_sweep": access(request.user).can(RUN_SWEEP),
        "scope": scope_of(request).label,
    }
    return render(request, "standards/sweeps.html", given)


def _sees_all(request: HttpRequest) -> bool:
    """Whether the totals of a sweep are this person's to see."""
    units = FINDINGS.units(request.user)
    return units is None or not Unit.objects.live().exclude(pk__in=units).exists()


def _line(sweep: Sweep, new: int, cured: int, *, whole: bool) -> dict[str, Any]:
    return {
        "sweep": sweep,
        "at": instant_words(sweep.started_at),
        "span": span_words(sweep.seconds),
        "new": new,
        "standing": number(sweep.standing) if whole else NOTHING,
        "cured": cured,
        "unit": sweep.unit.name if sweep.unit else _("全部单位"),
        "url": reverse("standards:sweep", args=[sweep.pk]),
    }


@require_GET
@signed_in
def sweep(request: HttpRequest, pk: int) -> HttpResponse:
    """One sweep: what it found new, what it moved, what it cured."""
    rows, found = _visible(request), Sweep.objects.filter(pk=pk).first()
    if found is None:
        raise Http404("sweep")
    kinds = {
        "new": (_("新增"), Q(first_sweep=found)),
        "moved": (_("有变化"), Q(last_sweep=found, cured_on__isnull=True) & ~Q(first_sweep=found)),
        "cured": (_("消除"), Q(last_sweep=found, cured_on__isnull=False)),
    }
    now = request.GET.get("kind", "new")
    now = now if now in kinds else "new"
    chips = [Link(label, f"?kind={key}", on=key == now, count=rows.filter(where).count()) for key, (label, where) in kinds.items()]
    listed = list(rows.filter(kinds[now][1]).order_by("-blocks", "-pk")[:SHOWN])
    given = {
        "sweep": found,
        "chips": chips,
        "rows": rows_of(listed),
        "columns": headings(),
        "title": _("核查 %(day)s") % {"day": found.on},
        "most": SHOWN,
        "says": _("%(at)s 开始，用时 %(span)s，判定 %(n)s 项。")
        % {"at": instant_words(found.started_at), "span": span_words(found.seconds), "n": number(found.judged)}
        if _sees_all(request)
        else _("%(at)s 开始。") % {"at": instant_words(found.started_at)},
        "trail": [(_("核查"), list_url(FINDINGS)), (_("历次核查"), reverse("standards:sweeps"))],
    }
    return render(request, "standards/sweep.html", given)
