"""Where the pages of this package stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import NavItem, declare_nav
from gongjia.core.permissions import page_permissions

VIEW = "dashboards.view_cockpit"
page_permissions.add(VIEW, _("查看驾驶舱"))

declare_nav(NavItem("dashboards.cockpit", _("驾驶舱"), "dashboards:cockpit", "decisions", VIEW, order=10, icon="gauge"))
declare_nav(NavItem("dashboards.one_page", _("公家一页"), "dashboards:one_page", "decisions", VIEW, order=20, icon="file-text"))
