"""Where the pages of the warehouse stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import NavItem, declare_nav
from gongjia.domains.warehouse.resources import OFFERS, PASSAGES, PLANS

declare_nav(
    NavItem(
        "warehouse.window",
        _("公物仓橱窗"),
        "warehouse:window",
        "handling",
        OFFERS.view_permission,
        order=30,
        icon="layout-grid",
        phone=True,
    )
)
declare_nav(
    NavItem("warehouse.matching", _("供需撮合"), "warehouse:matching", "decisions", PLANS.view_permission, order=40, icon="hierarchy"),
)
declare_nav(
    NavItem(
        "warehouse.figures", _("公物仓运行统计"), "warehouse:figures", "decisions", PASSAGES.view_permission, order=45, icon="chart-bar"
    )
)
