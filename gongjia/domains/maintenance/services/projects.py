"""大中修 from the application to the conclusion of the joint review."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.numbering import numbered
from gongjia.core.permissions import grant_to
from gongjia.core.problems import Problem
from gongjia.core.writing import create_rows
from gongjia.domains.maintenance import measuring
from gongjia.domains.maintenance.choices import Opinion, ProjectState
from gongjia.domains.maintenance.models import Item, Project, Review
from gongjia.domains.maintenance.resources import ITEMS, PROJECTS, REVIEWS
from gongjia.domains.maintenance.services.stating import change, keep_to
from gongjia.domains.maintenance.terms import deadline, term
from gongjia.domains.offices.models import Building
from gongjia.org.models import Place, Unit

for role in ("asset_office", "finance_office", "chief"):
    grant_to(role, "maintenance.review_project")
grant_to(
    "asset_office", "maintenance.check_project", "maintenance.return_project", "maintenance.conclude_review", "maintenance.refuse_project"
)
grant_to("requester", "maintenance.apply_project", "maintenance.edit_project", "maintenance.add_item")

PROJECT = _("大中修项目")
MOST = 100


class ApplyProject(Input, of=Project):
    """An application for a large repair."""

    name: str = given(synonyms=("项目名称",))
    unit: Annotated[int, Ref("org.unit")] = given(synonyms=("单位编码", "申报单位"))
    year: int = given(synonyms=("年度", "计划年度"))
    place: Annotated[int, Ref("org.place")] = given(synonyms=("楼栋", "地点"))
    trade: str = given(synonyms=("部位",))
    scale: str = given(synonyms=("维修级别",))
    cause: str = given("ageing", synonyms=("事由",))
    scope: str = given(synonyms=("维修内容",))
    estimate: Decimal = given(synonyms=("估算", "估算金额", "投资估算"))
    area: Decimal | None = given(None)
    extension_area: Decimal = given(Decimal(0))
    original_area: Decimal | None = given(None, help=_("不填则取台账的建筑面积。"))
    built_year: int | None = given(None, help=_("不填则取台账的建成年份。"))
    repaired_on: dt.date | None = given(None)
    energy: Decimal | None = given(None, help=_("没有分项计量的不填；排序时如实标明未知，权重由其余因素分担。"))
    obligatory: bool = given(False, help=_("鉴定为危险、必须办理的项目；无论排序先后都列入。"))
    variant: str = given("", help=_("同一组名的项目互为备选，最多列入一个。"))
    needs: Annotated[int | None, Ref("maintenance.project")] = given(None, help=_("只有这个项目列入或已办，本项目才能列入。"))
    late_reason: str = given("", help=_("过了截止日期的，写明理由；会如实标为逾期申报。"))


class EditProject(Input, of=Project):
    """What was put right in an application."""

    id: Annotated[int, Ref("maintenance.project")] = given(label=PROJECT)
    name: str | None = given(None)
    trade: str | None = given(None)
    scale: str | None = given(None)
    cause: str | None = given(None)
    scope: str | None = given(None)
    estimate: Decimal | None = given(None)
    area: Decimal | None = given(None)
    extension_area: Decimal | None = given(None)
    original_area: Decimal | None = given(None)
    built_year: int | None = given(None)
    repaired_on: dt.date | None = given(None)
    energy: Decimal | None = given(None)
    obligatory: bool | None = given(None)
    variant: str | None = given(None)


class AddItem(Input, of=Item):
    """One line of the estimate."""

    project: Annotated[int, Ref("maintenance.project")] = given(label=PROJECT)
    name: str = given(synonyms=("分项", "分项名称"))
    trade: str = given(synonyms=("部位",))
    amount: Decimal = given(synonyms=("金额",))
    ticket: Annotated[int | None, Ref("maintenance.ticket")] = given(None, help=_("这一项其实是哪张日常工单。"))


class CheckProject(Input):
    """A project whose first review is passed."""

    id: Annotated[int, Ref("maintenance.project")] = given(label=PROJECT)
    note: str = given("", label=_("初审意见"))


class TurnProject(Input):
    """A project that goes back or is not taken."""

    id: Annotated[int, Ref("maintenance.project")] = given(label=PROJECT)
    note: str = given(label=_("理由"))


class ReviewProject(Input, of=Review):
    """What one member of the joint review says."""

    id: Annotated[int, Ref("maintenance.project")] = given(label=PROJECT)
    opinion: str = given()
    damage: int = given(label=_("损坏程度（0–100）"))
    safety: int = given(label=_("安全风险（0–100）"))
    note: str = given("")


class ConcludeReview(Input):
    """A joint review that has heard enough."""

    id: Annotated[int, Ref("maintenance.project")] = given(label=PROJECT)


def measure(context: Context, project: Project) -> None:
    """Work out what the flags of a project and of those beside it are judged by."""
    changes: dict[int, dict[str, Any]] = {project.pk: measuring.own_measures(project)}
    for pk, more in measuring.beside(project).items():
        changes[pk] = {**changes.get(pk, {}), **more}
    for pk, fields in changes.items():
        change(context, PROJECTS, pk, **fields)


def _projects(ids: Sequence[int]) -> dict[int, Project]:
    return Project.objects.select_related("unit", "place", "building").in_bulk(list(ids))


@action("maintenance.apply_project", label=_("申报大中修"), subject="maintenance.project", unit="unit")
def apply_projects(context: Context, rows: Sequence[ApplyProject]) -> list[int]:
    """Register applications with the deadline that holds for the unit, and measure them against what is there."""
    units = Unit.objects.in_bulk({row.unit for row in rows})
    places = Place.objects.in_bulk({row.place for row in rows})
    homes = [measuring.building_of(places[row.place]) for row in rows]
    built = dict(Building.objects.filter(pk__in={home.pk for home in homes}).values_list("pk", "built_year"))
    ids = create_rows(
        context, PROJECTS, rows, number=numbered("DX", context.on.year, len(rows)), building_id=[home.pk for home in homes],
        applied_on=context.on, deadline=[deadline(units[row.unit], row.year, context.on) for row in rows],
        built_year=[row.built_year or built.get(home.pk) for row, home in zip(rows, homes, strict=True)],
        original_area=[row.original_area or home.floor_area for row, home in zip(rows, homes, strict=True)], **context.provenance(),
    )  # fmt: skip
    for project in _projects(ids).values():
        measure(context, project)
    return ids


@action("maintenance.edit_project", label=_("补正申报"), subject="maintenance.project")
def edit_projects(context: Context, rows: Sequence[EditProject]) -> list[int]:
    """Change applications, which stand for review again."""
    for row in rows:
        given_fields = {name: getattr(row, name) for name in row.model_fields_set - {"id"}}
        change(context, PROJECTS, row.id, **given_fields, state=ProjectState.APPLIED.value)
    for project in _projects([row.id for row in rows]).values():
        measure(context, project)
    return [row.id for row in rows]


@action("maintenance.add_item", label=_("添加估算分项"), subject="maintenance.item", unit="project")
def add_items(context: Context, rows: Sequence[AddItem]) -> list[int]:
    """Enter lines of estimates."""
    projects = _projects([row.project for row in rows])
    owners = [projects[row.project].unit_id for row in rows]
    ids = create_rows(context, ITEMS, rows, owners, unit_id=owners, **context.provenance())
    for project in projects.values():
        measure(context, project)
    return ids


@action("maintenance.check_project", label=_("初审通过"), subject="maintenance.project")
def check_projects(context: Context, rows: Sequence[CheckProject]) -> list[int]:
    """Let applications through to the joint review."""
    return _turn(context, rows, ProjectState.CHECKED)


@action("maintenance.return_project", label=_("退回补正"), subject="maintenance.project")
def return_projects(context: Context, rows: Sequence[TurnProject]) -> list[int]:
    """Send applications back to be put right."""
    return _turn(context, rows, ProjectState.RETURNED)


@action("maintenance.refuse_project", label=_("不予列入"), subject="maintenance.project", danger=True)
def refuse_projects(context: Context, rows: Sequence[TurnProject]) -> list[int]:
    """Turn applications down; what stood beside them is measured anew."""
    ids = _turn(context, rows, ProjectState.REFUSED)
    for project in _projects(ids).values():
        measure(context, project)
    return ids


def _turn(context: Context, rows: Sequence[Any], state: ProjectState) -> list[int]:
    for row in rows:
        change(context, PROJECTS, row.id, state=state.value, state_note=row.note)
    return [row.id for row in rows]


@action("maintenance.review_project", label=_("会审评分"), subject="maintenance.project")
def review_projects(context: Context, rows: Sequence[ReviewProject]) -> list[int]:
    """Enter the opinions of members; a later one of the same member stands instead of the earlier."""
    owners = dict(Project.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "unit_id"))
    for row in rows:
        for former in Review.objects.live().filter(project=row.id, reviewer=context.actor_id):
            change(context, REVIEWS, former.pk, closed_on=context.on, close_reason=_now("评审人改了意见"))
    units, projects = [owners[row.id] for row in rows], [row.id for row in rows]
    create_rows(context, REVIEWS, rows, units, project_id=projects, unit_id=units, reviewer_id=context.actor_id, reviewed_on=context.on)
    return projects


@action("maintenance.conclude_review", label=_("会审结论"), subject="maintenance.project")
def conclude_reviews(context: Context, rows: Sequence[ConcludeReview]) -> list[int]:
    """Draw the conclusion of joint reviews: by the majority; damage and safety are the means of the members' marks."""
    for row in rows:
        said = list(Review.objects.live().filter(project=row.id))
        votes = Counter(one.opinion for one in said)
        half = len(said) / 2
        state = ProjectState.JOINT if votes[Opinion.AGREE] > half else ProjectState.RETURNED
        state = ProjectState.REFUSED if votes[Opinion.REFUSE] > half else state
        means = {name: round(sum(getattr(one, name) for one in said) / len(said)) for name in ("damage", "safety")}
        note = _now("会审 %(all)s 人，同意 %(agree)s 人") % {"all": len(said), "agree": votes[Opinion.AGREE]}
        change(context, PROJECTS, row.id, state=state.value, state_note=note, **means)
    return [row.id for row in rows]


