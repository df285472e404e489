"""Who may see and take a published item, and since when: own unit, then the same level, then all."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from gongjia.core.periods import today
from gongjia.org.choices import UnitKind
from gongjia.org.models import RoleGrant, Unit


def body_of(unit: Unit) -> Unit:
    """Return the legal body that a unit is, or that a department stands in."""
    while unit.kind == UnitKind.DEPARTMENT and unit.parent is not None:
        unit = unit.parent
    return unit


def home_of(user: Any) -> Unit | None:
    """Return the body for which a person looks: where he works, else the first that he holds a role over."""
    person = getattr(user, "person", None)
    if person is not None:
        return body_of(person.unit)
    grant = RoleGrant.objects.filter(user=getattr(user, "pk", None), valid_to__isnull=True).select_related("unit").order_by("pk").first()
    return body_of(grant.unit) if grant else None


def level_of(unit: Unit) -> str:
    """Return the path under whose direct bodies a unit has its equals."""
    return unit.parent.path if unit.parent is not None else unit.path


def open_for(unit: Unit | None) -> Q:
    """Return which published items stand open to a body today."""
    day = today()
    released = Q(level_until__lt=day) | Q(level_until__isnull=True)
    return released if unit is None else released | Q(body_path=unit.path) | Q(level_path=level_of(unit), own_until__lt=day)


def open_to(user: Any, seen: QuerySet[Any] | None) -> Q:
    """Return which published items a person may see: those open to his body, and all of the bodies whose stock he may read."""
    if seen is None:
        return Q()
    return open_for(home_of(user)) | Q(body_path__in=Unit.objects.filter(pk__in=seen).values("path"))
