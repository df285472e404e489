"""Whose books a page speaks of: the chosen unit, else the one at the top of what a person may see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongjia.core.access import access
from gongjia.org.models import Unit
from gongjia.web.scope import scope_of


def tops(user: Any, permission: str) -> list[Unit]:
    """Return the units at the top of the subtrees in which a permission is held."""
    if not access(user).can(permission):
        return []
    visible = access(user).units(permission)
    found: list[Unit] = []
    for unit in (Unit.objects.live() if visible is None else Unit.objects.live().filter(pk__in=visible)).order_by("path"):
        if not found or not unit.path.startswith(found[-1].path):
            found.append(unit)
    return found


def unit_of(request: HttpRequest, permission: str) -> Unit | None:
    """Return the unit that a page speaks of; None where the person must first choose one of several."""
    chosen = scope_of(request).unit_id
    if chosen is not None and access(request.user).can(permission, chosen):
        return Unit.objects.get(pk=chosen)
    found = tops(request.user, permission)
    return found[0] if len(found) == 1 else None
