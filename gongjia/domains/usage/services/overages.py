"""结构性超面积: registered on the excuse of its finding, with evidence and an end, and looked at again by a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.numbering import numbered
from gongjia.core.problems import Problem
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.usage.choices import ReviewResult
from gongjia.domains.usage.evidence import missing_file
from gongjia.domains.usage.models import Overage
from gongjia.domains.usage.resources import OVERAGES
from gongjia.standards.choices import FindingState
from gongjia.standards.models import Finding
from gongjia.standards.services import EndExcuse, ExcuseFinding, end_excuses, excuse_findings

CHECK = "offices.room_over_entitlement"


class RegisterOverage(Input, of=Overage):
    """A room over its ceiling that its structure keeps from being divided."""

    finding: Annotated[int, Ref("standards.finding")] = given(label=_("核查发现"), help=_("“办公室超标”的一条发现。"))
    ground: str = given()
    note: str = given(help=_("写明结构情况；换了使用人不是结构原因。"))
    document: str = given("", label=_("批准文号"))
    valid_to: dt.date = given(label=_("例外截止日期"), help=_("临时性的：到期后这条发现自动恢复。"))
    review_on: dt.date = given(help=_("在截止日期之前复核一次。"))
    evidence: str | None = given(None, label=_("证明材料"), help=_("已上传文件的 SHA-256；页面上直接选择文件即可。"))


class ReviewOverage(Input, of=Overage):
    """What the review has shown, and when to look again."""

    id: Annotated[int, Ref("usage.overage")] = given(label=_("结构性超面积"))
    result: str = given()
    review_on: dt.date | None = given(None)
    note: str | None = given(None)


@action("usage.register_overage", label=_("登记结构性超面积"), subject="usage.overage", unit="finding")
def register_overages(context: Context, rows: Sequence[RegisterOverage]) -> list[int]:
    """Register over-area for structural reasons: its finding is excused until then."""
    found = Finding.objects.in_bulk([row.finding for row in rows])
    reasons = [f"{Overage(ground=row.ground).get_ground_display()}：{row.note}" for row in rows]
    excuses = [
        ExcuseFinding(
            id=row.finding, reason=reason, document=row.document, valid_from=context.on, valid_to=row.valid_to, evidence=row.evidence
        )
        for row, reason in zip(rows, reasons, strict=True)
    ]
    made = excuse_findings(context, excuses)
    units = [found[row.finding].unit_id for row in rows]
    return create_rows(
        context, OVERAGES, rows, units, number=numbered("JG", context.on.year, len(rows)), unit_id=units, excuse_id=made,
        room_id=[found[row.finding].subject_id for row in rows], over=[found[row.finding].over for row in rows],
        registered_on=context.on,
    )  # fmt: skip


@register_overages.check
def structure_is_the_ground(context: Context, rows: Sequence[RegisterOverage]) -> list[Problem]:
    """Refuse another finding than a room over its ceiling, one that is excused, dates that do not follow, and missing evidence."""
    found = Finding.objects.in_bulk([row.finding for row in rows])
    problems = []
    for index, row in enumerate(rows):
        one = found[row.finding]
        if one.check_key != CHECK or one.over is None:
            problems.append(Problem("other_finding", _now("只有“办公室超标”的发现可以登记结构性超面积。"), "finding", index))
        if one.state == FindingState.EXCUSED:
            problems.append(Problem("already_excused", _now("这条发现已经登记过例外。"), "finding", index))
        if not context.on < row.review_on <= row.valid_to:
            problems.append(Problem("dates", _now("复核日期要在今天之后、截止日期之前。"), "review_on", index, value=row.review_on))
        problems += missing_file(row.evidence, "evidence", index, _now("登记结构性超面积须附证明材料。"))
    return problems


@action("usage.review_overage", label=_("复核"), subject="usage.overage")
def review_overages(context: Context, rows: Sequence[ReviewOverage]) -> list[int]:
    """Record reviews; where the ground is gone the excuse ends today and the finding stands again."""
    excuses = dict(Overage.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "excuse"))
    reviewed = [_Reviewed(**{name: value for name, value in row if value is not None}, reviewed_on=context.on) for row in rows]
    change_rows(context, OVERAGES, reviewed)
    gone = [row for row in rows if row.result == ReviewResult.GONE]
    end_excuses(context, [EndExcuse(id=excuses[row.id], note=row.note or _now("复核：结构原因已不存在")) for row in gone])
    return [row.id for row in rows]


class _Reviewed(Input, of=Overage):
    id: int
    result: str
    reviewed_on: dt.date
    review_on: dt.date | None = None
    note: str | None = None


review_overages.when(lambda made: made.result != ReviewResult.GONE)


@review_overages.check
def review_leads_on(context: Context, rows: Sequence[ReviewOverage]) -> list[Problem]:
    """Refuse to let a ground stand without a next day to look, or to review what has ended."""
    kept = Overage.objects.select_related("excuse").in_bulk([row.id for row in rows])
    problems = []
    for index, row in enumerate(rows):
        one = kept[row.id]
        if one.result == ReviewResult.GONE:
            problems.append(Problem("ended", _now("这项登记已经终止。"), "id", index))
        elif row.result == ReviewResult.STANDS and (row.review_on is None or not context.on < row.review_on <= one.excuse.valid_to):
            text = _now("原因仍在的，写明下次复核日期（不晚于例外截止日期 %(day)s）。") % {"day": one.excuse.valid_to}
            problems.append(Problem("dates", text, "review_on", index))
    return problems
