"""The door's own page in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import NavItem, declare_nav

declare_nav(NavItem("api.docs", _("接口说明"), "api:docs", "system", order=90, icon="link"))
