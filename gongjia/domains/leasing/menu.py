"""Where the pages of leasing stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import NavItem, declare_nav
from gongjia.domains.leasing.resources import TITLES
from gongjia.domains.offices.resources import LEASES

declare_nav(
    NavItem(
        "leasing.expiring", _("租约到期与存量房源"), "leasing:expiring", "handling", LEASES.view_permission, order=55, icon="calendar-due"
    )
)
declare_nav(NavItem("leasing.gaps", _("权属缺口"), "leasing:gaps", "oversight", TITLES.view_permission, order=55, icon="file-alert"))
