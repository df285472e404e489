"""What inventories put on the work desk: rounds that go on, and how far they are."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import DeskCard, declare_desk_card
from gongjia.core.periods import today
from gongjia.domains.inventory.choices import Found, RoundState
from gongjia.domains.inventory.models import CountLine
from gongjia.domains.inventory.resources import ROUNDS

SHOWN = 5


def going_on(user: Any, path: str) -> dict[str, Any] | None:
    """Rounds that are not closed, with what has been seen of them; hidden where there are none."""
    on = today()
    rounds = list(ROUNDS.queryset(user, path).exclude(state=RoundState.CLOSED).select_related("unit").order_by("due_on", "pk")[:SHOWN])
    if not rounds:
        return None
    lines = CountLine.objects.filter(round__in=[row.pk for row in rounds]).exclude(found=Found.SURPLUS).order_by()
    seen = {
        row["round_id"]: (row["seen"], row["total"])
        for row in lines.values("round_id").annotate(seen=Count("pk", filter=~Q(found=Found.PENDING)), total=Count("pk"))
    }
    return {"rows": [(row, *seen.get(row.pk, (0, 0)), (row.due_on - on).days) for row in rounds]}


declare_desk_card(DeskCard("inventory.going_on", _("进行中的盘点"), "inventory/desk_rounds.html", going_on, order=40))
