"""What the conditions of a route read of a request: its rows by column, its total, its measures, and the terms of the standards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import cached_property, partial
from typing import Any

from gongjia.approvals.engine.running import Asked
from gongjia.approvals.models import Request
from gongjia.core.action import Action, Context, actions, context_for
from gongjia.core.inputs import InputField, describe
from gongjia.core.periods import today
from gongjia.core.resource import Resource, resources
from gongjia.core.terms import Ground, measures_of, terms
from gongjia.core.validate import validate

NAMES = ("total", "rows", "action", "unit", "tier", "division", "applicant", "round")
"""What every request has; measures add further names."""
_NUMBERS = ("money", "decimal", "integer", "area")


class Rows:
    """The rows of a request as conditions see them: a count, and columns by name."""

    def __init__(self, rows: Sequence[dict[str, Any]], fields: Sequence[InputField]) -> None:
        self._rows, self._fields = rows, {field.name: field for field in fields}

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._rows)

    def column(self, name: str) -> list[Any]:
        """Return the values of one input, without those left empty; amounts are numbers, records go by their codes."""
        values = [row[name] for row in self._rows if row.get(name) is not None]
        field = self._fields.get(name)
        if field is not None and field.ref:
            return _codes(resources[field.ref], values)
        return [_number(value) for value in values] if field is not None and field.kind in _NUMBERS else values


def _codes(resource: Resource, keys: Sequence[int]) -> list[Any]:
    if not resource.lookup:
        return list(keys)
    found = dict(resource.model._base_manager.filter(pk__in=keys).values_list("pk", resource.lookup[0]))
    return [found.get(key, key) for key in keys]


def _number(value: Any) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return Decimal(0)


class Reading:
    """What one request answers to conditions, reckoned when it is asked."""

    def __init__(self, request: Request) -> None:
        self.request = request

    @cached_property
    def action(self) -> Action:
        return actions[self.request.action]

    @cached_property
    def rows(self) -> Rows:
        return Rows(self.request.rows, describe(self.action.input_type))

    def names(self) -> dict[str, Any]:
        """Return the attributes of `request` by name; each is a function called when a condition reads it."""
        unit = self.request.unit
        plain: dict[str, Callable[[], Any]] = {
            "total": lambda: total_of(self.action, self.request.rows),
            "rows": lambda: self.rows,
            "action": lambda: self.request.action,
            "unit": lambda: unit.code,
            "tier": lambda: unit.tier,
            "division": lambda: unit.division,
            "applicant": lambda: self.request.applicant.username,
            "round": lambda: self.request.round,
        }
        measured = {name: partial(self._measured, one.function) for name, one in measures_of(self.request.action).items()}
        return {**plain, **measured}

    def _measured(self, function: Callable[[Context, Sequence[Any]], Any]) -> Any:
        context = context_for(self.request.applicant, "request", request_key=self.request.key)
        parsed, _problems = validate(self.action.input_type, self.request.rows, partial(_as_stored))
        return function(context, [row for row in parsed if row is not None])


def _as_stored(_field: Any, values: set[Any]) -> dict[Any, int]:
    """References of stored rows are keys already."""
    return {value: value for value in values if isinstance(value, int)}


def total_of(action: Action, rows: Sequence[dict[str, Any]]) -> Decimal:
    """Return the money that a request is about: the cost of the records it changes, else its amounts, prices times quantity."""
    resource = resources.get(action.subject)
    costed = resource is not None and any(field.name == "cost" for field in resource.model._meta.concrete_fields)
    if action.is_edit and resource is not None and costed:
        found = resource.model._base_manager.filter(pk__in=[row["id"] for row in rows]).values_list("cost", flat=True)
        return sum((cost for cost in found if cost is not None), Decimal(0))
    fields = describe(action.input_type)
    money = next((field.name for field in fields if field.kind == "money"), "")
    each = money in ("price", "unit_price") and any(field.name == "quantity" for field in fields)
    return sum((_number(row.get(money) or 0) * (_number(row.get("quantity") or 1) if each else 1) for row in rows), Decimal(0))


def asked_of(request: Request) -> Asked:
    """Return what conditions may read of a request."""
    ground = Ground(request.unit_id, today())
    functions = {term.name: partial(term.function, ground) for term in terms}
    return Asked({"request": Reading(request).names()}, functions, collections_of(request))


def collections_of(request: Request) -> dict[str, list[int]]:
    """Return what a multi-instance step may run over: `units_<input>`, the distinct units that an input names."""
    action = actions.get(request.action)
    named = [field.name for field in describe(action.input_type) if field.ref == "org.unit"] if action else []
    return {f"units_{name}": sorted({row[name] for row in request.rows if row.get(name)}) for name in named}
