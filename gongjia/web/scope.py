"""The unit scope at the top of the page: kept in the session, obeyed by every figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongjia.core.access import access
from gongjia.core.resource import resources

UNIT = "org.unit"
KEY = "scope"
WITHIN = "within"  # in an address: this unit's subtree, for this page alone


@dataclass(frozen=True)
class Scope:
    """The chosen subtree; an empty path means all that the person may see."""

    label: str
    path: str = ""
    unit_id: int | None = None


def _visible(user: Any, unit_id: Any) -> Any | None:
    if UNIT not in resources or not unit_id:
        return None
    return resources[UNIT].queryset(user).filter(pk=unit_id).first()


def scope_of(request: HttpRequest) -> Scope:
    """Return the scope of this request, read once: of its address, else the chosen one; a unit no longer visible falls back to all."""
    known = getattr(request, "_gongjia_scope", None)
    if known is None:
        user = getattr(request, "user", None)
        known = scope_for(user, request.GET.get(WITHIN, "") or request.session.get(KEY))
        request._gongjia_scope = known  # noqa: SLF001
    return known


def scope_for(user: Any, unit_id: Any) -> Scope:
    """Return the subtree of a unit that the person may see, else all."""
    seen = user is not None and user.is_authenticated and str(unit_id or "").isdigit()
    unit = _visible(user, unit_id) if seen else None
    return Scope(str(unit.name), unit.path, unit.pk) if unit is not None else Scope(_("全部单位"))


def choose(request: HttpRequest, unit_id: str) -> bool:
    """Keep the chosen unit, or all for an empty choice; says False for one that the person may not see."""
    if not unit_id:
        request.session.pop(KEY, None)
        return True
    unit = _visible(request.user, unit_id) if unit_id.isdigit() else None
    if unit is None:
        return False
    request.session[KEY] = unit.pk
    return True


def may(request: HttpRequest, permission: str) -> bool:
    """Say whether the person of this request holds a permission anywhere."""
    return access(request.user).can(permission)
