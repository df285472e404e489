"""What the warehouse puts on the work desk: wishes that can be met, loans that are due, items that wait for the next step."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import DeskCard, declare_desk_card
from gongjia.core.periods import today
from gongjia.domains.warehouse.choices import WAITING, ItemState
from gongjia.domains.warehouse.models import WishMatch
from gongjia.domains.warehouse.resources import BORROWED, ITEMS, LOANS, WISHES

SHOWN, SOON = 5, 7


def matched(user: Any, path: str) -> dict[str, Any] | None:
    """The wishes for which something stands in the window."""
    mine = WISHES.queryset(user, path).filter(state="open").order_by()
    found = WishMatch.objects.filter(wish__in=mine.values("pk"), item__state=ItemState.PUBLISHED, seen_at__isnull=True)
    rows = list(found.values("wish", "wish__name", "wish__unit__name").annotate(n=Count("pk")).order_by("-n", "wish")[:SHOWN])
    return {"rows": rows, "total": found.values("wish").distinct().count()} if rows else None


def due(user: Any, path: str) -> dict[str, Any] | None:
    """Loans, given and taken, that are over or nearly so."""
    day = today()
    found = []
    for loans, key in ((LOANS, "lent"), (BORROWED, "borrowed")):
        rows = loans.queryset(user, path).filter(returned_on__isnull=True, due_on__lte=day + dt.timedelta(days=SOON))
        found += [
            (key, loans.key.split("."), row, (row.due_on - day).days) for row in rows.select_related("item__asset", "unit", "owner")[:50]
        ]
    found.sort(key=lambda each: (each[3], each[2].pk))
    once = list({row.pk: each for each in reversed(found) for row in [each[2]]}.values())
    once.sort(key=lambda each: (each[3], each[2].pk))
    return {"rows": once[:SHOWN], "total": len(once), "late": sum(each[3] < 0 for each in once)} if once else None


def waiting(user: Any, path: str) -> dict[str, Any] | None:
    """Items that wait for appraisal, storing or publication."""
    states = (*WAITING, ItemState.STORED)
    rows = ITEMS.queryset(user, path).filter(state__in=states).order_by().values("state").annotate(n=Count("pk"))
    counts = {row["state"]: row["n"] for row in rows}
    steps = [(state.label, urlencode({"state": state.value}), counts[state.value]) for state in states if counts.get(state.value)]
    return {"steps": steps} if steps else None


declare_desk_card(DeskCard("warehouse.matched", _("你要的东西，仓里有了"), "warehouse/desk_matched.html", matched, order=15))
declare_desk_card(DeskCard("warehouse.due", _("借用到期"), "warehouse/desk_due.html", due, order=25))
declare_desk_card(DeskCard("warehouse.waiting", _("公物仓待办"), "warehouse/desk_waiting.html", waiting, order=45))
