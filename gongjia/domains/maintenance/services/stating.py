"""How services of repairs move a record from one state to another: which states allow it, what is written."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _now

from gongjia.core.action import Action, Context
from gongjia.core.problems import Problem
from gongjia.core.resource import Resource
from gongjia.core.writing import change_rows


def change(context: Context, resource: Resource, pk: int, **fields: Any) -> None:
    """Set fields of one record and record them."""
    change_rows(context, resource, [SimpleNamespace(id=pk, **fields, model_fields_set={"id", *fields})])


def keep_to(action: Action, resource: Resource, *states: Any) -> None:
    """Let an action be offered for records in these states only, and refuse the others, naming the state that they are in."""
    labels = dict(resource.model._meta.get_field("state").choices or ())

    def check(context: Context, rows: Sequence[Any]) -> list[Problem]:
        known = dict(resource.model._base_manager.filter(pk__in=[row.id for row in rows]).values_list("pk", "state"))
        text = _now("现在是“%(state)s”，要在“%(allowed)s”时才能做这一步。")
        allowed = "、".join(str(labels[state]) for state in states)
        return [
            Problem("wrong_state", text % {"state": labels.get(known[row.id], ""), "allowed": allowed}, "id", index)
            for index, row in enumerate(rows)
            if known.get(row.id) not in states
        ]

    action.check(check)
    action.when(lambda record: record.state in states)
