"""The year's choice: run, look, pin, run again, accept; and the comparison of property services."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.asking import ask
from gongjia.core.money import yuan
from gongjia.core.periods import today
from gongjia.core.problems import Refused
from gongjia.domains.costs.resources import LINES
from gongjia.domains.maintenance.choosing import candidates_of, free_of
from gongjia.domains.maintenance.comparing import lines
from gongjia.domains.maintenance.flags import flags_of
from gongjia.domains.maintenance.models import Candidate, Project, Selection
from gongjia.domains.maintenance.ranking import priorities
from gongjia.domains.maintenance.resources import CONTRACTS, SELECTIONS
from gongjia.domains.maintenance.terms import weights
from gongjia.domains.maintenance.wording import change_words, factor_names, points_words
from gongjia.org.models import Unit
from gongjia.web.scope import scope_of
from gongjia.web.views.entry import signed_in
from gongjia.web.wording import amount, amount_words, number

CHOOSE, MARK, ACCEPT, APPROVE = (
    f"maintenance.{verb}" for verb in ("choose_projects", "mark_candidate", "accept_selection", "approve_project")
)
SUBJECT = "30213"
"""维修（护）费: lines of this economic subject are offered first."""


def unit_of(request: HttpRequest) -> Unit | None:
    """Return the unit in whose tree projects are chosen: the scope, else the highest for which the person chooses or reads."""
    chosen = scope_of(request).unit_id
    rights = access(request.user)
    allowed = rights.units(CHOOSE if rights.can(CHOOSE) else SELECTIONS.view_permission)
    units = Unit.objects.live() if allowed is None else Unit.objects.live().filter(pk__in=allowed)
    return units.filter(pk=chosen).first() if chosen else units.order_by("path").first()


def year_of(request: HttpRequest) -> int:
    """Return the year asked for; next year's projects are chosen this year."""
    text = request.GET.get("year", "") or request.POST.get("year", "")
    return int(text) if text.isdecimal() and len(text) == 4 else today().year + 1


@require_GET
@signed_in
def choose(request: HttpRequest) -> HttpResponse:
    """The last choice of the scope and year, with what it was made of."""
    if not access(request.user).can(SELECTIONS.view_permission):
        raise PermissionDenied(SELECTIONS.view_permission)
    unit, year = unit_of(request), year_of(request)
    rows = SELECTIONS.queryset(request.user).filter(unit=unit, year=year).select_related("line", "unit")
    made: Selection | None = rows.order_by("-pk").first() if unit else None
    may = unit is not None and access(request.user).can(CHOOSE, unit.pk)
    page: dict[str, Any] = {"unit": unit, "year": year, "made": made, "may": may, "years": [today().year, today().year + 1]}
    page |= {"lines": _lines(request, unit, year) if may else [], "names": factor_names()}
    page |= {"weights": weights(unit, today()) if unit else {}, "waiting": len(candidates_of(unit, year)) if unit else 0}
    page |= {"open": False, "changed": False, "figures": {"count": 0}}
    if made is not None:
        page |= _shown(made)
        page["open"] = made.state == "proposed" and may
    return render(request, "maintenance/choose.html", {"page": page, "title": _("大中修遴选")})


def _lines(request: HttpRequest, unit: Unit | None, year: int) -> list[tuple[int, str, str]]:
    rows = LINES.queryset(request.user, unit.path if unit else "").filter(year=year, subject__startswith=SUBJECT)
    return [(line.pk, line.name, amount_words(free_of(line))) for line in rows.select_related("unit").order_by("unit__path", "code")[:50]]


def _shown(made: Selection) -> dict[str, Any]:
    """Return a choice as its page draws it: the projects by points, the figures, the neighbours."""
    candidates = list(
        Candidate.objects.filter(selection=made).select_related("project__unit", "project__place").order_by("-points", "price")
    )
    names = {one.project_id: one.project.name for one in candidates}
    figures = made.figures
    ranks = priorities([one.project for one in candidates], made.unit)
    changed = any((one.mark == "pinned" and not one.chosen) or (one.mark == "forbidden" and one.chosen) for one in candidates)
    return {
        "rows": [(one, ranks[one.project_id], points_words(one.points), flags_of(one.project)) for one in candidates],
        "figures": figures,
        "strip": _strip(made, figures),
        "more": [change_words(change, names) for change in figures["more"]],
        "less": [change_words(change, names) for change in figures["less"]],
        "shadow": points_words(round(figures["shadow"] * 100 * 10_000, 1)),
        "bars": _bars(figures),
        "changed": changed,
    }


