"""Sensitive columns: read by those who may, masked for everybody else, in every door."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.permissions import page_permissions
from gongjia.core.resource import Resource

READ = "privacy.read"
MASK = "***"
page_permissions.add(READ, _("查看敏感信息"))


def masked(resource: Resource, user: Any) -> frozenset[str]:
    """Return the names of the columns whose values this person does not get to see."""
    hidden = frozenset(column.name for column in resource.by_name.values() if column.sensitive)
    return hidden if hidden and not access(user).can(READ) else frozenset()


def cover(value: Any) -> Any:
    """Return the mask in place of a value, and nothing in place of none."""
    return value if value in (None, "") else MASK
