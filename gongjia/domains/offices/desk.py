"""What offices put on the work desk: leases that end soon."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import DeskCard, declare_desk_card
from gongjia.core.periods import today
from gongjia.domains.offices.indicators import EXPIRING_DAYS, ending_query
from gongjia.domains.offices.resources import LEASES

SHOWN = 5


def ending(user: Any, path: str) -> dict[str, Any] | None:
    """The next leases to end within ninety days; hidden where there are none."""
    on = today()
    rows = LEASES.queryset(user, path).filter(ends_on__gte=on, ends_on__lte=on + dt.timedelta(days=EXPIRING_DAYS))
    count = rows.count()
    if not count:
        return None
    leases = [(lease, (lease.ends_on - on).days) for lease in rows.select_related("unit").order_by("ends_on", "pk")[:SHOWN]]
    return {"leases": leases, "total": count, "days": EXPIRING_DAYS, "query": ending_query(on)}


declare_desk_card(DeskCard("offices.ending", _("快到期的租赁"), "offices/desk_ending.html", ending, order=30))
