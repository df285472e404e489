"""The journal in the left menu: a count shows how much the last check found altered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import NavItem, declare_nav
from gongjia.journal.resources import SEALS
from gongjia.journal.services import last_check


def _altered(user: Any, path: str) -> int:
    found = last_check()
    return found.result["problems"] if found and isinstance(found.result, dict) else 0


declare_nav(NavItem("journal.seal", _("日志存证"), "journal:seals", "oversight", SEALS.view_permission, 60, "lock", count=_altered))
