"""From the books to the choice and back: reviewed projects become candidates of a budget."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now

from gongjia.core.money import cents, yuan
from gongjia.core.problems import Problem, Refused
from gongjia.core.reservations import live
from gongjia.domains.costs.models import BudgetLine
from gongjia.domains.maintenance.choices import Mark, ProjectState
from gongjia.domains.maintenance.models import Candidate, Project, Selection
from gongjia.domains.maintenance.ranking import priorities
from gongjia.domains.maintenance.rules import knapsack
from gongjia.org.models import Unit

DECIDED = (ProjectState.CHOSEN, ProjectState.APPROVED, ProjectState.DOING, ProjectState.BUILT, ProjectState.SETTLED)


@dataclass(frozen=True)
class Solved:
    """A choice as it is kept: the figures, and for each project its points, price, mark, and whether it is in."""

    figures: dict[str, Any]
    rows: list[dict[str, Any]]


def free_of(line: BudgetLine) -> Decimal:
    """Return what a budget line has left beside what requests have reserved."""
    held = sum((one.amount or Decimal(0) for one in live("costs.budgetline", [line.pk])), Decimal(0))
    return max(Decimal(0), line.unused - held)


def candidates_of(unit: Unit, year: int) -> list[Project]:
    """Return the projects of a subtree and year that the joint review let through."""
    rows = Project.objects.live().filter(unit__path__startswith=unit.path, year=year, state=ProjectState.JOINT)
    return list(rows.select_related("unit", "place", "needs").order_by("pk"))


def marks_of(unit: Unit, year: int) -> dict[int, str]:
    """Return what people said of the projects in the last choice."""
    last = Selection.objects.live().filter(unit=unit, year=year).order_by("-pk").first()
    rows = Candidate.objects.filter(selection=last).exclude(mark=Mark.FREE) if last else Candidate.objects.none()
    return dict(rows.values_list("project", "mark"))


def solve(unit: Unit, year: int, budget: Decimal) -> Solved:
    """Choose under a budget by the exact method, and by plain ranking beside it; raises Refused where nothing can be chosen."""
    projects, marks = candidates_of(unit, year), marks_of(unit, year)
    points = {pk: int(found.points * 100) for pk, found in priorities(projects, unit).items()}
    cases = [_case(project, points[project.pk]) for project in projects]
    known = {project.pk for project in projects}
    pins, forbids = ({pk for pk, mark in marks.items() if mark == wanted and pk in known} for wanted in (Mark.PINNED, Mark.FORBIDDEN))
    answer = _chosen(cases, cents(budget), pins, forbids)
    plain = knapsack.by_rank(cases, cents(budget), pins, forbids)
    rows = [
        {"project_id": one.pk, "points": points[one.pk], "price": one.estimate, "mark": marks.get(one.pk, Mark.FREE.value)}
        | {"chosen": one.pk in answer.best.keys, "ranked": one.pk in plain.keys}
        for one in projects
    ]
    return Solved(_figures(answer, plain), rows)


def _case(project: Project, points: int) -> knapsack.Candidate:
    needs = project.needs_id if project.needs is not None and project.needs.state not in DECIDED else None
    return knapsack.Candidate(project.pk, cents(project.estimate), points, project.variant, needs, project.obligatory)


def _chosen(cases: list[knapsack.Candidate], budget: int, pins: set[int], forbids: set[int]) -> knapsack.Answer:
    try:
        return knapsack.choose(cases, budget, pins, forbids)
    except knapsack.Unaffordable as short:
        text = _now("安全必办和固定列入的项目合计 %(least)s 元，超过预算。")
        problem = Problem("unaffordable", text % {"least": f"{yuan(short.least):,.2f}"}, "budget")
    except knapsack.Contradiction:
        problem = Problem("contradiction", _now("必办、固定、禁止和备选之间有矛盾：不能同时满足。"), "budget")
    except knapsack.TooTangled:
        problem = Problem("too_tangled", _now("互为备选或先行的项目过多，请拆分备选方案组。"), "budget")
    raise Refused([problem])


def _figures(answer: knapsack.Answer, plain: knapsack.Choice) -> dict[str, Any]:
    """Return the figures of a choice as they are kept: money in 分, points in hundredths."""
    return {
        "value": answer.best.value,
        "cost": answer.best.cost,
        "count": len(answer.best.keys),
        "bound": answer.bound,
        "gap": answer.gap,
        "shadow": answer.shadow,
        "plain_value": plain.value,
        "plain_cost": plain.cost,
        "plain_count": len(plain.keys),
        "more": [_told(change) for change in answer.more],
        "less": [_told(change) for change in answer.less],
    }


def _told(change: knapsack.Change) -> dict[str, Any]:
    return {"by": change.by, "value": change.value, "comes": sorted(change.comes), "goes": sorted(change.goes)}
