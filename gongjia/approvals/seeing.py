"""Who sees a request, and what waits for whom: the one place that both pages and services ask."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongjia.approvals.choices import SeatKind, SeatState, StepState
from gongjia.approvals.models import Delegation, Reader, Request, Seat, Step
from gongjia.core.access import access
from gongjia.core.periods import today

VIEW = "approvals.view_request"


def principals(user: Any) -> set[int]:
    """Return those for whom `user` may sign today: itself, and who delegated to it."""
    day = today()
    standing = Delegation.objects.filter(proxy=user, ended_at__isnull=True, valid_from__lte=day, valid_to__gte=day)
    return {user.pk, *standing.values_list("principal_id", flat=True)}


def visible_requests(user: Any) -> QuerySet[Request]:
    """Return the requests that `user` may see: own ones, signed and to sign, copies, and those of units where it may view them."""
    if not getattr(user, "pk", None):
        return Request.objects.none()
    units = access(user).units(VIEW)
    if units is None:
        return Request.objects.all()
    mine = principals(user)
    seated = Seat.objects.filter(step__request=OuterRef("pk"), user__in=mine)
    given = Reader.objects.filter(request=OuterRef("pk"), user=user)
    return Request.objects.filter(Q(applicant=user) | Q(unit__in=units) | Exists(seated) | Exists(given))


def ripe_seats() -> QuerySet[Seat]:
    """Return the seats whose turn it is: a co-signer before the others goes first, one after them last."""
    same = Seat.objects.filter(step=OuterRef("step"), state=SeatState.WAITING)
    before, assigned = same.filter(kind=SeatKind.BEFORE), same.filter(kind=SeatKind.ASSIGNED)
    waiting = Seat.objects.filter(state=SeatState.WAITING, step__state=StepState.OPEN)
    held = (Q(kind=SeatKind.ASSIGNED) & Exists(before)) | (Q(kind=SeatKind.AFTER) & (Exists(before) | Exists(assigned)))
    return waiting.exclude(held)


def waiting_for(user: Any) -> QuerySet[Step]:
    """Return the open steps that `user` may decide now, for itself or for who delegated to it; never on its own request."""
    if not getattr(user, "pk", None):
        return Step.objects.none()
    mine = ripe_seats().filter(user__in=principals(user)).values("step")
    return Step.objects.filter(state=StepState.OPEN, pk__in=mine).exclude(request__applicant=user).order_by("due_at", "pk")
