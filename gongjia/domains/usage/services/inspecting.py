"""巡检: walked room by room, what is wrong is written down with a day, mended, and looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.numbering import numbered
from gongjia.core.problems import Problem
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.usage.choices import InspectionState, IssueState, Seen
from gongjia.domains.usage.evidence import hang, unknown_file
from gongjia.domains.usage.models import InspectedRoom, Inspection, Issue
from gongjia.domains.usage.resources import INSPECTED, INSPECTIONS, ISSUES
from gongjia.domains.usage.services.certifying import rooms_of
from gongjia.org.models import Unit


class OpenInspection(Input, of=Inspection):
    """An inspection of all rooms of a unit, or those in one building."""

    title: str = given()
    unit: Annotated[int, Ref("org.unit")] = given()
    building: Annotated[int | None, Ref("offices.building")] = given(None)
    due_on: dt.date = given()


class InspectionOf(Input):
    """An inspection."""

    id: Annotated[int, Ref("usage.inspection")] = given(label=_("巡检"))


class PassRoom(Input):
    """A room of an inspection that is in order."""

    id: Annotated[int, Ref("usage.inspectedroom")] = given(label=_("巡检房间"))


class RaiseIssue(Input, of=Issue):
    """What is wrong with a room of an inspection, and until when it must be mended."""

    id: Annotated[int, Ref("usage.inspectedroom")] = given(label=_("巡检房间"))
    kind: str = given()
    description: str = given()
    due_on: dt.date = given()
    photo: str | None = given(None, label=_("照片"), help=_("已上传文件的 SHA-256；页面上直接拍照或选择文件即可。"))


@action("usage.open_inspection", label=_("开始巡检"), subject="usage.inspection", unit="unit")
def open_inspections(context: Context, rows: Sequence[OpenInspection]) -> list[int]:
    """Open inspections with a line for every room."""
    units = Unit.objects.in_bulk([row.unit for row in rows])
    ids = create_rows(context, INSPECTIONS, rows, number=numbered("XJ", context.on.year, len(rows)), opened_on=context.on)
    for pk, row in zip(ids, rows, strict=True):
        rooms = list(rooms_of(units[row.unit], row.building).values_list("pk", "place__unit"))
        bulk.insert(
            InspectedRoom, len(rooms), inspection_id=pk, room_id=[room for room, _unit in rooms], unit_id=[unit for _room, unit in rooms]
        )
    return ids


@open_inspections.check
def there_is_something_to_see(context: Context, rows: Sequence[OpenInspection]) -> list[Problem]:
    """Refuse an inspection of no rooms, and one that ends before it begins."""
    units = Unit.objects.in_bulk([row.unit for row in rows])
    problems = [Problem("dates", _now("截止日期已经过去。"), "due_on", i) for i, row in enumerate(rows) if row.due_on < context.on]
    empty = [index for index, row in enumerate(rows) if not rooms_of(units[row.unit], row.building).exists()]
    return problems + [Problem("no_rooms", _now("这个范围里没有登记房间。"), "unit", index) for index in empty]


@action("usage.pass_room", label=_("记为正常"), subject="usage.inspectedroom")
def pass_rooms(context: Context, rows: Sequence[PassRoom]) -> list[int]:
    """Record rooms that are in order."""
    return _see(context, [row.id for row in rows], Seen.GOOD)


def _see(context: Context, ids: Sequence[int], seen: Seen) -> list[int]:
    now = [_Looked(id=pk, seen=seen.value, seen_on=context.on, inspector=context.actor_id) for pk in ids]
    change_rows(context, INSPECTED, now)
    return list(ids)


class _Looked(Input, of=InspectedRoom):
    id: int
    seen: str
    seen_on: dt.date
    inspector: int | None


@action("usage.raise_issue", label=_("登记问题"), subject="usage.inspectedroom")
def raise_issues(context: Context, rows: Sequence[RaiseIssue]) -> list[int]:
    """Write down what is wrong with rooms, and return the issues."""
    lines = InspectedRoom.objects.in_bulk([row.id for row in rows])
    units = [lines[row.id].unit_id for row in rows]
    ids = create_rows(
        context, ISSUES, rows, units, number=numbered("WT", context.on.year, len(rows)), line_id=[row.id for row in rows],
        unit_id=units, room_id=[lines[row.id].room_id for row in rows], found_on=context.on,
    )  # fmt: skip
    _see(context, sorted({row.id for row in rows}), Seen.ISSUE)
    for pk, row in zip(ids, rows, strict=True):
        hang(context, ISSUES.key, pk, row.photo, _now("巡检照片"))
    return ids


@pass_rooms.check
@raise_issues.check
def inspection_goes_on(context: Context, rows: Sequence[PassRoom | RaiseIssue]) -> list[Problem]:
    """Refuse a room of an inspection that has ended."""
    ended = InspectedRoom.objects.filter(pk__in=[row.id for row in rows]).exclude(inspection__state=InspectionState.OPEN)
    gone = set(ended.values_list("pk", flat=True))
    return [Problem("ended", _now("这次巡检已经办结。"), "id", index) for index, row in enumerate(rows) if row.id in gone]


@pass_rooms.check
def nothing_is_open(context: Context, rows: Sequence[PassRoom]) -> list[Problem]:
    """Refuse to call a room in order that has an open issue of this inspection."""
    open_ = Issue.objects.live().filter(line__in=[row.id for row in rows]).exclude(state=IssueState.CLOSED)
    lines = set(open_.values_list("line", flat=True))
    text = _now("这间房有问题还没有复查通过。")
    return [Problem("open_issue", text, "id", index) for index, row in enumerate(rows) if row.id in lines]


@raise_issues.check
def issue_has_time(context: Context, rows: Sequence[RaiseIssue]) -> list[Problem]:
    """Refuse a deadline that has passed, and an unknown photo."""
    late = [Problem("dates", _now("整改期限已经过去。"), "due_on", i) for i, row in enumerate(rows) if row.due_on < context.on]
    return late + [problem for index, row in enumerate(rows) for problem in unknown_file(row.photo, "photo", index)]


class MendIssue(Input, of=Issue):
    """What was done about an issue."""

    id: Annotated[int, Ref("usage.issue")] = given(label=_("巡检问题"))
    measure: str = given()
    mended_on: dt.date = given()
    photo: str | None = given(None, label=_("整改照片"), help=_("已上传文件的 SHA-256；页面上直接拍照或选择文件即可。"))


class LookAgain(Input, of=Issue):
    """What somebody saw who looked again."""

    id: Annotated[int, Ref("usage.issue")] = given(label=_("巡检问题"))
    mended: bool = given(label=_("已整改到位"))
    remark: str = given("")
    due_on: dt.date | None = given(None, label=_("新的整改期限"), help=_("没有整改到位时填写。"))


@action("usage.mend_issue", label=_("登记整改"), subject="usage.issue")
def mend_issues(context: Context, rows: Sequence[MendIssue]) -> list[int]:
    """Record what was done; somebody has to look again."""
    done = [_Mended(id=row.id, measure=row.measure, mended_on=row.mended_on, state=IssueState.MENDED.value) for row in rows]
    change_rows(context, ISSUES, done)
    for row in rows:
        hang(context, ISSUES.key, row.id, row.photo, _now("整改照片"))
    return [row.id for row in rows]


class _Mended(Input, of=Issue):
    id: int
    measure: str
    mended_on: dt.date
    state: str


@action("usage.look_again", label=_("复查"), subject="usage.issue")
def look_again(context: Context, rows: Sequence[LookAgain]) -> list[int]:
    """Close issues that are mended; others are open again until a new day."""
    change_rows(context, ISSUES, [_looked(context, row) for row in rows])
    return [row.id for row in rows]


class _LookedAgain(Input, of=Issue):
    id: int
    state: str
    remark: str
    looked_on: dt.date
    due_on: dt.date | None = None


def _looked(context: Context, row: LookAgain) -> _LookedAgain:
    state = IssueState.CLOSED if row.mended else IssueState.OPEN
    later = {} if row.mended else {"due_on": row.due_on}
    return _LookedAgain(id=row.id, state=state.value, remark=row.remark, looked_on=context.on, **later)


mend_issues.when(lambda issue: issue.state == IssueState.OPEN)
look_again.when(lambda issue: issue.state == IssueState.MENDED)


@mend_issues.check
def mending_makes_sense(context: Context, rows: Sequence[MendIssue]) -> list[Problem]:
    """Refuse what is not open, a day to come or before the finding, and an unknown photo."""
    kept = Issue.objects.in_bulk([row.id for row in rows])
    problems = []
    for index, row in enumerate(rows):
        if kept[row.id].state != IssueState.OPEN:
            problems.append(Problem("not_open", _now("这个问题不在待整改状态。"), "id", index))
        if not kept[row.id].found_on <= row.mended_on <= context.on:
            problems.append(Problem("dates", _now("整改日期要在发现之后、今天之前。"), "mended_on", index))
        problems += unknown_file(row.photo, "photo", index)
    return problems


@look_again.check
def looking_makes_sense(context: Context, rows: Sequence[LookAgain]) -> list[Problem]:
    """Refuse what nobody has mended, and an issue that stands without a new day."""
    kept = Issue.objects.in_bulk([row.id for row in rows])
    problems = []
    for index, row in enumerate(rows):
        if kept[row.id].state != IssueState.MENDED:
            problems.append(Problem("not_mended", _now("还没有登记整改，不能复查。"), "id", index))
        if not row.mended and (row.due_on is None or row.due_on < context.on):
            problems.append(Problem("dates", _now("没有整改到位的，写明新的整改期限。"), "due_on", index))
    return problems


@action("usage.close_inspection", label=_("办结巡检"), subject="usage.inspection")
def close_inspections(context: Context, rows: Sequence[InspectionOf]) -> list[int]:
    """Close inspections of which every room was seen and every issue is closed."""
    change_rows(context, INSPECTIONS, [_Ended(id=row.id, state=InspectionState.CLOSED.value, ended_on=context.on) for row in rows])
    return [row.id for row in rows]


class _Ended(Input, of=Inspection):
    id: int
    state: str
    ended_on: dt.date


close_inspections.when(lambda made: made.state == InspectionState.OPEN)


@close_inspections.check
def everything_is_done(context: Context, rows: Sequence[InspectionOf]) -> list[Problem]:
    """Refuse to close with rooms unseen or issues open, and what is closed."""
    problems = []
    for index, row in enumerate(rows):
        unseen = InspectedRoom.objects.filter(inspection=row.id, seen=Seen.PENDING).count()
        issues = Issue.objects.live().filter(line__inspection=row.id).exclude(state=IssueState.CLOSED).count()
        if Inspection.objects.filter(pk=row.id, state=InspectionState.CLOSED).exists():
            problems.append(Problem("ended", _now("这次巡检已经办结。"), "id", index))
        elif unseen or issues:
            text = _now("还有 %(rooms)s 间没有查，%(issues)s 个问题没有复查通过。") % {"rooms": unseen, "issues": issues}
            problems.append(Problem("unfinished", text, "id", index))
    return problems
