"""Where returns and reconciliations stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import NavItem, declare_nav
from gongjia.publishing.resources import LINES, RETURNS

declare_nav(
    NavItem(
        "publishing.return",
        _("办公用房统计报告"),
        "publishing:office_return",
        "oversight",
        RETURNS.view_permission,
        order=60,
        icon="report",
    )
)
declare_nav(NavItem("publishing.ledgers", _("台账核对"), "publishing:ledgers", "oversight", LINES.view_permission, order=62, icon="checks"))
