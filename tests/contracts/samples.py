"""An input for any action, made from its declaration: enough to pass validation, so that only rights can refuse it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gongjia.core.action import Action
from gongjia.core.inputs import InputField, describe
from gongjia.core.resource import resources

_VALUES: dict[str, Any] = {
    "text": "x1",
    "long_text": "x1",
    "integer": 1,
    "decimal": "1",
    "money": "1",
    "area": "1",
    "date": dt.date(2026, 11, 1),
    "instant": dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
    "bool": False,
    "json": {},
}


def sample(action: Action, user: Any, unit: int | None = None, row: int | None = None) -> dict[str, Any] | None:
    """Return what the action needs, about `unit` and `row` where given; None where a reference has nothing to point to."""
    raw: dict[str, Any] = {}
    for field in describe(action.input_type):
        if field.name == "id" and row is not None:
            raw["id"] = row
        elif field.name == action.unit and field.ref == "org.unit" and unit is not None:
            raw[field.name] = unit
        elif field.required:
            raw[field.name] = value_for(field, user)
    return None if None in raw.values() else raw


def value_for(field: InputField, user: Any) -> Any:
    """Return a value that one field accepts."""
    if field.ref:
        return resources[field.ref].queryset(user).values_list("pk", flat=True).first()
    if field.kind == "choice":
        return field.choices[0][0]
    return _VALUES.get(field.kind, "x1")
