"""Changing the tree of units: registering, editing, moving as of a day, authorising posts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from django.db.models import F, Value
from django.db.models.functions import Concat, Length, Substr
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows, end_rows
from gongjia.org.models import AuthorisedPosts, Unit, UnitParentage
from gongjia.org.resources import AUTHORISED_POSTS, UNITS


class RegisterUnit(Input, of=Unit):
    """A unit under its superior; nature, tier and division decide which standards bind it."""

    code: str = given(synonyms=("单位代码", "预算单位编码", "unit code"))
    name: str = given(synonyms=("名称", "unit name"))
    parent: Annotated[int | None, Ref("org.unit")] = given(None, synonyms=("上级单位编码", "主管部门"))
    kind: str = given("body", synonyms=("单位类型",))
    nature: str = given("administrative", synonyms=("单位性质",))
    tier: str = given(synonyms=("层级", "机关层级"))
    division: str = given(synonyms=("行政区划", "区划代码"))
    vertical: bool = given(False)
    superior_tier: str = given("")
    secret: bool = given(False)
    credit_code: str = given("", synonyms=("社会信用代码",))


class EditUnit(Input, of=Unit):
    """The fields of a unit that change; its place in the tree changes by moving it."""

    id: Annotated[int, Ref("org.unit")] = given(label=_("单位"))
    name: str | None = given(None)
    kind: str | None = given(None)
    nature: str | None = given(None)
    tier: str | None = given(None)
    division: str | None = given(None)
    vertical: bool | None = given(None)
    superior_tier: str | None = given(None)
    secret: bool | None = given(None)
    credit_code: str | None = given(None)


class MoveUnit(Input, of=Unit):
    """A unit that comes under another superior from a day on."""

    id: Annotated[int, Ref("org.unit")] = given(label=_("单位"))
    parent: Annotated[int, Ref("org.unit")] = given(label=_("新的上级单位"))
    moved_on: dt.date = given(label=_("生效日期"))


class SetAuthorisedPosts(Input, of=AuthorisedPosts):
    """How many posts of a level a unit is authorised to have from a day on."""

    unit: Annotated[int, Ref("org.unit")] = given(synonyms=("单位编码",))
    level: str = given(synonyms=("职务层次",))
    count: int = given(synonyms=("编制数",))
    document: str = given("")
    valid_from: dt.date = given()


@action("org.register_unit", label=_("登记单位"), subject="org.unit", unit="parent", undo=restore_records)
def register_units(context: Context, rows: Sequence[RegisterUnit]) -> list[int]:
    """Register units, with their paths and the first row of their parentage."""
    ids = create_rows(context, UNITS, rows, None, path="", **context.provenance())
    parents = [row.parent for row in rows]
    paths = dict(Unit.objects.filter(pk__in={pk for pk in parents if pk}).values_list("pk", "path"))
    bulk.update(Unit, ids, path=[f"{paths.get(parent, '')}{pk}." for pk, parent in zip(ids, parents, strict=True)])
    bulk.insert(UnitParentage, len(ids), unit_id=ids, parent_id=parents, valid_from=context.on, recorded_at=context.now)
    return ids


@register_units.check
def codes_are_free(context: Context, rows: Sequence[RegisterUnit]) -> list[Problem]:
    """Refuse a code in use, and a root by somebody who does not govern everything."""
    taken = set(Unit.objects.live().filter(code__in=[row.code for row in rows]).values_list("code", flat=True))
    problems = []
    for index, row in enumerate(rows):
        if row.code in taken:
            problems.append(Problem("duplicate_key", _now("单位编码“%(code)s”已经用过。") % {"code": row.code}, "code", index))
        if row.parent is None and not context.access.can("org.register_root"):
            problems.append(Problem("forbidden_unit", _now("请填上级单位；只有系统管理员能登记最上级单位。"), "parent", index))
        taken.add(row.code)
    return problems


@action("org.edit_unit", label=_("修改单位"), subject="org.unit", undo=restore_records)
def edit_units(context: Context, rows: Sequence[EditUnit]) -> list[int]:
    """Change the given fields of units."""
    change_rows(context, UNITS, rows)
    return [row.id for row in rows]


@action("org.move_unit", label=_("调整隶属"), subject="org.unit", unit="parent")
def move_units(context: Context, rows: Sequence[MoveUnit]) -> list[int]:
    """Move units with all that is below them, and keep where they stood before."""
    change_rows(context, UNITS, rows)
    for row in rows:
        unit, parent = Unit.objects.get(pk=row.id), Unit.objects.get(pk=row.parent)
        below = Unit.objects.filter(path__startswith=unit.path)
        below.update(path=Concat(Value(f"{parent.path}{unit.pk}."), Substr(F("path"), Length(Value(unit.path)) + 1)))
        UnitParentage.objects.known().filter(unit=unit, valid_to__isnull=True).update(valid_to=row.moved_on)
        UnitParentage.objects.create(unit=unit, parent=parent, valid_from=row.moved_on, recorded_at=context.now)
    return [row.id for row in rows]


@move_units.check
def no_unit_stands_below_itself(context: Context, rows: Sequence[MoveUnit]) -> list[Problem]:
    """Refuse to move a unit under one of its own."""
    paths = dict(Unit.objects.filter(pk__in={pk for row in rows for pk in (row.id, row.parent)}).values_list("pk", "path"))
    text = _now("不能把单位调到它自己的下级里。")
    return [Problem("cycle", text, "parent", i) for i, row in enumerate(rows) if paths[row.parent].startswith(paths[row.id])]


@action("org.set_authorised_posts", label=_("核定编制"), subject="org.authorised_posts", unit="unit", undo=restore_records)
def set_authorised_posts(context: Context, rows: Sequence[SetAuthorisedPosts]) -> list[int]:
    """Record authorised posts; an open row of the same unit and level ends where the new one begins."""
    for row in rows:
        earlier = AuthorisedPosts.objects.known().filter(unit=row.unit, level=row.level, valid_to__isnull=True)
        end_rows(context, AUTHORISED_POSTS, dict.fromkeys(earlier.values_list("pk", flat=True), row.valid_from))
    return create_rows(context, AUTHORISED_POSTS, rows, recorded_at=context.now)
