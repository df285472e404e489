"""What custody puts on the work desk: lettings that should be back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import DeskCard, declare_desk_card
from gongjia.core.periods import today
from gongjia.domains.custody.resources import LETTINGS

SHOWN = 5


def overdue(user: Any, path: str) -> dict[str, Any] | None:
    """Lettings past their day, the longest first; hidden where there are none."""
    on = today()
    rows = LETTINGS.queryset(user, path).filter(returned_on__isnull=True, due_on__lt=on)
    total = rows.count()
    if not total:
        return None
    late = [(row, (on - row.due_on).days) for row in rows.select_related("asset").order_by("due_on", "pk")[:SHOWN]]
    query = urlencode({"returned_on__empty": "1", "due_on__lte": on.isoformat(), "sort": "due_on"})
    return {"rows": late, "total": total, "query": query}


declare_desk_card(DeskCard("custody.overdue", _("出租出借逾期"), "custody/desk_overdue.html", overdue, order=26))
