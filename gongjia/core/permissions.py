"""Every permission that exists: one for each resource that is read, each action that is done, and each declared page."""

from __future__ import annotations

from typing import Any

from gongjia.core.action import actions
from gongjia.core.registry import Registry
from gongjia.core.resource import resources

page_permissions: Registry[Any] = Registry("page permission")
role_patterns: dict[str, list[str]] = {}


def grant_to(role: str, *patterns: str) -> None:
    """Let a role of the house hold further permissions: how a new domain joins the roles that are there."""
    role_patterns.setdefault(role, []).extend(patterns)


def all_permissions() -> dict[str, Any]:
    """Return label by permission key."""
    found: dict[str, Any] = {resource.view_permission: resource.label for resource in resources}
    found.update({action.ask_permission: action.label for action in actions})
    found.update({action.permission: action.label for action in actions if not action.by_request})
    found.update(page_permissions.items())
    return found
