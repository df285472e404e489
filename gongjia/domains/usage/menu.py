"""The pages of the use of rooms in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import NavItem, declare_nav
from gongjia.domains.offices.resources import ROOMS

declare_nav(NavItem("usage.ceiling", _("单位核定面积"), "usage:ceiling", "oversight", ROOMS.view_permission, 45, "ruler-measure"))
