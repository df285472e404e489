"""Changing people: registering, editing, appointing to posts, ending posts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.models import AuditEntry
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows, end_rows
from gongjia.org.models import Person, Post
from gongjia.org.resources import PEOPLE, POSTS


class RegisterPerson(Input, of=Person):
    """A person of a unit, with the post that he or she holds."""

    staff_code: str = given(synonyms=("工号", "人员编码", "staff code", "employee number", "employee num", "user name", "username"))
    name: str = given(synonyms=("姓名", "name", "full name"))
    unit: Annotated[int, Ref("org.unit")] = given(synonyms=("单位编码", "所在单位", "unit", "company", "department"))
    title: str = given("", synonyms=("职务", "job title", "title"))
    level: str = given(
        "", label=_("职务层次"), help=_("决定办公用房和家具标准；职级不算。"), synonyms=("领导职务层次", "level"), lender="org.Post.level"
    )
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


def undo_people(context: Context, entries: Sequence[AuditEntry]) -> None:
    """Restore people, and take back the posts that came with them."""
    restore_records(context, entries)
    made = [entry.subject_id for entry in entries if entry.before is None and entry.subject == PEOPLE.key]
    for start in range(0, len(made), 900):
        Post.objects.known().filter(person__in=made[start : start + 900]).update(superseded_at=context.now)


@action("org.register_person", label=_("登记人员"), subject="org.person", unit="unit", undo=undo_people)
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


class AppointPerson(Input, of=Post):
    """A post that a person takes up; it decides what room and what furniture he or she may have."""

    person: Annotated[int, Ref("org.person")] = given(synonyms=("人员编号", "工号"))
    unit: Annotated[int, Ref("org.unit")] = given(synonyms=("任职单位",))
    title: str = given("", synonyms=("职务",))
    level: str = given("", help=_("决定办公用房和家具标准；职级不算。"), synonyms=("职务层次",))
    rank: str = given("", synonyms=("职级",))
    primary: bool = given(True)
    valid_from: dt.date = given(label=_("任职日期"), synonyms=("任职日期",))
    valid_to: dt.date | None = given(None, label=_("免职日期"))


class EndPost(Input, of=Post):
    """The day on which a post ended."""

    id: Annotated[int, Ref("org.post")] = given(label=_("任职"))
    valid_to: dt.date = given(label=_("免职日期"))


@action("org.appoint_person", label=_("任职"), subject="org.post", unit="unit", undo=restore_records)
def appoint_people(context: Context, rows: Sequence[AppointPerson]) -> list[int]:
    """Record appointments; a new primary post ends the primary post that the person held before."""
    for row in rows:
        if row.primary:
            earlier = Post.objects.known().filter(person=row.person, primary=True, valid_to__isnull=True, valid_from__lt=row.valid_from)
            end_rows(context, POSTS, dict.fromkeys(earlier.values_list("pk", flat=True), row.valid_from))
    return create_rows(context, POSTS, rows, recorded_at=context.now)


@action("org.end_post", label=_("免职"), subject="org.post", undo=restore_records)
def end_posts(context: Context, rows: Sequence[EndPost]) -> list[int]:
    """Record the end of posts."""
    change_rows(context, POSTS, rows)
    return [row.id for row in rows]
