"""The journal in the left menu, and on the desk when the last check found something altered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.nav import DeskCard, NavItem, declare_desk_card, declare_nav
from gongjia.journal.resources import SEALS
from gongjia.journal.services import last_check


def altered(user: Any, path: str) -> dict[str, Any] | None:
    """Return how much the last check found altered; nothing for an honest journal, or for whom it is no concern."""
    found = last_check() if access(user).can(SEALS.view_permission) else None
    return {"count": found.result["problems"], "at": found.finished_at} if found and found.result["problems"] else None


declare_nav(NavItem("journal.seal", _("日志存证"), "journal:seals", "oversight", SEALS.view_permission, 60, "lock"))
declare_desk_card(DeskCard("journal.altered", _("日志被改动"), "journal/desk_altered.html", altered, order=1))
