"""What dashboards show on the page of a unit: its own figures, and the way to its cockpit."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.panel import Panel, declare_panel
from gongjia.core.periods import today
from gongjia.dashboards.headline import headline
from gongjia.dashboards.looking import Look
from gongjia.dashboards.menu import VIEW
from gongjia.web.scope import WITHIN, Scope


def figures(user: Any, key: str, unit: Any) -> dict[str, Any] | None:
    """The figures of a unit and all below it."""
    if not access(user).can(VIEW, unit.pk):
        return None
    look = Look(user, today(), Scope(unit.name, unit.path, unit.pk))
    return {"figures": list(headline(look)), "within": f"{WITHIN}={unit.pk}", "count": None}


declare_panel(Panel("dashboards.unit", _("家底与问题"), "org.unit", "dashboards/panel_unit.html", figures, order=10))
