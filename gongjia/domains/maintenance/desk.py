"""What repairs put on the work desk: what is past its time, what waits for one's word, what is to be dispatched."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.nav import DeskCard, declare_desk_card
from gongjia.domains.maintenance.choices import OPEN, TicketState
from gongjia.domains.maintenance.resources import TICKETS

SHOWN = 5


def waiting(user: Any, path: str) -> dict[str, Any] | None:
    """Tickets past their time, those to be dispatched, and those of one's own that wait for a word."""
    rows = TICKETS.queryset(user, path)
    late = rows.filter(state__in=OPEN, due_at__lt=timezone.now())
    mine = rows.filter(state=TicketState.DONE, reporter=user.pk)
    fresh = rows.filter(state=TicketState.REPORTED) if access(user).can("maintenance.dispatch_ticket") else rows.none()
    found = {"late": late.count(), "mine": mine.count(), "fresh": fresh.count()}
    if not any(found.values()):
        return None
    return {**found, "rows": list(late.select_related("place").order_by("due_at", "pk")[:SHOWN])}


declare_desk_card(DeskCard("maintenance.waiting", _("维修"), "maintenance/desk_waiting.html", waiting, order=28))
