"""What the use of rooms puts on the work desk: rooms that must come back, the late ones first; issues past their day."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import DeskCard, declare_desk_card
from gongjia.core.periods import today
from gongjia.domains.usage.choices import HandBackState, IssueState
from gongjia.domains.usage.resources import HAND_BACKS, ISSUES

SHOWN = 5


def coming_back(user: Any, path: str) -> dict[str, Any] | None:
    """Rooms that must be handed back, by their deadline; hidden where there are none."""
    rows, on = HAND_BACKS.queryset(user, path).filter(state=HandBackState.OPEN), today()
    total = rows.count()
    if not total:
        return None
    late = rows.filter(due_on__lt=on).count()
    shown = rows.select_related("person", "room__place").order_by("due_on", "pk")[:SHOWN]
    return {
        "rows": [(row, row.days_late(on)) for row in shown],
        "total": total,
        "late": late,
        "query": urlencode({"state": "open", "sort": "due_on"}),
    }


def late_issues(user: Any, path: str) -> dict[str, Any] | None:
    """Issues of inspections past their day, the oldest first; hidden where there are none."""
    on = today()
    rows = ISSUES.queryset(user, path).exclude(state=IssueState.CLOSED).filter(due_on__lt=on)
    total = rows.count()
    if not total:
        return None
    shown = [(row, (on - row.due_on).days) for row in rows.select_related("room__place").order_by("due_on", "pk")[:SHOWN]]
    return {"rows": shown, "total": total, "query": urlencode({"due_on__lte": on.isoformat(), "sort": "due_on"})}


declare_desk_card(DeskCard("usage.coming_back", _("待腾退的办公用房"), "usage/desk_hand_backs.html", coming_back, order=28))
declare_desk_card(DeskCard("usage.late_issues", _("巡检问题逾期"), "usage/desk_issues.html", late_issues, order=29))
