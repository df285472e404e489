"""Where the pages of repairs stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import NavItem, declare_nav
from gongjia.domains.maintenance.resources import CONTRACTS, SELECTIONS, TICKETS

REPORT = "maintenance.report_fault"

declare_nav(NavItem("maintenance.report", _("报修"), "maintenance:report", "handling", REPORT, order=33, icon="camera", phone=True))
declare_nav(
    NavItem("maintenance.mine", _("我的维修"), "maintenance:mine", "handling", TICKETS.view_permission, order=34, icon="tools", phone=True)
)
declare_nav(
    NavItem("maintenance.board", _("维修派单"), "maintenance:board", "handling", "maintenance.dispatch_ticket", order=35, icon="columns")
)
declare_nav(
    NavItem("maintenance.choose", _("大中修遴选"), "maintenance:choose", "decisions", SELECTIONS.view_permission, order=42, icon="scale")
)
declare_nav(
    NavItem(
        "maintenance.property", _("物业费对比"), "maintenance:property", "decisions", CONTRACTS.view_permission, order=43, icon="chart-bar"
    )
)
