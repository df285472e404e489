"""What repairs show on detail pages: a ticket's way, a project's way with its arithmetic and flags, what is broken in a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.models import Attachment
from gongjia.core.panel import Panel, declare_panel
from gongjia.domains.maintenance.choices import STEPS, ProjectState
from gongjia.domains.maintenance.flags import flags_of
from gongjia.domains.maintenance.models import Project, Ticket
from gongjia.domains.maintenance.ranking import priorities
from gongjia.domains.maintenance.resources import ITEMS, PARTS, PROJECTS, REVIEWS, TICKETS
from gongjia.domains.maintenance.terms import TABLE
from gongjia.domains.maintenance.wording import factor_names
from gongjia.ledger.resources import ASSETS
from gongjia.org.models import Place

PICTURES = ("image/jpeg", "image/png", "image/webp")


def photos_of(tickets: Sequence[int]) -> dict[int, list[int]]:
    """Return the pictures of tickets, by ticket."""
    rows = Attachment.objects.filter(subject=TICKETS.key, subject_id__in=list(tickets), file__content_type__in=PICTURES)
    found: dict[int, list[int]] = {ticket: [] for ticket in tickets}
    for ticket, pk in rows.order_by("pk").values_list("subject_id", "pk"):
        found[ticket].append(pk)
    return found


def ticket_way(user: Any, key: str, ticket: Ticket) -> dict[str, Any]:
    """The steps of a ticket with their times, its pictures and materials; a card's own repair is recorded in the ledger."""
    steps = [
        (_("报修"), ticket.reported_at, ticket.reporter),
        (_("派单"), ticket.dispatched_at, ticket.crew),
        (_("接单"), ticket.accepted_at, ticket.worker),
        (_("完成"), ticket.done_at, ticket.work),
        (_("确认"), ticket.confirmed_at, ""),
    ]
    card = ASSETS.queryset(user).filter(pk=ticket.asset_id).first() if ticket.asset_id else None
    records = card is not None and access(user).can("custody.record_repair", card.unit_id)
    rows = list(PARTS.queryset(user).filter(ticket=ticket.pk).order_by("pk"))
    late = ticket.is_late(timezone.now())
    total = ticket.labour + ticket.parts_cost
    found = {"ticket": ticket, "steps": steps, "photos": photos_of([ticket.pk])[ticket.pk], "rows": rows, "late": late, "total": total}
    return {**found, "card": card if records and ticket.done_at else None}


def project_way(user: Any, key: str, project: Project) -> dict[str, Any]:
    """How far a project has come, its priority with the arithmetic, what speaks against it, its estimate and reviews."""
    project = Project.objects.select_related("unit", "line", "needs").get(pk=project.pk)
    place = STEPS.index(ProjectState(project.state)) if project.state in STEPS else -1
    ranked = priorities([project], project.unit)[project.pk]
    return {
        "project": project,
        "steps": [(step.label, number < place, number == place) for number, step in enumerate(STEPS)],
        "priority": ranked,
        "names": factor_names(),
        "table": TABLE,
        "flags": flags_of(project),
        "rows": list(ITEMS.queryset(user).filter(project=project.pk).select_related("ticket").order_by("pk")),
        "reviews": list(REVIEWS.queryset(user).filter(project=project.pk).select_related("reviewer").order_by("pk")),
        "over": project.final - project.approved if project.final is not None and project.approved is not None else None,
    }


def in_place(user: Any, key: str, row: Any) -> dict[str, Any] | None:
    """The tickets and projects of a place and what is in it."""
    place: Place = row if isinstance(row, Place) else row.place
    tickets = (
        TICKETS.queryset(user).filter(place__path__startswith=place.path) if place.path else TICKETS.queryset(user).filter(place=place)
    )
    projects = PROJECTS.queryset(user).filter(place__path__startswith=place.path) if place.path else PROJECTS.queryset(user).none()
    found = {"tickets": list(tickets.order_by("-reported_at")[:10]), "projects": list(projects.order_by("-applied_on")[:10])}
    may = access(user).can("maintenance.report_fault", place.unit_id)
    return {**found, "report": place.pk if may else None, "count": tickets.count() or None} if may or any(found.values()) else None


def of_card(user: Any, key: str, asset: Any) -> dict[str, Any] | None:
    """The tickets of a card."""
    rows = list(TICKETS.queryset(user).filter(asset=asset.pk).order_by("-reported_at")[:10])
    return {"tickets": rows, "projects": [], "report": None, "count": len(rows)} if rows else None


declare_panel(Panel("maintenance.ticket_way", _("办理过程"), TICKETS.key, "maintenance/panel_ticket.html", ticket_way, 12))
declare_panel(Panel("maintenance.project_way", _("进度、排序与核查"), PROJECTS.key, "maintenance/panel_project.html", project_way, 12))
for resource in ("offices.room", "offices.building", "org.place"):
    declare_panel(Panel(f"maintenance.in_{resource}", _("维修"), resource, "maintenance/panel_place.html", in_place, 60))
declare_panel(Panel("maintenance.of_card", _("报修"), ASSETS.key, "maintenance/panel_place.html", of_card, 57))
