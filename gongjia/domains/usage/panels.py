"""What the use of rooms shows on detail pages."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.panel import Panel, declare_panel
from gongjia.core.periods import today
from gongjia.domains.offices.models import Project, Room
from gongjia.domains.offices.resources import PROJECTS, ROOMS
from gongjia.domains.usage.choices import Seen
from gongjia.domains.usage.models import Certificate, Filing, HandBack, InspectedRoom, Inspection, Issue, Publication
from gongjia.domains.usage.papers import lines_of
from gongjia.domains.usage.resources import CERTIFICATES, FILINGS, HAND_BACKS, INSPECTIONS, ISSUES, OVERAGES, PUBLICATIONS
from gongjia.domains.usage.services.overages import CHECK as OVER
from gongjia.org.resources import PEOPLE, UNITS
from gongjia.standards.choices import FindingState
from gongjia.standards.resources import FINDINGS

SHOWN = 300


def _late(user: Any, rows: Any) -> dict[str, Any] | None:
    found = list(rows.select_related("person", "room__place").order_by("-event_on", "-pk")[:20])
    return {"rows": [(row, row.days_late(today())) for row in found], "count": len(found)} if found else None


def of_person(user: Any, key: str, person: Any) -> dict[str, Any] | None:
    """The rooms that a person must give back or has given back."""
    return _late(user, HAND_BACKS.queryset(user).filter(person=person.pk))


def of_room(user: Any, key: str, room: Room) -> dict[str, Any] | None:
    """The hand-backs of a room."""
    return _late(user, HAND_BACKS.queryset(user).filter(room=room.pk))


def deadline(user: Any, key: str, made: HandBack) -> dict[str, Any]:
    """How long there is still to hand a room back, and what was found of it."""
    on = today()
    findings = FINDINGS.queryset(user).filter(subject=ROOMS.key, subject_id=made.room_id, check_key="offices.left_person_holds_room")
    left = (made.due_on - on).days if made.due_on else None
    may = made.state == "open" and access(user).can("usage.hand_back", made.unit_id)
    found = findings.filter(fact_key=str(made.person_id)).first()
    return {"made": made, "left": left, "late": made.days_late(on), "finding": found, "may": may}


def certificate(user: Any, key: str, made: Certificate) -> dict[str, Any]:
    """The rooms of a certificate, its papers, and the way to its public page."""
    lines = list(made.lines.order_by("code")[:SHOWN])
    return {"made": made, "lines": lines, "more": made.rooms - len(lines), "count": made.rooms}


def yearly(user: Any, key: str, made: Publication | Filing) -> dict[str, Any]:
    """The lines of a yearly list, frozen."""
    lines = lines_of(made)
    return {"made": made, "kind": key.split(".")[1], "lines": lines[:SHOWN], "more": len(lines) - SHOWN, "count": len(lines)}


def inspection(user: Any, key: str, made: Inspection) -> dict[str, Any]:
    """How far an inspection is, and what it has found."""
    lines = InspectedRoom.objects.filter(inspection=made.pk)
    totals = lines.aggregate(all=Count("pk"), looked=Count("pk", filter=~Q(seen=Seen.PENDING)))
    issues = list(Issue.objects.live().filter(line__inspection=made.pk).select_related("room__place").order_by("state", "due_on")[:100])
    may = made.state == "open" and access(user).can("usage.pass_room", made.unit_id)
    return {"made": made, **totals, "issues": issues, "may": may, "today": today(), "count": len(issues) or None}


def issues_of_room(user: Any, key: str, room: Room) -> dict[str, Any] | None:
    """What inspections have found in a room."""
    rows = list(ISSUES.queryset(user).filter(room=room.pk).select_related("room__place").order_by("-found_on", "-pk")[:20])
    return {"issues": rows, "today": today(), "count": len(rows)} if rows else None


def overages(user: Any, key: str, room: Room) -> dict[str, Any] | None:
    """What is registered as structural over-area of a room, and the way to register what was found of it."""
    rows = list(OVERAGES.queryset(user).filter(room=room.pk).select_related("excuse").order_by("-pk")[:10])
    found = FINDINGS.queryset(user).filter(subject=ROOMS.key, subject_id=room.pk, check_key=OVER, state=FindingState.OPEN).first()
    may = found is not None and access(user).can("usage.register_overage", found.unit_id)
    return {"rows": rows, "finding": found if may else None, "today": today(), "count": len(rows) or None} if rows or may else None


def rooms_of_project(user: Any, key: str, project: Project) -> dict[str, Any]:
    """The rooms that an approval names."""
    rooms = list(ROOMS.queryset(user).filter(project=project.pk).select_related("place").order_by("place__code")[:100])
    return {"rooms": rooms, "count": len(rooms)}


def unit_papers(user: Any, key: str, unit: Any) -> dict[str, Any] | None:
    """The way from a unit to its ceiling, and its certificates."""
    if not access(user).can(ROOMS.view_permission, unit.pk):
        return None
    rows = list(CERTIFICATES.queryset(user).filter(unit=unit.pk).order_by("-pk")[:5])
    return {"unit": unit, "rows": rows, "count": len(rows) or None}


declare_panel(Panel("usage.person", _("腾退"), PEOPLE.key, "usage/panel_hand_backs.html", of_person, 31))
declare_panel(Panel("usage.room", _("腾退"), ROOMS.key, "usage/panel_hand_backs.html", of_room, 22))
declare_panel(Panel("usage.room_issues", _("巡检问题"), ROOMS.key, "usage/panel_issues.html", issues_of_room, 24))
declare_panel(Panel("usage.overages", _("结构性超面积"), ROOMS.key, "usage/panel_overages.html", overages, 23))
declare_panel(Panel("usage.deadline", _("期限"), HAND_BACKS.key, "usage/panel_deadline.html", deadline, 10))
declare_panel(Panel("usage.certificate", _("凭证与房间"), CERTIFICATES.key, "usage/panel_certificate.html", certificate, 10))
declare_panel(Panel("usage.publication", _("公示内容"), PUBLICATIONS.key, "usage/panel_yearly.html", yearly, 10))
declare_panel(Panel("usage.filing", _("备案内容"), FILINGS.key, "usage/panel_yearly.html", yearly, 10))
declare_panel(Panel("usage.inspection", _("进度与问题"), INSPECTIONS.key, "usage/panel_inspection.html", inspection, 10))
declare_panel(Panel("usage.project_rooms", _("立项的房间"), PROJECTS.key, "usage/panel_project.html", rooms_of_project, 10))
declare_panel(Panel("usage.unit", _("办公用房核定与凭证"), UNITS.key, "usage/panel_unit.html", unit_papers, 34))
