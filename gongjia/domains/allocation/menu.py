"""Where the room plans stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import NavItem, declare_nav
from gongjia.domains.allocation.resources import PLANS

declare_nav(NavItem("allocation.plan", _("用房调配"), "allocation:plan", "decisions", PLANS.view_permission, order=42, icon="hierarchy"))
