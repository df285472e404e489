"""The board of the dispatcher, and what is to be done by and for one person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.problems import Conflict, Refused
from gongjia.domains.maintenance.choices import FINISHED, OPEN, TicketState
from gongjia.domains.maintenance.models import Ticket
from gongjia.domains.maintenance.panels import photos_of
from gongjia.domains.maintenance.resources import CREWS, TICKETS
from gongjia.domains.maintenance.views.reporting import keep_photos
from gongjia.web.scope import scope_of
from gongjia.web.views.documents import refuses
from gongjia.web.views.entry import signed_in
from gongjia.web.views.sign_in import safe_next

COLUMNS = (TicketState.REPORTED, TicketState.DISPATCHED, TicketState.ACCEPTED, TicketState.DONE)
SHOWN = 40
QUICK = {
    "dispatch": ("crew", "worker", "urgency"),
    "accept": (),
    "finish": ("work", "hours", "labour", "part", "quantity", "unit_price"),
    "confirm": ("rating", "remark"),
    "reopen": ("remark",),
}
DISPATCH = "maintenance.dispatch_ticket"


@require_GET
@signed_in
def board(request: HttpRequest) -> HttpResponse:
    """The open tickets by state, those past their time first."""
    if not access(request.user).can(DISPATCH):
        raise PermissionDenied(DISPATCH)
    rows = TICKETS.queryset(request.user, scope_of(request).path).select_related("place", "unit", "crew", "worker")
    columns = []
    for state in COLUMNS:
        members = rows.filter(state=state)
        columns.append((state.value, state.label, members.count(), list(members.order_by("due_at", "pk")[:SHOWN])))
    now = timezone.now()
    late = rows.filter(state__in=OPEN, due_at__lt=now).count()
    crews = list(CREWS.queryset(request.user).order_by("-kind", "code").values_list("pk", "name"))
    page = {"columns": columns, "crews": crews, "now": now, "late": late, "shown": SHOWN}
    return render(request, "maintenance/board.html", {"page": page, "title": _("维修派单")})


def to_do(user: Any) -> Any:
    """Return the tickets that were given to a person, or to a crew that he leads and nobody else."""
    if not user.person_id:
        return Ticket.objects.none()
    given = Q(worker=user.person_id) | Q(worker__isnull=True, crew__head=user.person_id)
    return TICKETS.queryset(user).filter(given, state__in=(TicketState.DISPATCHED, TicketState.ACCEPTED))


@require_GET
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """What this person is to mend, and what was reported by him."""
    if not access(request.user).can(TICKETS.view_permission):
        raise PermissionDenied(TICKETS.view_permission)
    reported = TICKETS.queryset(request.user).filter(reporter=request.user.pk, plan__isnull=True).exclude(state=TicketState.CANCELLED)
    work = list(to_do(request.user).select_related("place", "unit").order_by("due_at", "pk")[:SHOWN])
    own = list(reported.select_related("place", "crew", "worker").order_by("-reported_at", "-pk")[:SHOWN])
    photos = photos_of([ticket.pk for ticket in work])
    page = {
        "work": [(ticket, photos[ticket.pk]) for ticket in work],
        "own": own,
        "now": timezone.now(),
        "may_report": access(request.user).can("maintenance.report_fault"),
        "finished": FINISHED,
    }
    return render(request, "maintenance/mine.html", {"page": page, "title": _("我的维修")})


@require_POST
@signed_in
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take a ticket one step on from the board or the phone; what cannot be done is said."""
    if verb not in QUICK:
        raise Http404
    TICKETS.get(request.user, pk)
    raw = {name: value for name in QUICK[verb] if (value := request.POST.get(name, "").strip())}
    raw |= {name: int(value) for name in ("crew", "worker") if (value := raw.get(name, "")).isdecimal()}
    uploads = request.FILES.getlist("photo")
    try:
        if faults := [said for said in map(refuses, uploads) if said]:
            messages.warning(request, faults[0], extra_tags="doubt")
        else:
            actions[f"maintenance.{verb}_ticket"].run(request.user, {"id": pk, **raw}, origin="phone")
            keep_photos(request.user, pk, uploads)
            messages.success(request, f"{actions[f'maintenance.{verb}_ticket'].label}：{_('已办')}")
    except (Refused, Conflict) as refusal:
        said = str(refusal.problems[0].message) if isinstance(refusal, Refused) else str(refusal)
        messages.warning(request, said, extra_tags="doubt")
    return redirect(safe_next(request))
