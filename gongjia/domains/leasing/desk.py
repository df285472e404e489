"""What leasing puts on the work desk: leases that end within a year, and let space that should be back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import DeskCard, declare_desk_card
from gongjia.core.periods import today
from gongjia.domains.leasing.resources import LETTINGS

SHOWN = 5


def not_back(user: Any, path: str) -> dict[str, Any] | None:
    """Let space past its day, the longest first; hidden where there is none."""
    on = today()
    rows = LETTINGS.queryset(user, path).filter(taken_back_on__isnull=True, due_on__lt=on)
    total = rows.count()
    if not total:
        return None
    late = [(row, (on - row.due_on).days) for row in rows.select_related("place").order_by("due_on", "pk")[:SHOWN]]
    query = urlencode({"taken_back_on__empty": "1", "due_on__lte": on.isoformat(), "sort": "due_on"})
    return {"rows": late, "total": total, "query": query}


declare_desk_card(DeskCard("leasing.not_back", _("出租出借房屋到期未收回"), "leasing/desk_not_back.html", not_back, order=28))