def _bars(figures: dict[str, Any]) -> list[tuple[str, str, float, str]]:
    """Return the value of the choice, of plain ranking and of the bound, as shares of the bound."""
    top = max(figures["bound"], 1)
    found = (
        (_("本方案"), figures["value"], "plan"),
        (_("按排序依次列入"), figures["plain_value"], "first"),
        (_("上界"), figures["bound"], "rail"),
    )
    return [(label, points_words(value), round(value / top * 100, 2), tone) for label, value, tone in found]


def _strip(made: Selection, figures: dict[str, Any]) -> list[dict[str, Any]]:
    def figure(label: str, value: str, unit: str, note: str) -> dict[str, Any]:
        return {"label": label, "value": value, "unit": unit, "note": note, "href": "", "tone": ""}

    gain = figures["value"] - figures["plain_value"]
    share = number(round(gain * 100 / figures["plain_value"], 1)) if figures["plain_value"] else "–"
    left = made.budget - yuan(figures["cost"])
    return [
        figure(_("可用预算"), *amount(made.budget), made.line.name),
        figure(
            _("列入"),
            str(figures["count"]),
            _("个项目"),
            _("共 %(cost)s，余 %(left)s") % {"cost": amount_words(yuan(figures["cost"])), "left": amount_words(left)},
        ),
        figure(
            _("得分合计"),
            points_words(figures["value"]),
            _("分"),
            _("按排序依次列入 %(n)s 分") % {"n": points_words(figures["plain_value"])},
        ),
        figure(_("比按排序多"), share, "%", _("按得分")),
        figure(_("影子价格"), points_words(round(figures["shadow"] * 100 * 10_000, 1)), _("分/万元"), _("再多一万元大约多得的分")),
    ]


@require_POST
@signed_in
def run(request: HttpRequest) -> HttpResponse:
    """Reckon a choice under the chosen budget line."""
    unit, year = unit_of(request), year_of(request)
    if unit is None or not access(request.user).can(CHOOSE, unit.pk):
        raise PermissionDenied(CHOOSE)
    raw: dict[str, Any] = {"unit": unit.pk, "year": year}
    if (line := request.POST.get("line", "")).isdecimal():
        raw["line"] = int(line)
    if budget := request.POST.get("budget", "").replace(",", "").strip():
        raw["budget"] = budget
    _try(request, lambda: actions[CHOOSE].run(request.user, raw))
    return _back(year)


@require_POST
@signed_in
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Pin a project, forbid it, or leave it to the reckoning; the choice is reckoned anew at once."""
    made: Selection = SELECTIONS.get(request.user, pk)
    raw = {"id": pk, "mark": request.POST.get("mark", "")}
    if (project := request.POST.get("project", "")).isdecimal():
        raw["project"] = int(project)

    def marked() -> None:
        with transaction.atomic():
            actions[MARK].run(request.user, raw)
            again = {"unit": made.unit_id, "year": made.year, "line": made.line_id, "budget": made.budget}
            actions[CHOOSE].run(request.user, again)

    _try(request, marked)
    return _back(made.year)


@require_POST
@signed_in
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a choice and draft the request for its budget, or neither."""
    made: Selection = SELECTIONS.get(request.user, pk)
    drafted: list[str] = []

    def accepted() -> None:
        with transaction.atomic():
            actions[ACCEPT].run(request.user, {"id": pk})
            chosen = Project.objects.filter(candidacies__selection=made, candidacies__chosen=True).order_by("pk")
            rows = [{"id": project.pk, "line": made.line_id, "approved": project.estimate} for project in chosen]
            drafted.append(ask(request.user, actions[APPROVE], rows).url)

    _try(request, accepted)
    if drafted:
        messages.success(request, _("已列入年度计划并起草批准申请；提交后预留预算，批准前不得实施。"))
        return redirect(drafted[0])
    return _back(made.year)


def _try(request: HttpRequest, work: Any) -> None:
    """Do something, and say in a sentence why it cannot be done."""
    try:
        work()
    except Refused as refusal:
        messages.warning(request, str(refusal.problems[0].message), extra_tags="doubt")


def _back(year: int) -> HttpResponse:
    answer = redirect("maintenance:choose")
    answer["Location"] += f"?year={year}"
    return answer


@require_GET
@signed_in
def property_services(request: HttpRequest) -> HttpResponse:
    """The price per m² of property services beside what was done and what others pay."""
    if not access(request.user).can(CONTRACTS.view_permission):
        raise PermissionDenied(CONTRACTS.view_permission)
    found = lines(request.user, today(), scope_of(request).path)
    top = max((max(line.price, line.peers or Decimal(0)) for line in found), default=Decimal(1))
    page = {"lines": [(line, round(line.price * 100 / top, 2), round((line.peers or 0) * 100 / top, 2)) for line in found], "on": today()}
    return render(request, "maintenance/property.html", {"page": page, "title": _("物业费对比")})
