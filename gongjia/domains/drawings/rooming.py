"""One room beside the picture: people, area against entitlement, assets, findings, requests, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gongjia.approvals.page import tone_of
from gongjia.approvals.resources import REQUESTS
from gongjia.core.access import access
from gongjia.core.models import Reservation
from gongjia.domains.drawings.models import FloorPlan, Shape
from gongjia.domains.drawings.rules import percent_gap
from gongjia.domains.offices.models import Room
from gongjia.domains.offices.resources import OCCUPANCIES, ROOMS
from gongjia.ledger.resources import ASSETS
from gongjia.standards.asking import verdicts_of
from gongjia.standards.explaining import explain
from gongjia.standards.resources import FINDINGS
from gongjia.web.addresses import row_url

ENTITLEMENT = "offices.room_over_entitlement"
SHOWN = 6


@dataclass
class RoomPanel:
    """Everything that the panel of one room draws."""

    shape: Shape
    corners: list[tuple[str, int]]
    room: Room | None = None
    hidden: bool = False
    url: str = ""
    gap: Any = None
    people: list[Any] = field(default_factory=list)
    entitled: Any = None
    over: bool = False
    assets: list[Any] = field(default_factory=list)
    assets_more: int = 0
    assets_url: str = ""
    findings: list[Any] = field(default_factory=list)
    requests: list[Any] = field(default_factory=list)


def room_of(user: Any, plan: FloorPlan, pk: int) -> RoomPanel:
    """Return what this person may know of one room of a floor."""
    shape = Shape.objects.live().get(plan=plan, pk=pk)
    corners = [(f"{x / 1000:g},{y / 1000:g}", index) for index, (x, y) in enumerate(shape.outline[0])]
    made = RoomPanel(shape, corners)
    if not shape.room_id:
        return made
    made.room = ROOMS.queryset(user).filter(pk=shape.room_id).select_related("place__unit").first()
    if made.room is None:
        made.hidden = True
        return made
    _of_ledger(user, made, made.room)
    return made


def _of_ledger(user: Any, made: RoomPanel, room: Room) -> None:
    """Fill in what the ledgers say of the room."""
    made.url = row_url(ROOMS.key, room.pk)
    made.gap = percent_gap(made.shape.area, room.place.usable_area)
    made.people = list(
        OCCUPANCIES.queryset(user).current().filter(room=room.pk).select_related("person__unit").order_by("valid_from", "pk")
    )
    assets = ASSETS.queryset(user).filter(place=room.pk)
    found = list(assets.order_by("number")[: SHOWN + 1])
    made.assets = [(asset, row_url(ASSETS.key, asset.pk)) for asset in found[:SHOWN]]
    made.assets_more = assets.count() - SHOWN if len(found) > SHOWN else 0
    if access(user).can(FINDINGS.view_permission):
        judged = verdicts_of(ROOMS.key, room.pk, keys=[ENTITLEMENT]) if made.people else []
        made.entitled = next((answer.bound for answer in judged if answer.bound is not None), None)
        made.over = bool(made.entitled and room.place.usable_area and room.place.usable_area > made.entitled)
        rows = FINDINGS.queryset(user).filter(subject__in=(ROOMS.key, "org.place"), subject_id=room.pk).select_related("excuse")
        made.findings = [
            (each, explain(each, alternatives=False), row_url(FINDINGS.key, each.pk)) for each in rows.order_by("-blocks", "-pk")[:SHOWN]
        ]
    holders = Reservation.objects.filter(subject=ROOMS.key, subject_id=room.pk, released_at__isnull=True).values("holder")
    asked = REQUESTS.queryset(user).filter(key__in=holders).order_by("-pk")[:SHOWN]
    made.requests = [(one, tone_of(one.state), row_url(REQUESTS.key, one.pk)) for one in asked]
