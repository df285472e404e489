"""Naming who manages the space of a subtree of units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.undo import restore_records
from gongjia.core.writing import create_rows
from gongjia.domains.leasing.models import SpaceManager
from gongjia.domains.leasing.resources import MANAGERS


class NameManager(Input, of=SpaceManager):
    """The manager of a subtree's space."""

    over: Annotated[int, Ref("org.unit")] = given(help=_("本单位及其下级单位的房产都由它管理，另有指定的除外。"))
    manager: Annotated[int, Ref("org.unit")] = given()
    document: str = given("")


@action("leasing.name_manager", label=_("指定房产管理部门"), subject="leasing.manager", unit="over", undo=restore_records)
def name_managers(context: Context, rows: Sequence[NameManager]) -> list[int]:
    """Name the managers of subtrees."""
    return create_rows(context, MANAGERS, rows, [row.over for row in rows], **context.provenance())


@name_managers.check
def one_a_subtree(context: Context, rows: Sequence[NameManager]) -> list[Problem]:
    """Refuse a second manager of the same subtree."""
    taken = set(SpaceManager.objects.live().filter(over__in={row.over for row in rows}).values_list("over", flat=True))
    problems = []
    for index, row in enumerate(rows):
        if row.over in taken:
            problems.append(Problem("duplicate_key", _now("这个单位已经指定了房产管理部门。"), "over", index))
        taken.add(row.over)
    return problems
