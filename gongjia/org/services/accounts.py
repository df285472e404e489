"""Changing rights: roles over subtrees, granted and revoked as of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.permissions import page_permissions
from gongjia.core.problems import Problem
from gongjia.core.writing import change_rows, create_rows
from gongjia.org.access import roles
from gongjia.org.models import RoleGrant
from gongjia.org.resources import GRANTS

page_permissions.add("org.register_root", _("登记最上级单位"))


class GrantRole(Input, of=RoleGrant):
    """A role that a user holds over a unit and all below it."""

    user: Annotated[int, Ref("org.user")] = given()
    role: str = given(help=_("角色的键，见“角色”一览。"))
    unit: Annotated[int, Ref("org.unit")] = given()
    valid_from: dt.date = given()
    valid_to: dt.date | None = given(None)


class RevokeRole(Input, of=RoleGrant):
    """The day on which a role ends."""

    id: Annotated[int, Ref("org.grant")] = given(label=_("授权"))
    valid_to: dt.date = given()


@action("org.grant_role", label=_("授权"), subject="org.grant", unit="unit", permission="org.manage_users")
def grant_roles(context: Context, rows: Sequence[GrantRole]) -> list[int]:
    """Grant roles."""
    return create_rows(context, GRANTS, rows)


@grant_roles.check
def roles_exist_and_are_not_ones_own(context: Context, rows: Sequence[GrantRole]) -> list[Problem]:
    """Refuse unknown roles, and a role for oneself."""
    problems = []
    for index, row in enumerate(rows):
        if row.role not in roles():
            text = _now("没有“%(role)s”这个角色；可填：%(known)s。") % {"role": row.role, "known": _now("、").join(roles())}
            problems.append(Problem("unknown_choice", text, "role", index, value=row.role))
        if row.user == context.actor_id:
            problems.append(Problem("own_rights", _now("不能给自己授权。"), "user", index))
    return problems


@action("org.revoke_role", label=_("收回授权"), subject="org.grant", permission="org.manage_users")
def revoke_roles(context: Context, rows: Sequence[RevokeRole]) -> list[int]:
    """End roles."""
    change_rows(context, GRANTS, rows)
    return [row.id for row in rows]
