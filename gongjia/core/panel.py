"""Panels: what a layer shows on the detail page of a resource that knows nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongjia.core.registry import Registry


@dataclass(frozen=True)
class Panel:
    """One part of a detail page; `context(user, row)` returns the template's variables, or None to show nothing.

    `resource` is a resource key or "*" for all of them.
    """

    key: str
    title: Any
    resource: str
    template: str
    context: Callable[[Any, str, Any], dict[str, Any] | None]
    order: int = 50


panels: Registry[Panel] = Registry("panel")


def declare_panel(made: Panel) -> Panel:
    """Declare a panel; its context is called with (user, resource key, row)."""
    return panels.add(made.key, made)


def panels_of(resource_key: str) -> list[Panel]:
    """Return the panels of a resource in their order."""
    return sorted((panel for panel in panels if panel.resource in (resource_key, "*")), key=lambda panel: panel.order)
