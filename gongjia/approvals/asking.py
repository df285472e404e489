"""The doors hand over what is only asked for: it becomes a draft request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from gongjia.approvals.models import Request
from gongjia.approvals.services.drafting import draft_requests
from gongjia.core.action import Action
from gongjia.core.asking import Asked, declare_asker
from gongjia.core.validate import Raw


def page_of(pk: int) -> str:
    """Return the address of a request's page."""
    return reverse("approvals:request", args=[pk])


def draft(actor: Any, action: Action, raws: Sequence[Raw]) -> Asked:
    """Keep the rows as a draft of `actor`; raises Refused for rows that the action itself would refuse."""
    pk = draft_requests.run(actor, {"action": action.key, "rows": [dict(raw) for raw in raws]})
    return Asked(Request.objects.values_list("key", flat=True).get(pk=pk), page_of(pk))


declare_asker(draft)
