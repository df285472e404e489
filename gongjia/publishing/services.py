"""Registering divisions, filing returns, stating units' own ledgers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.db.models import Max
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.permissions import grant_to
from gongjia.core.problems import Problem
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows, record_created
from gongjia.org.models import Unit
from gongjia.publishing.crosschecks import crosschecks
from gongjia.publishing.filing import compute, digest_of, read
from gongjia.publishing.form import file_name, form_on, is_code
from gongjia.publishing.models import Division, LedgerLine, OfficeReturn
from gongjia.publishing.resources import DIVISIONS, LINES, RETURNS

for role in ("asset_clerk", "space_manager"):
    grant_to(role, "publishing.*")


class RegisterDivision(Input, of=Division):
    """A level that reports."""

    unit: Annotated[int, Ref("org.unit")] = given(help=_("本级各单位都在它之下。"))
    name: str = given(help=_("从省级写起的全称。"))
    level: str = given()
    code: str = given()


class FileReturn(Input, of=OfficeReturn):
    """A return as of a day."""

    division: Annotated[int, Ref("publishing.division")] = given()
    on: dt.date = given()
    note: str = given("")


class StateLine(Input, of=LedgerLine):
    """What a unit states of one of its buildings."""

    unit: Annotated[int, Ref("org.unit")] = given(synonyms=("使用单位", "单位编码"))
    code: str = given(synonyms=("房屋编号", "编号"))
    name: str = given(synonyms=("房屋名称", "名称"))
    floor_area: Decimal | None = given(None, synonyms=("建筑面积",))
    usable_area: Decimal | None = given(None, synonyms=("使用面积",))
    rooms: int | None = given(None, synonyms=("房间数",))
    certificate: str = given("", synonyms=("权证号",))
    stated_on: dt.date = given(synonyms=("分台账日期", "日期"))


class EditLine(Input, of=LedgerLine):
    """The fields of a line that change."""

    id: Annotated[int, Ref("publishing.ledger_line")] = given(label=_("分台账"))
    name: str | None = given(None)
    floor_area: Decimal | None = given(None)
    usable_area: Decimal | None = given(None)
    rooms: int | None = given(None)
    certificate: str | None = given(None)
    stated_on: dt.date | None = given(None)


@action("publishing.register_division", label=_("登记填报区划"), subject="publishing.division", unit="unit", undo=restore_records)
def register_divisions(context: Context, rows: Sequence[RegisterDivision]) -> list[int]:
    """Register divisions that report."""
    return create_rows(context, DIVISIONS, rows, **context.provenance())


@register_divisions.check
def codes_are_exact(context: Context, rows: Sequence[RegisterDivision]) -> list[Problem]:
    """Refuse a code that is not twelve digits or not the unit's, and one that is registered."""
    units = Unit.objects.in_bulk([row.unit for row in rows])
    taken = set(Division.objects.live().filter(code__in=[row.code for row in rows]).values_list("code", "level"))
    problems = []
    for index, row in enumerate(rows):
        if not is_code(row.code):
            problems.append(Problem("bad_code", _now("行政区划代码应是 12 位数字。"), "code", index, value=row.code))
        elif not row.code.startswith(units[row.unit].division):
            text = _now("代码应以单位登记的 %(division)s 开头。") % {"division": units[row.unit].division}
            problems.append(Problem("other_division", text, "code", index, value=row.code))
        if (row.code, row.level) in taken:
            problems.append(Problem("duplicate_key", _now("这个代码已经登记过。"), "code", index, value=row.code))
        taken.add((row.code, row.level))
    return problems


@action("publishing.file_return", label=_("报送统计报告"), subject="publishing.office_return", unit="division")
def file_returns(context: Context, rows: Sequence[FileReturn]) -> list[int]:
    """Keep returns as they are, each a version of its own with the SHA-256 of its bytes."""
    return [_file(context, row) for row in rows]


def _file(context: Context, row: FileReturn) -> int:
    division = Division.objects.select_related("unit").get(pk=row.division)
    form = form_on(row.on)
    assert form is not None  # noqa: S101 - the check has refused such a day
    content = compute(division, row.on, form)
    failed = sum(not check.holds for check in crosschecks(read(content)))
    last = OfficeReturn.objects.filter(division=division, year=row.on.year).aggregate(last=Max("version"))["last"] or 0
    columns: dict[str, Any] = {
        "division_id": [division.pk],
        "unit_id": [division.unit_id],
        "year": [row.on.year],
        "version": [last + 1],
        "form": [form.id],
        "on": [row.on],
        "file_name": [file_name(division.name, division.code)],
        "digest": [digest_of(content)],
        "failed": [failed],
        "note": [row.note],
    }
    kept: dict[str, Any] = {"content": content.decode("ascii"), "filed_at": context.now, "actor_id": context.actor_id}
    ids = bulk.insert(OfficeReturn, 1, **columns, **kept)
    record_created(context, RETURNS.key, ids, columns["unit_id"], columns)
    return ids[0]


@file_returns.check
def day_has_a_form(context: Context, rows: Sequence[FileReturn]) -> list[Problem]:
    """Refuse a day to come, and one before there was a form."""
    problems = []
    for index, row in enumerate(rows):
        if row.on > context.on:
            problems.append(Problem("future", _now("统计截止日期还没有到。"), "on", index, value=row.on))
        elif form_on(row.on) is None:
            problems.append(Problem("no_form", _now("那一天还没有这份报告的表式。"), "on", index, value=row.on))
    return problems


@action("publishing.state_line", label=_("登记分台账"), subject="publishing.ledger_line", unit="unit", undo=restore_records)
def state_lines(context: Context, rows: Sequence[StateLine]) -> list[int]:
    """Keep what units state of their own ledgers."""
    return create_rows(context, LINES, rows, **context.provenance())


@state_lines.check
def stated_once(context: Context, rows: Sequence[StateLine]) -> list[Problem]:
    """Refuse a building that its unit has stated already."""
    taken = set(LedgerLine.objects.live().filter(unit__in={row.unit for row in rows}).values_list("unit", "code"))
    problems = []
    for index, row in enumerate(rows):
        if (row.unit, row.code) in taken:
            problems.append(Problem("duplicate_key", _now("这个单位的分台账里已有这处房屋。"), "code", index, value=row.code))
        taken.add((row.unit, row.code))
    return problems


@action("publishing.edit_line", label=_("修改分台账"), subject="publishing.ledger_line", undo=restore_records)
def edit_lines(context: Context, rows: Sequence[EditLine]) -> list[int]:
    """Change the given fields of lines."""
    change_rows(context, LINES, rows)
    return [row.id for row in rows]
