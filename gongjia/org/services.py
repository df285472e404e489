"""Changing people: registering, editing, giving posts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows
from gongjia.org.models import Person, Post
from gongjia.org.resources import PEOPLE


class RegisterPerson(Input, of=Person):
    """A person of a unit, with the post that he or she holds."""

    staff_code: str = given(synonyms=("工号", "人员编码", "staff code", "employee number", "employee num", "user name", "username"))
    name: str = given(synonyms=("姓名", "name", "full name"))
    unit: Annotated[int, Ref("org.unit")] = given(synonyms=("单位编码", "所在单位", "unit", "company", "department"))
    title: str = given("", synonyms=("职务", "job title", "title"))
    level: str = given("", label=_("职务层次"), help=_("决定办公用房和家具标准；职级不算。"), synonyms=("领导职务层次", "level"), lender="org.Post.level")
    rank: str = given("", label=_("职级"), synonyms=("职级", "rank"))
    status: str = given("active", synonyms=("在岗状态", "status"))
    left_on: dt.date | None = given(None, synonyms=("离职日期", "left on"))
    email: str = given("", synonyms=("邮箱", "email", "e-mail"))
    since: dt.date | None = given(None, label=_("任职日期"), synonyms=("任现职日期", "since"))


class EditPerson(Input, of=Person):
    """The fields of a person that change; what is not given stays."""

    id: Annotated[int, Ref("org.person")] = given(label=_("人员"))
    name: str | None = given(None)
    unit: Annotated[int | None, Ref("org.unit")] = given(None)
    title: str | None = given(None)
    status: str | None = given(None)
    left_on: dt.date | None = given(None)
    email: str | None = given(None)


@action("org.register_person", label=_("登记人员"), subject="org.person", unit="unit", undo=restore_records)
def register_people(context: Context, rows: Sequence[RegisterPerson]) -> list[int]:
    """Register people with their posts and return their keys."""
    ids = create_rows(context, PEOPLE, rows, **context.provenance())
    held = [(pk, row) for pk, row in zip(ids, rows, strict=True) if row.level or row.title]
    bulk.insert(
        Post,
        len(held),
        person_id=[pk for pk, _row in held],
        unit_id=[row.unit for _pk, row in held],
        title=[row.title for _pk, row in held],
        level=[row.level for _pk, row in held],
        rank=[row.rank for _pk, row in held],
        valid_from=[row.since or context.on for _pk, row in held],
        valid_to=[row.left_on for _pk, row in held],
        recorded_at=context.now,
    )
    return ids


@action("org.edit_person", label=_("修改人员"), subject="org.person", unit="unit", undo=restore_records)
def edit_people(context: Context, rows: Sequence[EditPerson]) -> list[int]:
    """Change the given fields of people."""
    change_rows(context, PEOPLE, rows)
    return [row.id for row in rows]
