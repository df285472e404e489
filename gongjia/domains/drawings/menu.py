"""Where drawings stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import NavItem, declare_nav
from gongjia.domains.drawings.resources import PLANS
from gongjia.domains.offices.resources import BUILDINGS

declare_nav(NavItem("drawings.map", _("院落地图"), "drawings:map", "decisions", BUILDINGS.view_permission, order=30, icon="map-pin"))
declare_nav(NavItem("drawings.audit", _("图纸核对"), "drawings:audit", "oversight", PLANS.view_permission, order=40, icon="ruler-measure"))
