"""What a person may do with a request now: the verbs that its page offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gongjia.approvals.choices import RequestState
from gongjia.approvals.models import Reader, Request, Seat, Step
from gongjia.approvals.seeing import waiting_for
from gongjia.approvals.services.drafting import EDITABLE
from gongjia.approvals.services.ending import VOIDABLE, WITHDRAWABLE
from gongjia.core.access import access

OWN_VOIDABLE = (RequestState.DRAFT, RequestState.RETURNED, RequestState.STUCK)
STOPPED = (RequestState.STUCK, RequestState.GRANTED)


@dataclass(frozen=True)
class May:
    """The verbs open to one person; `steps` are those that wait for his or her signature."""

    edit: bool
    withdraw: bool
    void: bool
    remind: bool
    retry: bool
    talk: bool
    steps: Sequence[Step]

    @property
    def sign(self) -> bool:
        return bool(self.steps)


def may_of(user: Any, request: Request) -> May:
    """Return what `user` may do with a request that it may see."""
    rights, own, state = access(user), request.applicant_id == user.pk, request.state
    asks = own and rights.can("approvals.ask")
    rules = rights.can("approvals.void", request.unit_id)
    return May(
        edit=asks and state in EDITABLE,
        withdraw=asks and state in WITHDRAWABLE,
        void=(rules and state in VOIDABLE) or (asks and state in OWN_VOIDABLE),
        remind=asks and state == RequestState.RUNNING,
        retry=(asks or rules) and state in STOPPED,
        talk=rights.can("approvals.talk") and (own or _takes_part(user, request) or rights.can("approvals.talk", request.unit_id)),
        steps=list(waiting_for(user).filter(request=request)) if rights.can("approvals.sign") else [],
    )


def _takes_part(user: Any, request: Request) -> bool:
    return Seat.objects.filter(step__request=request, user=user).exists() or Reader.objects.filter(request=request, user=user).exists()
