"""The pages of inventories in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import NavItem, declare_nav
from gongjia.domains.inventory.resources import BALANCES

declare_nav(
    NavItem("inventory.reconciliation", _("三方核对"), "inventory:reconciliation", "oversight", BALANCES.view_permission, 50, "scale")
)
