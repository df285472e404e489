"""What approvals show on the page of any record: the requests that hold it, or held it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.approvals import asking  # noqa: F401 - the doors hand over what is asked for
from gongjia.approvals.page import tone_of
from gongjia.approvals.resources import REQUESTS
from gongjia.core.models import Reservation
from gongjia.core.panel import Panel, declare_panel

SHOWN = 10


def requests(user: Any, key: str, row: Any) -> dict[str, Any] | None:
    """The requests about a record, as far as this person may see them; hidden where there are none."""
    holders = Reservation.objects.filter(subject=key, subject_id=row.pk).values("holder")
    found = list(REQUESTS.queryset(user).filter(key__in=holders).select_related("applicant", "unit").order_by("-pk")[:SHOWN])
    return {"lines": [(one, tone_of(one.state)) for one in found], "count": len(found)} if found else None


declare_panel(Panel("approvals.requests", _("申请"), "*", "approvals/panel_requests.html", requests, order=30))
