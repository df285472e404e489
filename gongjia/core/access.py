"""Who may do what, where: the one question that every door asks, answered by the package named in settings."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Access(Protocol):
    """The rights of one person at one moment."""

    def can(self, permission: str, unit_id: int | None = None) -> bool:
        """Say whether the permission is held, in the given unit or, without one, anywhere."""

    def allowed(self, permission: str, unit_ids: Iterable[int | None]) -> set[int | None]:
        """Return those of `unit_ids` in which the permission is held, with one query."""

    def units(self, permission: str) -> Any | None:
        """Return a queryset of ids of the visible units, or None when every unit is visible."""


@lru_cache(maxsize=1)
def _provider() -> Any:
    return import_string(settings.GONGJIA_ACCESS)


def access(user: Any) -> Access:
    """Return the rights of `user`; a stranger has none."""
    return _provider()(user)
