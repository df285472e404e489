"""Rights: what a user may do follows from dated roles over subtrees, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.db.models import Q, QuerySet

from gongjia.core.periods import today
from gongjia.core.permissions import role_patterns
from gongjia.org.models import RoleGrant, Unit

ROLES_FILE = Path(__file__).with_name("roles.yaml")


@lru_cache(maxsize=1)
def roles() -> dict[str, dict[str, Any]]:
    """Return the roles by key: Chinese label, and the permission patterns that they hold, those that domains grant included."""
    found = yaml.load(ROLES_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for role, patterns in role_patterns.items():
        found[role]["permissions"] += patterns
    return found


class UserAccess:
    """The rights of one user on one day; grants are read once."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.everything = bool(getattr(user, "is_superuser", False))
        self._paths: dict[str, list[str]] = {}
        self._grants: list[tuple[str, str, int]] | None = None

    def _held(self) -> list[tuple[str, str, int]]:
        if self._grants is None:
            known = getattr(self.user, "pk", None) and getattr(self.user, "is_active", False)
            self._grants = _grants(self.user.pk) if known else []
        return self._grants

    def paths(self, permission: str) -> list[str]:
        """Return the paths of the subtrees in which the permission is held."""
        if permission not in self._paths:
            held = [path for role, path, _pk in self._held() if _grants_permission(role, permission)]
            self._paths[permission] = [path for path in set(held) if not any(path != o and path.startswith(o) for o in held)]
        return self._paths[permission]

    def can(self, permission: str, unit_id: int | None = None) -> bool:
        if self.everything:
            return True
        return unit_id in self.allowed(permission, [unit_id]) if unit_id is not None else bool(self.paths(permission))

    def allowed(self, permission: str, unit_ids: Iterable[int | None]) -> set[int | None]:
        wanted = set(unit_ids)
        if self.everything or not wanted:
            return wanted
        paths = self.paths(permission)
        if not paths:
            return set()
        known: set[int | None] = wanted & {None}
        real = sorted(pk for pk in wanted if pk is not None)
        for start in range(0, len(real), 900):
            known |= set(Unit.objects.filter(_under(paths), pk__in=real[start : start + 900]).values_list("pk", flat=True))
        return known

    def units(self, permission: str) -> QuerySet[Any] | None:
        if self.everything:
            return None
        paths = self.paths(permission)
        return Unit.objects.filter(_under(paths)).values("pk") if paths else Unit.objects.none().values("pk")


def _under(paths: Iterable[str]) -> Q:
    condition = Q()
    for path in paths:
        condition |= Q(path__startswith=path)
    return condition


def _grants(user_id: int) -> list[tuple[str, str, int]]:
    day = today()
    rows = RoleGrant.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), user_id=user_id, valid_from__lte=day)
    return list(rows.values_list("role", "unit__path", "unit_id"))


@lru_cache(maxsize=4096)
def _grants_permission(role: str, permission: str) -> bool:
    patterns = roles().get(role, {}).get("permissions", [])
    return any(fnmatchcase(permission, pattern) for pattern in patterns)


def access_of(user: Any) -> UserAccess:
    """Return the rights of a user, read once per request (kept on the user object)."""
    kept = getattr(user, "_gongjia_access", None)
    if kept is None:
        kept = UserAccess(user)
        if getattr(user, "pk", None):
            user._gongjia_access = kept  # noqa: SLF001 - kept with the user for one request
    return kept
