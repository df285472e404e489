"""What disposal shows on detail pages: how a card is leaving or left, and what is still to do about it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.panel import Panel, declare_panel
from gongjia.domains.disposal.choices import State
from gongjia.domains.disposal.resources import DISPOSALS
from gongjia.ledger.resources import ASSETS


def of_asset(user: Any, key: str, asset: Any) -> dict[str, Any] | None:
    """Return the disposals of a card."""
    rows = list(DISPOSALS.queryset(user).filter(asset=asset.pk).order_by("-pk"))
    return {"disposals": rows, "states": State} if rows else None


declare_panel(Panel("disposal.of_asset", _("处置"), ASSETS.key, "disposal/panel_asset.html", of_asset, 12))