keep_to(edit_projects, PROJECTS, ProjectState.APPLIED, ProjectState.RETURNED)
keep_to(check_projects, PROJECTS, ProjectState.APPLIED)
keep_to(return_projects, PROJECTS, ProjectState.APPLIED, ProjectState.CHECKED)
keep_to(review_projects, PROJECTS, ProjectState.CHECKED)
keep_to(conclude_reviews, PROJECTS, ProjectState.CHECKED)
keep_to(refuse_projects, PROJECTS, ProjectState.APPLIED, ProjectState.CHECKED, ProjectState.JOINT)


@apply_projects.check
def not_late_without_reason(context: Context, rows: Sequence[ApplyProject]) -> list[Problem]:
    """Refuse what comes after the deadline without a reason; what is obligatory may come at any time."""
    units = Unit.objects.in_bulk({row.unit for row in rows})
    text = _now("%(year)s 年度的申报已于 %(day)s 截止；确需逾期申报的，写明理由。")
    problems = []
    for index, row in enumerate(rows):
        if not 2000 <= row.year <= 2100:
            problems.append(Problem("bad_year", _now("“%(year)s”不是年度。") % {"year": row.year}, "year", index, value=row.year))
            continue
        last = deadline(units[row.unit], row.year, context.on)
        if context.on > last and not row.late_reason and not row.obligatory:
            problems.append(Problem("late", text % {"year": row.year, "day": last.isoformat()}, "late_reason", index))
    return problems


