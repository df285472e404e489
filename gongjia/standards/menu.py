"""The pages of the rules in the left menu."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import NavItem, declare_nav
from gongjia.standards.choices import RectificationState
from gongjia.standards.resources import FINDINGS, RECTIFICATIONS
from gongjia.standards.services import ASK, SIMULATE


def _open(user: Any, path: str) -> int:
    """How many findings wait within the scope."""
    return FINDINGS.queryset(user, path).filter(state="open").count()


def _due(user: Any, path: str) -> int:
    return RECTIFICATIONS.queryset(user, path).exclude(state=RectificationState.DONE).count()


SEE, MEND = FINDINGS.view_permission, RECTIFICATIONS.view_permission
declare_nav(NavItem("standards.finding", _("核查"), "standards:findings", "oversight", SEE, 10, "flag", count=_open, phone=True))
declare_nav(NavItem("standards.rectification", _("整改"), "standards:rectifications", "oversight", MEND, 20, "checklist", count=_due))
declare_nav(NavItem("standards.rulebook", _("规范库"), "standards:rulebook", "oversight", "", 30, "book"))
declare_nav(NavItem("standards.ask", _("先问后办"), "standards:ask", "oversight", ASK, 40, "zoom-question"))
declare_nav(NavItem("standards.simulate", _("模拟规范"), "standards:simulate", "decisions", SIMULATE, 40, "adjustments"))
