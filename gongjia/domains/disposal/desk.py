"""What disposal puts on the work desk: what was granted and stands there, what has gone and waits for its voucher."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import DeskCard, declare_desk_card
from gongjia.domains.disposal.choices import State
from gongjia.domains.disposal.resources import DISPOSALS

OPEN = (State.DONE, State.GRANTED)


def waiting(user: Any, path: str) -> dict[str, Any] | None:
    """Count the disposals that are not over, by their state; hidden where there are none."""
    rows = DISPOSALS.queryset(user, path).filter(state__in=OPEN).order_by().values("state").annotate(n=Count("pk"))
    counts = {row["state"]: row["n"] for row in rows}
    steps = [(state.label, urlencode({"state": state.value}), counts[state.value]) for state in OPEN if counts.get(state.value)]
    return {"steps": steps} if steps else None


declare_desk_card(DeskCard("disposal.waiting", _("处置待办"), "disposal/desk_waiting.html", waiting, order=46))
