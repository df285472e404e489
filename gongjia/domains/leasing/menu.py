"""Where the pages of leasing stand in the menu."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import NavItem, declare_nav
from gongjia.core.periods import today
from gongjia.domains.leasing.expiring import ending_between
from gongjia.domains.leasing.resources import TITLES
from gongjia.domains.leasing.rules import a_year_on
from gongjia.domains.offices.resources import LEASES


def ending(user: Any, path: str) -> int:
    """Return how many leases end within a year."""
    on = today()
    return ending_between(LEASES.queryset(user, path), on, a_year_on(on)).count()


declare_nav(
    NavItem(
        "leasing.expiring",
        _("租约到期与存量房源"),
        "leasing:expiring",
        "handling",
        LEASES.view_permission,
        order=55,
        icon="calendar-due",
        count=ending,
    )
)
declare_nav(NavItem("leasing.gaps", _("权属缺口"), "leasing:gaps", "oversight", TITLES.view_permission, order=55, icon="file-alert"))
