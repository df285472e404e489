"""What acquisition puts on the work desk: orders that wait for their receipt."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import DeskCard, declare_desk_card
from gongjia.core.periods import today
from gongjia.domains.acquisition.indicators import WAITING, WAITING_QUERY
from gongjia.domains.acquisition.resources import ORDERS

SHOWN = 5


def waiting(user: Any, path: str) -> dict[str, Any] | None:
    """Orders of which something is still to come, the oldest first; hidden where there are none."""
    rows = ORDERS.queryset(user, path).filter(state__in=WAITING)
    total, on = rows.count(), today()
    if not total:
        return None
    oldest = [(row, (on - row.ordered_on).days) for row in rows.select_related("unit").order_by("ordered_on", "pk")[:SHOWN]]
    return {"rows": oldest, "total": total, "query": WAITING_QUERY}


declare_desk_card(DeskCard("acquisition.waiting", _("等待验收的订单"), "acquisition/desk_waiting.html", waiting, order=35))
