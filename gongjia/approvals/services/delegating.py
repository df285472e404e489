"""Delegation: a dated proxy that signs on behalf of who gave it, never on his own requests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.approvals.models import Delegation
from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem


class Delegate(Input, of=Delegation):
    """Who signs for the actor, from when to when."""

    proxy: Annotated[int, Ref("org.user", anywhere=True)] = given()
    valid_from: dt.date = given()
    valid_to: dt.date = given()
    reason: str | None = given("")


class EndDelegation(Input):
    """A delegation that ends at once."""

    id: Annotated[int, Ref("approvals.delegation")] = given(label=_("委托"))


@action("approvals.delegate", label=_("委托他人签署"), subject="approvals.delegation", permission="approvals.sign")
def delegate(context: Context, rows: Sequence[Delegate]) -> list[int]:
    """Let others sign for the actor between two days."""
    columns: dict[str, list[Any]] = {
        "proxy_id": [row.proxy for row in rows],
        "valid_from": [row.valid_from for row in rows],
        "valid_to": [row.valid_to for row in rows],
        "reason": [row.reason or "" for row in rows],
    }
    ids = bulk.insert(Delegation, len(rows), ids=None, principal_id=context.actor_id, **columns)
    for pk, row in zip(ids, rows, strict=True):
        context.record("approvals.delegation", pk, None, None, row.model_dump(mode="json"))
    return ids


@delegate.check
def it_makes_sense(context: Context, rows: Sequence[Delegate]) -> list[Problem]:
    """Refuse to delegate to oneself, or for days in the wrong order."""
    problems = []
    for index, row in enumerate(rows):
        if row.proxy == context.actor_id:
            problems.append(Problem("oneself", _now("不能委托给自己。"), "proxy", index))
        if row.valid_to < row.valid_from:
            problems.append(Problem("dates", _now("结束日期早于开始日期。"), "valid_to", index))
    return problems


@action("approvals.end_delegation", label=_("收回委托"), subject="approvals.delegation", permission="approvals.sign")
def end_delegations(context: Context, rows: Sequence[EndDelegation]) -> list[int]:
    """Take delegations back."""
    ids = [row.id for row in rows]
    Delegation.objects.filter(pk__in=ids, ended_at__isnull=True).update(ended_at=context.now)
    for pk in ids:
        context.record("approvals.delegation", pk, None, {"ended_at": None}, {"ended_at": context.now})
    return ids


@end_delegations.check
def it_was_given_by_the_actor(context: Context, rows: Sequence[EndDelegation]) -> list[Problem]:
    """Refuse delegations that somebody else gave."""
    mine = set(Delegation.objects.filter(pk__in=[row.id for row in rows], principal=context.actor_id).values_list("pk", flat=True))
    text = _now("只有委托人自己可以收回。")
    return [Problem("forbidden_unit", text, "id", index) for index, row in enumerate(rows) if row.id not in mine]
