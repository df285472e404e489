"""What drawings show on the pages of buildings, rooms, drawings and floors."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.panel import Panel, declare_panel
from gongjia.domains.drawings.choices import PlanState
from gongjia.domains.drawings.models import FloorPlan, Shape
from gongjia.domains.drawings.resources import DRAWINGS, PLANS
from gongjia.domains.drawings.rules import storey_order


def of_building(user: Any, key: str, building: Any) -> dict[str, Any] | None:
    """The floors of a building that are drawn, its drafts, and the ways to stack, audit and upload."""
    rights = access(user)
    if not rights.can(PLANS.view_permission):
        return None
    plans = PLANS.queryset(user).filter(building=building.pk).exclude(state=PlanState.FORMER)
    floors = sorted(plans, key=lambda plan: (storey_order(plan.storey), plan.state), reverse=True)
    waiting = DRAWINGS.queryset(user).filter(building=building.pk).order_by("-pk")[:5]
    may = rights.can("drawings.upload_drawing", building.place.unit_id)
    return {"floors": floors, "building": building, "drawings": list(waiting), "may": may, "count": len(floors) or None}


def of_room(user: Any, key: str, room: Any) -> dict[str, Any] | None:
    """Where a room is drawn; hidden where it is not."""
    if not access(user).can(PLANS.view_permission):
        return None
    shown = PLANS.queryset(user).filter(building=room.building_id, state=PlanState.CURRENT)
    shape = Shape.objects.live().filter(room=room.pk, plan__in=shown).select_related("plan").first()
    return {"shape": shape, "count": None} if shape else None


def of_drawing(user: Any, key: str, drawing: Any) -> dict[str, Any] | None:
    """The way to the page where a drawing is read, and the floors that came of it."""
    plans = FloorPlan.objects.live().filter(drawing=drawing.pk).order_by("storey", "-edition")
    return {"drawing": drawing, "floors": list(plans), "count": None}


def of_plan(user: Any, key: str, plan: Any) -> dict[str, Any] | None:
    """The picture of a floor."""
    return {"plan": plan, "count": None}


declare_panel(Panel("drawings.floors", _("平面图"), "offices.building", "drawings/panel_building.html", of_building, order=15))
declare_panel(Panel("drawings.room", _("在平面图上"), "offices.room", "drawings/panel_room.html", of_room, order=25))
declare_panel(Panel("drawings.reading", _("读取与楼层"), "drawings.drawing", "drawings/panel_drawing.html", of_drawing, order=5))
declare_panel(Panel("drawings.picture", _("平面图"), "drawings.plan", "drawings/panel_plan.html", of_plan, order=5))
