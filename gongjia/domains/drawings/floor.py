"""The rooms of one version of a floor as somebody may see them: shape, room of the ledger, people, findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count

from gongjia.core.access import access
from gongjia.domains.drawings.models import FloorPlan, Shape
from gongjia.domains.offices.models import Room
from gongjia.domains.offices.resources import OCCUPANCIES, ROOMS
from gongjia.standards.choices import FindingState, Outcome
from gongjia.standards.resources import FINDINGS

GRADES = {"": 0, "excused": 1, "cannot_decide": 2, "doubt": 3, "breach": 4}


@dataclass(frozen=True, slots=True)
class Cell:
    """One room of a floor; `room` is None where the ledger has none, or has it `hidden` in a unit that this person does not see."""

    shape: Shape
    room: Room | None = None
    hidden: bool = False
    people: int = 0
    finding: str = ""

    @property
    def use(self) -> str:
        return self.room.place.use if self.room else "" if self.hidden else self.shape.use

    @property
    def area(self) -> Decimal:
        """The area of the ledger where it is known, else that of the drawing."""
        return (self.room.place.usable_area if self.room else None) or self.shape.area


def cells_of(user: Any, plan: FloorPlan) -> list[Cell]:
    """Return the rooms of a floor, in four queries whatever their number."""
    shapes = list(Shape.objects.live().filter(plan=plan).order_by("pk"))
    rooms = ROOMS.queryset(user).filter(shapes__plan=plan).select_related("place__unit").in_bulk()
    people = _people(user, plan)
    findings = worst_findings(user, plan)
    return [
        Cell(
            shape,
            rooms.get(shape.room_id or 0),
            bool(shape.room_id) and shape.room_id not in rooms,
            people.get(shape.room_id or 0, 0),
            findings.get(shape.room_id or 0, ""),
        )
        for shape in shapes
    ]


def _people(user: Any, plan: FloorPlan) -> dict[int, int]:
    now = OCCUPANCIES.queryset(user).current().filter(room__shapes__plan=plan, room__shapes__closed_on__isnull=True)
    return dict(now.order_by().values_list("room").annotate(n=Count("person", distinct=True)))


def worst_findings(user: Any, plan: FloorPlan) -> Mapping[int, str]:
    """Return the worst standing finding of each room, as far as this person sees findings at all."""
    if not access(user).can(FINDINGS.view_permission):
        return {}
    on_floor = Shape.objects.live().filter(plan=plan, room__isnull=False).values("room")
    rows = FINDINGS.queryset(user).filter(subject__in=("offices.room", "org.place"), subject_id__in=on_floor)
    worst: dict[int, str] = {}
    for pk, outcome, state in rows.order_by().values_list("subject_id", "outcome", "state"):
        grade = "excused" if state == FindingState.EXCUSED else outcome if outcome in GRADES else Outcome.DOUBT.value
        if GRADES[grade] > GRADES[worst.get(pk, "")]:
            worst[pk] = grade
    return worst
