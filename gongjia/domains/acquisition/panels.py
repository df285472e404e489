"""What acquisition shows on detail pages: the deliveries of an order, the cards of a receipt."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.panel import Panel, declare_panel
from gongjia.domains.acquisition.choices import OrderState
from gongjia.domains.acquisition.models import OrderLine, PlanLine, Receipt
from gongjia.domains.acquisition.resources import ORDERS, PLANS, RECEIPTS
from gongjia.domains.acquisition.services.receiving import receive_goods
from gongjia.ledger.resources import ASSETS


def deliveries(user: Any, key: str, order: OrderLine) -> dict[str, Any]:
    """Return the receipts of an order, and whether the user may receive more."""
    open_ = order.state in (OrderState.ORDERED, OrderState.PARTLY)
    may = open_ and access(user).can(receive_goods.permission, order.unit_id)
    return {"order": order, "receipts": list(RECEIPTS.queryset(user).filter(order=order.pk).order_by("pk")), "may_receive": may}


def cards(user: Any, key: str, receipt: Receipt) -> dict[str, Any]:
    """Return the cards that a receipt became."""
    rows = ASSETS.queryset(user).filter(receipts=receipt.pk).select_related("place", "custodian").order_by("number")
    return {"receipt": receipt, "cards": list(rows[:200]), "count": rows.count()}


def origin(user: Any, key: str, asset: Any) -> dict[str, Any] | None:
    """Return the receipt and order by which a card came."""
    receipt = RECEIPTS.queryset(user).filter(assets=asset.pk).select_related("order").first()
    return None if receipt is None else {"receipt": receipt}


def orders_of_plan(user: Any, key: str, plan: PlanLine) -> dict[str, Any] | None:
    """Return what was bought of a plan line."""
    rows = list(ORDERS.queryset(user).filter(plan=plan.pk).order_by("pk"))
    return {"orders": rows} if rows else None


declare_panel(Panel("acquisition.deliveries", _("到货与验收"), ORDERS.key, "acquisition/panel_deliveries.html", deliveries, 20))
declare_panel(Panel("acquisition.cards", _("建立的卡片"), RECEIPTS.key, "acquisition/panel_cards.html", cards, 20))
declare_panel(Panel("acquisition.origin", _("验收来源"), ASSETS.key, "acquisition/panel_origin.html", origin, 60))
declare_panel(Panel("acquisition.orders", _("已批准的购置"), PLANS.key, "acquisition/panel_orders.html", orders_of_plan, 20))
