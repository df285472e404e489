"""Who must sign a step: a role at a unit or the nearest one above it that has somebody, or a person by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from gongjia.approvals.engine.reading import StepRule
from gongjia.approvals.engine.running import Item
from gongjia.approvals.models import Request
from gongjia.core.action import actions
from gongjia.core.inputs import describe
from gongjia.core.periods import today
from gongjia.core.resource import resources
from gongjia.org.models import RoleGrant, Unit, User

WHERES = ("applicant", "superior", "record", "item")
"""Where a role is looked for; and `field:NAME`, the unit that an input names, `record:NAME`, the unit of the record that it names."""


class Nobody(Exception):
    """Raised where nobody may sign a step: the applicant never counts."""

    def __init__(self, step: str, why: str) -> None:
        self.step, self.why = step, why
        super().__init__(why)


class Seating:
    """Finds signers; what it read is kept for one batch of decisions."""

    def __init__(self) -> None:
        self._units: dict[int, tuple[str, int | None, str]] = {}
        self._holders: dict[str, list[tuple[int, int]]] = {}
        self._named: dict[str, int | None] = {}

    def seats(self, request: Request, item: Item) -> list[int]:
        """Return the users who must sign, nearest first level with anybody; raises Nobody."""
        rule = item.rule
        found: Iterable[int | None]
        if rule.user:
            found = [self._user(rule.user)]
        else:
            found = self._nearest(rule.role, self.units(request, rule, item.item), request.applicant_id)
        seats = [pk for pk in found if pk and pk != request.applicant_id]
        if not seats:
            raise Nobody(rule.spec, self._sentence(rule))
        return seats

    def above(self, request: Request, item: Item) -> list[int]:
        """Return the holders of the step's role one level further up than its signers, for a step that is overdue."""
        if item.rule.user:
            return []
        start = {self._unit(pk)[1] for pk in self._level(item.rule.role, self.units(request, item.rule, item.item), request.applicant_id)}
        return self._nearest(item.rule.role, {pk for pk in start if pk}, request.applicant_id)

    def units(self, request: Request, rule: StepRule, item: Any = None) -> set[int]:
        """Return the units at which the search for a role begins."""
        where, _colon, name = rule.where.partition(":")
        if where == "applicant":
            return {request.unit_id}
        if where == "superior":
            parent = self._body(request.unit_id)[1]
            return {parent} if parent else set()
        if where == "item":
            return {int(item)} if item else set()
        return units_named(request, name) if where == "field" else units_of_records(request, name or "id")

    def _sentence(self, rule: StepRule) -> str:
        who = rule.user or rule.role
        return _("“%(step)s”没有人可以签署（%(who)s）；申请人不能审批自己的申请。") % {"step": rule.label, "who": who}

    def _user(self, name: str) -> int | None:
        if name not in self._named:
            self._named[name] = User.objects.filter(username=name, is_active=True).values_list("pk", flat=True).first()
        return self._named[name]

    def _unit(self, pk: int) -> tuple[str, int | None, str]:
        """Return path, parent and kind of a unit."""
        if pk not in self._units:
            row = Unit.objects.filter(pk=pk).values_list("path", "parent_id", "kind").first()
            self._units[pk] = row or ("", None, "")
        return self._units[pk]

    def _body(self, pk: int) -> tuple[str, int | None, str]:
        """Return the body to which a unit belongs: a department is led by its body."""
        path, parent, kind = self._unit(pk)
        while kind == "department" and parent:
            path, parent, kind = self._unit(parent)
        return path, parent, kind

    def _nearest(self, role: str, units: Iterable[int], applicant: int) -> list[int]:
        found: dict[int, None] = {}
        for pk in units:
            level = self._level(role, [pk], applicant)
            found.update(dict.fromkeys(user for at in level for user in self._at(role, at) if user != applicant))
        return list(found)

    def _level(self, role: str, units: Iterable[int], applicant: int) -> list[int]:
        """Return, for each unit, itself or its nearest ancestor at which somebody else than the applicant holds the role."""
        out = []
        for pk in units:
            ancestors = [int(part) for part in self._unit(pk)[0].split(".") if part]
            out += next(([at] for at in reversed(ancestors) if any(user != applicant for user in self._at(role, at))), [])
        return out

    def _at(self, role: str, unit: int) -> list[int]:
        if role not in self._holders:
            day = today()
            rows = RoleGrant.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), role=role, valid_from__lte=day)
            self._holders[role] = list(rows.filter(user__is_active=True).order_by("pk").values_list("unit_id", "user_id"))
        return [user for at, user in self._holders[role] if at == unit]


def units_named(request: Request, name: str) -> set[int]:
    """Return the units that an input of the request names."""
    return {row[name] for row in request.rows if isinstance(row.get(name), int)}


def units_of_records(request: Request, name: str) -> set[int]:
    """Return the units of the records that an input of the request names; of `id`, the records that are changed."""
    action = actions[request.action]
    ref = next((field.ref for field in describe(action.input_type) if field.name == name), "")
    declared = resources.get(action.subject if name == "id" else ref)
    named = [row[name] for row in request.rows if isinstance(row.get(name), int)]
    owners = declared.units_of(named) if declared is not None and declared.scope else {}
    return {pk for pk in owners.values() if pk}
