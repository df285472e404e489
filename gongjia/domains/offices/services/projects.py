"""立项批复: what names premises as 技术业务用房."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.offices.models import Project
from gongjia.domains.offices.resources import PROJECTS


class RegisterProject(Input, of=Project):
    """An approval; its file is hung on the record, without it the rooms count as office space."""

    number: str = given(synonyms=("立项批复文号", "批准文号"))
    name: str = given()
    unit: Annotated[int, Ref("org.unit")] = given(synonyms=("单位编码",))
    issuer: str = given(synonyms=("批复机关",))
    approved_on: dt.date = given(synonyms=("批复日期",))
    standard: str = given("", help=_("技术业务用房的面积按本行业的标准，办公用房建设标准没有规定。"))
    area: Decimal | None = given(None)


class EditProject(Input, of=Project):
    """The fields of an approval that change."""

    id: Annotated[int, Ref("offices.project")] = given(label=_("立项批复"))
    name: str | None = given(None)
    issuer: str | None = given(None)
    approved_on: dt.date | None = given(None)
    standard: str | None = given(None)
    area: Decimal | None = given(None)


@action("offices.register_project", label=_("登记立项批复"), subject="offices.project", unit="unit", undo=restore_records)
def register_projects(context: Context, rows: Sequence[RegisterProject]) -> list[int]:
    """Register approvals of premises for special technical work."""
    return create_rows(context, PROJECTS, rows, **context.provenance())


@register_projects.check
def projects_are_approved(context: Context, rows: Sequence[RegisterProject]) -> list[Problem]:
    """Refuse an approval of a day to come."""
    text = _now("批准日期还没有到；没有批准的项目不能作为认定依据。")
    return [Problem("dates", text, "approved_on", index) for index, row in enumerate(rows) if row.approved_on > context.on]


@action("offices.edit_project", label=_("修改立项批复"), subject="offices.project", undo=restore_records)
def edit_projects(context: Context, rows: Sequence[EditProject]) -> list[int]:
    """Change the given fields of approvals."""
    change_rows(context, PROJECTS, rows)
    return [row.id for row in rows]
