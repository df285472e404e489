"""大中修 after the choice: approved under the budget, carried out, settled. Nothing is paid or begun before the approval (OF-30)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.reservations import Claim
from gongjia.core.terms import declare_measure
from gongjia.domains.costs.models import BudgetLine
from gongjia.domains.costs.services import move
from gongjia.domains.maintenance.choices import ProjectState
from gongjia.domains.maintenance.models import Project
from gongjia.domains.maintenance.resources import PROJECTS
from gongjia.domains.maintenance.services.projects import PROJECT
from gongjia.domains.maintenance.services.stating import change, keep_to


class ApproveProject(Input, of=Project):
    """A chosen project and the budget that pays it."""

    id: Annotated[int, Ref("maintenance.project")] = given(label=PROJECT)
    line: Annotated[int, Ref("costs.budgetline")] = given(label=_("预算指标"))
    approved: Decimal = given(label=_("申请预算"))


class StartProject(Input, of=Project):
    """Who builds, under which contract, since when."""

    id: Annotated[int, Ref("maintenance.project")] = given(label=PROJECT)
    contractor: str = given(label=_("施工单位"))
    contract: str = given("")
    started_on: dt.date = given(label=_("开工日期"))


class CompleteProject(Input, of=Project):
    """A project that is built and accepted."""

    id: Annotated[int, Ref("maintenance.project")] = given(label=PROJECT)
    built_on: dt.date = given(label=_("竣工日期"))


class SettleProject(Input, of=Project):
    """The final account of a project."""

    id: Annotated[int, Ref("maintenance.project")] = given(label=PROJECT)
    final: Decimal = given(label=_("决算金额"))
    settled_on: dt.date = given(label=_("决算日期"))


def claims_of(context: Context, rows: Sequence[ApproveProject]) -> list[Claim]:
    """Reserve the sums of the budget lines, and the projects themselves."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[row.line] += row.approved
    lines = BudgetLine.objects.in_bulk(list(sums))
    held = [Claim("costs.budgetline", pk, total, lines[pk].unused, lines[pk].name) for pk, total in sums.items()]
    return [*held, *(Claim(PROJECTS.key, row.id) for row in rows)]


@action(
    "maintenance.approve_project",
    label=_("批准大中修"),
    subject="maintenance.project",
    by_request=True,
    claims=claims_of,
    help=_("未经审批不得安排预算、不得实施。提交时即预留预算指标，批准后列支。"),
)
def approve_projects(context: Context, rows: Sequence[ApproveProject]) -> list[int]:
    """Commit the budget of projects and let them begin."""
    numbers = dict(Project.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "number"))
    for row in rows:
        move(context, row.line, row.approved, numbers[row.id], _now("大中修项目批准"))
        granted: dict[str, Any] = {"line": row.line, "approved": row.approved, "request_key": context.request_key}
        change(context, PROJECTS, row.id, state=ProjectState.APPROVED.value, **granted)
    return [row.id for row in rows]


@action("maintenance.start_project", label=_("登记开工"), subject="maintenance.project")
def start_projects(context: Context, rows: Sequence[StartProject]) -> list[int]:
    """Let approved projects begin."""
    for row in rows:
        begun = {"contractor": row.contractor, "contract": row.contract, "started_on": row.started_on}
        change(context, PROJECTS, row.id, state=ProjectState.DOING.value, **begun)
    return [row.id for row in rows]


@action("maintenance.complete_project", label=_("登记竣工"), subject="maintenance.project")
def complete_projects(context: Context, rows: Sequence[CompleteProject]) -> list[int]:
    """Enter that projects are built."""
    for row in rows:
        change(context, PROJECTS, row.id, state=ProjectState.BUILT.value, built_on=row.built_on)
    return [row.id for row in rows]


@action("maintenance.settle_project", label=_("登记决算"), subject="maintenance.project")
def settle_projects(context: Context, rows: Sequence[SettleProject]) -> list[int]:
    """Enter final accounts; what was not needed goes back to the budget line, an over-run takes nothing without its own approval."""
    projects = Project.objects.in_bulk([row.id for row in rows])
    for row in rows:
        project = projects[row.id]
        saved = (project.approved or Decimal(0)) - row.final
        if saved > 0 and project.line_id:
            move(context, project.line_id, -saved, project.number, _now("大中修决算结余"))
        change(context, PROJECTS, row.id, state=ProjectState.SETTLED.value, final=row.final, settled_on=row.settled_on)
    return [row.id for row in rows]


keep_to(approve_projects, PROJECTS, ProjectState.CHOSEN)
keep_to(start_projects, PROJECTS, ProjectState.APPROVED)
keep_to(complete_projects, PROJECTS, ProjectState.DOING)
keep_to(settle_projects, PROJECTS, ProjectState.BUILT)


@approve_projects.check
def line_pays(context: Context, rows: Sequence[ApproveProject]) -> list[Problem]:
    """Refuse sums of nothing, lines of another year, and more than a line has left."""
    lines = BudgetLine.objects.in_bulk({row.line for row in rows})
    years = dict(Project.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "year"))
    left = {pk: line.unused for pk, line in lines.items()}
    problems = []
    for index, row in enumerate(rows):
        left[row.line] -= row.approved
        if row.approved <= 0:
            problems.append(Problem("not_positive", _now("应大于 0。"), "approved", index))
        elif lines[row.line].year != years[row.id]:
            problems.append(Problem("other_year", _now("预算指标不是项目的计划年度。"), "line", index))
        elif left[row.line] < 0:
            problems.append(Problem("over_budget", _now("预算指标剩余不足。"), "approved", index))
    return problems


@start_projects.check
@complete_projects.check
@settle_projects.check
def days_in_order(context: Context, rows: Sequence[Any]) -> list[Problem]:
    """Refuse days to come, an end before the beginning, and a final account below nothing."""
    projects = Project.objects.in_bulk([row.id for row in rows])
    problems = []
    for index, row in enumerate(rows):
        for name, after in (("started_on", "applied_on"), ("built_on", "started_on"), ("settled_on", "built_on")):
            day, first = getattr(row, name, None), getattr(projects[row.id], after)
            if day and (day > context.on or (first and day < first)):
                problems.append(Problem("bad_day", _now("日期在今天之后，或早于前一步。"), name, index, value=day))
        if getattr(row, "final", Decimal(0)) < 0:
            problems.append(Problem("negative", _now("决算金额不能小于 0。"), "final", index))
    return problems


def total_of(context: Context, rows: Sequence[ApproveProject]) -> Decimal:
    """Return what a request for approval costs together."""
    return sum((row.approved for row in rows), Decimal(0))


declare_measure("total", _("金额"), ("maintenance.approve_project",), total_of)