@apply_projects.check
@edit_projects.check
@add_items.check
def sums_make_sense(context: Context, rows: Sequence[Any]) -> list[Problem]:
    """Refuse estimates and areas of nothing or less."""
    problems = []
    for index, row in enumerate(rows):
        for name in ("estimate", "amount", "area"):
            value = getattr(row, name, None)
            if value is not None and value <= 0:
                problems.append(Problem("not_positive", _now("应大于 0。"), name, index, value=value))
        if (getattr(row, "extension_area", None) or 0) < 0:
            problems.append(Problem("negative", _now("不能小于 0。"), "extension_area", index))
    return problems


@review_projects.check
def marks_are_marks(context: Context, rows: Sequence[ReviewProject]) -> list[Problem]:
    """Refuse marks outside 0 to 100."""
    text = _now("评分在 0 到 100 之间。")
    marks = [(index, name, getattr(row, name)) for index, row in enumerate(rows) for name in ("damage", "safety")]
    return [Problem("bad_mark", text, name, index, value=value) for index, name, value in marks if not 0 <= value <= MOST]


@conclude_reviews.check
def enough_were_heard(context: Context, rows: Sequence[ConcludeReview]) -> list[Problem]:
    """Refuse a conclusion before as many members have spoken as the parameter asks."""
    heard = Counter(Review.objects.live().filter(project__in=[row.id for row in rows]).values_list("project", flat=True))
    text = _now("会审至少 %(least)s 人，现有 %(heard)s 人。")
    problems = []
    for index, row in enumerate(rows):
        least = int(term(Project.objects.select_related("unit").get(pk=row.id).unit, "quorum", context.on))
        if heard[row.id] < max(1, least):
            problems.append(Problem("too_few", text % {"least": least, "heard": heard[row.id]}, "id", index))
    return problems
