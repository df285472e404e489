"""What the warehouse shows on detail pages: the way of an item, its loans, the arithmetic of a deal, what an occasion still holds."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.panel import Panel, declare_panel
from gongjia.core.periods import today
from gongjia.domains.warehouse.cards import cards_of, photos_of
from gongjia.domains.warehouse.certificate import reckoning_of
from gongjia.domains.warehouse.choices import ItemState
from gongjia.domains.warehouse.models import Loan, Occasion, OccasionCard, Passage, StockItem
from gongjia.domains.warehouse.nearness import standpoint
from gongjia.domains.warehouse.reckoning import fingerprint
from gongjia.domains.warehouse.resources import ITEMS
from gongjia.domains.warehouse.wishing import suiting

STEPS = (ItemState.REGISTERED, ItemState.ACCEPTED, ItemState.APPRAISED, ItemState.STORED, ItemState.PUBLISHED)


def way(user: Any, key: str, item: Any) -> dict[str, Any] | None:
    """Where an item stands on its way through the warehouse, what came and went, and its pictures."""
    past = list(Passage.objects.filter(item=item.pk).select_related("unit", "other").order_by("-pk")[:20])
    done = STEPS.index(ItemState(item.state)) if item.state in STEPS else len(STEPS)
    steps = [(step.label, place < done, place == done) for place, step in enumerate(STEPS)]
    shown = item.state == ItemState.PUBLISHED
    return {"item": item, "steps": steps, "passages": past, "photos": photos_of([item.pk]).get(item.pk, []), "shown": shown, "count": None}


def stocked(user: Any, key: str, card: Any) -> dict[str, Any] | None:
    """The item that a card is in the warehouse; hidden for all others."""
    item = ITEMS.queryset(user).filter(pk=card.pk).select_related("asset").first()
    return way(user, key, item) if item is not None and item.state != ItemState.OUT else None


def deal(user: Any, key: str, row: Any) -> dict[str, Any] | None:
    """The arithmetic of a deal, reckoned anew, and whether it is what was written down."""
    lines = reckoning_of(row)
    return {"deal": row, "lines": lines, "same": lines[-1][2] == f"{row.saving:,.2f}", "mark": fingerprint(row), "count": None}


def suited(user: Any, key: str, wish: Any) -> dict[str, Any] | None:
    """What stands in the window for a wish."""
    items = list(suiting(wish).select_related("asset__unit", "building")[:12])
    return {"cards": cards_of(user, items, standpoint(wish.unit, wish.place)), "count": len(items)}


def held(user: Any, key: str, occasion: Occasion) -> dict[str, Any] | None:
    """What an occasion still holds: cards bought for it, items lent to it."""
    cards = OccasionCard.objects.filter(occasion=occasion.pk).select_related("asset")
    loans = Loan.objects.filter(occasion=occasion.pk, returned_on__isnull=True).select_related("item__asset", "owner")
    states = dict(StockItem.objects.filter(pk__in=[card.asset_id for card in cards]).values_list("pk", "state"))
    rows = [(card.asset, states.get(card.asset_id, "")) for card in cards]
    return {"rows": rows, "loans": list(loans), "over": occasion.ends_on < today(), "count": len(rows) + len(loans)}


declare_panel(Panel("warehouse.way", _("在公物仓"), "warehouse.item", "warehouse/panel_way.html", way, order=5))
declare_panel(Panel("warehouse.stocked", _("在公物仓"), "ledger.asset", "warehouse/panel_way.html", stocked, order=15))
declare_panel(Panel("warehouse.deal", _("节约是怎么算的"), "warehouse.deal", "warehouse/panel_deal.html", deal, order=5))
declare_panel(Panel("warehouse.suited", _("橱窗里合适的"), "warehouse.wish", "warehouse/panel_suited.html", suited, order=5))
declare_panel(Panel("warehouse.held", _("应归还的东西"), "warehouse.occasion", "warehouse/panel_held.html", held, order=5))
