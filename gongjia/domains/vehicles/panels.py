"""What vehicles show on detail pages: the value, movements and card that they share with the ledger."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.panel import Panel, declare_panel
from gongjia.core.periods import today
from gongjia.ledger import panels as ledger
from gongjia.ledger.resources import ASSETS
from gongjia.standards.lifespans import lifespan


def value(user: Any, key: str, vehicle: Any) -> dict[str, Any] | None:
    """Value and age of the vehicle's card."""
    return ledger.value(user, ASSETS.key, vehicle.asset)


def timeline(user: Any, key: str, vehicle: Any) -> dict[str, Any] | None:
    """Movements of the vehicle's card."""
    return ledger.timeline(user, ASSETS.key, vehicle.asset)


def card(user: Any, key: str, vehicle: Any) -> dict[str, Any] | None:
    """The vehicle's card itself."""
    return ledger.cards_of(user, ASSETS.queryset(user).filter(pk=vehicle.pk))


def renewal(user: Any, key: str, vehicle: Any) -> dict[str, Any] | None:
    """The age at which the vehicle may be renewed."""
    card = vehicle.asset
    begun = vehicle.registered_on or card.in_service_on or card.acquired_on
    found = lifespan(begun, card.unit, "vehicle_renewal", "years", {}, card.disposed_on or today())
    return {"life": found, "count": None} if found else None


declare_panel(Panel("vehicles.renewal", _("更新年限"), "vehicles.vehicle", "standards/panel_lifespan.html", renewal, order=12))
declare_panel(Panel("vehicles.value", _("价值与年限"), "vehicles.vehicle", "ledger/panel_value.html", value, order=10))
declare_panel(Panel("vehicles.card", _("资产卡片"), "vehicles.vehicle", "ledger/panel_cards.html", card, order=20))
declare_panel(Panel("vehicles.movements", _("变动"), "vehicles.vehicle", "ledger/panel_movements.html", timeline, order=30))
