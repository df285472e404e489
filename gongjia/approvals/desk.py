"""What approvals put on the work desk: what waits for a signature, and one's own open requests."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.approvals.choices import OPEN_STATES, RequestState
from gongjia.approvals.models import Request
from gongjia.approvals.waiting import count, line_of, waiting_lines
from gongjia.core.nav import DeskCard, declare_desk_card

SHOWN = 5


def waiting(user: Any, path: str) -> dict[str, Any] | None:
    """The requests that wait for this person, the most pressing first; hidden where there are none."""
    total = count(user)
    return {"lines": waiting_lines(user)[:SHOWN], "total": total} if total else None


def mine(user: Any, path: str) -> dict[str, Any] | None:
    """The person's own requests that are not decided."""
    rows = Request.objects.filter(applicant=user.pk, state__in=[RequestState.DRAFT, *OPEN_STATES]).select_related("unit", "applicant")
    lines = [line_of(row) for row in rows.order_by("-pk")[:SHOWN]]
    return {"lines": lines, "total": rows.count()} if lines else None


declare_desk_card(DeskCard("approvals.waiting", _("待我审批"), "approvals/desk_waiting.html", waiting, order=1))
declare_desk_card(DeskCard("approvals.mine", _("我的申请"), "approvals/desk_mine.html", mine, order=12))
