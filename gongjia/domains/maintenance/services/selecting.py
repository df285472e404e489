"""The year's choice: reckoned, pinned, reckoned again, accepted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.permissions import grant_to
from gongjia.core.problems import Problem
from gongjia.core.writing import create_rows
from gongjia.domains.costs.models import BudgetLine
from gongjia.domains.maintenance.choices import Mark, ProjectState, SelectionState
from gongjia.domains.maintenance.choosing import free_of, solve
from gongjia.domains.maintenance.models import Candidate, Selection
from gongjia.domains.maintenance.resources import PROJECTS, SELECTIONS
from gongjia.domains.maintenance.services.stating import change, keep_to
from gongjia.org.models import Unit

for role in ("asset_office", "chief"):
    grant_to(role, "maintenance.choose_projects", "maintenance.mark_candidate", "maintenance.accept_selection")


class ChooseProjects(Input, of=Selection):
    """A budget and the year whose projects it is to pay."""

    unit: Annotated[int, Ref("org.unit")] = given(label=_("单位"), help=_("在这个单位及其下级的项目中选。"))
    year: int = given()
    line: Annotated[int, Ref("costs.budgetline")] = given(label=_("预算指标"))
    budget: Decimal | None = given(None, help=_("不填则用预算指标未使用、未预留的数。"))


class MarkCandidate(Input, of=Candidate):
    """What a person says of one project of a choice."""

    id: Annotated[int, Ref("maintenance.selection")] = given(label=_("年度项目遴选"))
    project: Annotated[int, Ref("maintenance.project")] = given(label=_("大中修项目"))
    mark: str = given(label=_("标记"))


class AcceptSelection(Input):
    """A choice that is to hold."""

    id: Annotated[int, Ref("maintenance.selection")] = given(label=_("年度项目遴选"))


@action("maintenance.choose_projects", label=_("遴选年度项目"), subject="maintenance.selection", unit="unit")
def choose_projects(context: Context, rows: Sequence[ChooseProjects]) -> list[int]:
    """Choose projects under budgets; what was pinned and forbidden in the last choice of the unit and year stays so."""
    return [_choose(context, row) for row in rows]


def _choose(context: Context, row: ChooseProjects) -> int:
    unit, line = Unit.objects.get(pk=row.unit), BudgetLine.objects.get(pk=row.line)
    budget = free_of(line) if row.budget is None else row.budget
    solved = solve(unit, row.year, budget)
    made = create_rows(
        context, SELECTIONS, [row], budget=[budget], figures=solved.figures, made_at=context.now, made_by_id=context.actor_id
    )  # fmt: skip
    columns = {name: [one[name] for one in solved.rows] for name in ("project_id", "points", "price", "mark", "chosen", "ranked")}
    bulk.insert(Candidate, len(solved.rows), selection_id=made[0], **columns)
    return made[0]


@action("maintenance.mark_candidate", label=_("固定或排除项目"), subject="maintenance.selection")
def mark_candidates(context: Context, rows: Sequence[MarkCandidate]) -> list[int]:
    """Pin projects, forbid them, or leave them to the reckoning; the next choice keeps to it."""
    for row in rows:
        candidate = Candidate.objects.select_related("selection").get(selection=row.id, project=row.project)
        before, candidate.mark = candidate.mark, row.mark
        candidate.save(update_fields=["mark"])
        unit = candidate.selection.unit_id
        context.record(SELECTIONS.key, row.id, unit, {"mark": before}, {"mark": row.mark, "project_id": row.project})
    return [row.id for row in rows]


@action("maintenance.accept_selection", label=_("采纳遴选"), subject="maintenance.selection")
def accept_selections(context: Context, rows: Sequence[AcceptSelection]) -> list[int]:
    """Take the chosen projects into the year's plan; their budget is asked for by a request."""
    for row in rows:
        change(context, SELECTIONS, row.id, state=SelectionState.ACCEPTED.value)
        for candidate in Candidate.objects.filter(selection=row.id, chosen=True).order_by("pk"):
            change(context, PROJECTS, candidate.project_id, state=ProjectState.CHOSEN.value)
    return [row.id for row in rows]


keep_to(mark_candidates, SELECTIONS, SelectionState.PROPOSED)
keep_to(accept_selections, SELECTIONS, SelectionState.PROPOSED)


@choose_projects.check
def budget_is_there(context: Context, rows: Sequence[ChooseProjects]) -> list[Problem]:
    """Refuse a line of another year, and more than it has left."""
    problems = []
    for index, row in enumerate(rows):
        line = BudgetLine.objects.get(pk=row.line)
        if line.year != row.year:
            problems.append(Problem("other_year", _now("预算指标不是计划年度的。"), "line", index))
        elif row.budget is not None and not 0 <= row.budget <= free_of(line):
            text = _now("预算指标可用 %(free)s 元。")
            problems.append(Problem("over_budget", text % {"free": f"{free_of(line):,.2f}"}, "budget", index, value=row.budget))
    return problems


@mark_candidates.check
def project_was_considered(context: Context, rows: Sequence[MarkCandidate]) -> list[Problem]:
    """Refuse a mark on what is not in the choice, and one that is none."""
    known = set(Candidate.objects.filter(selection__in=[row.id for row in rows]).values_list("selection", "project"))
    problems = [
        Problem("not_considered", _now("这个项目不在遴选范围内。"), "project", index)
        for index, row in enumerate(rows)
        if (row.id, row.project) not in known
    ]
    wrong = [index for index, row in enumerate(rows) if row.mark not in Mark.values]
    return problems + [Problem("bad_mark", _now("没有这种标记。"), "mark", index) for index in wrong]


@accept_selections.check
def projects_stand_where_they_stood(context: Context, rows: Sequence[AcceptSelection]) -> list[Problem]:
    """Refuse a choice whose projects have moved on since, or that people marked after it was reckoned."""
    problems = []
    for index, row in enumerate(rows):
        chosen = Candidate.objects.filter(selection=row.id, chosen=True)
        if chosen.exclude(project__state=ProjectState.JOINT).exists():
            problems.append(Problem("moved_on", _now("有项目的状态已经变了，请重新计算。"), "id", index))
        stale = chosen.filter(mark=Mark.FORBIDDEN) | Candidate.objects.filter(selection=row.id, chosen=False, mark=Mark.PINNED)
        if stale.exists():
            problems.append(Problem("marked_since", _now("标记改过之后还没有重新计算。"), "id", index))
        if not chosen.exists():
            problems.append(Problem("nothing", _now("没有项目列入，不用采纳。"), "id", index))
    return problems
