"""A building with numbered rooms, and floors of it as real DXF files: the short way to a plan in tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongjia.core import files
from gongjia.core.action import actions
from gongjia.core.jobs import perform
from gongjia.core.models import Job
from gongjia.demo.drawings import Wanted, dxf_of
from gongjia.domains.drawings.models import Drawing, FloorPlan, Shape
from gongjia.domains.drawings.services.working import start_reading
from gongjia.domains.offices.models import Building, Room
from gongjia.org.models import Place, Unit, User
from tests import people

STOREY = "3层"
AREAS = ("18.00", "24.00", "36.50", "12.60")


@dataclass
class House:
    """A building of the city with four rooms on one floor, two of the water bureau, two of the archive."""

    town: people.Town
    keeper: User
    building: Building
    rooms: list[Room]
    folder: Path

    def wanted(self, *changed: tuple[int, Any]) -> list[Wanted]:
        """Return the floor as the ledger has it, with some rooms redrawn: (place, area), or (place, None) to leave one out."""
        areas: dict[int, Any] = dict(enumerate(AREAS)) | dict(changed)
        return [Wanted(f"030{place + 1}", "办公室", Decimal(area)) for place, area in areas.items() if area is not None]

    def upload(self, rooms: Sequence[Wanted], storey: str = STOREY) -> Drawing:
        """Draw a floor and upload it."""
        stored = files.store_path(dxf_of(rooms, self.folder / "floor.dxf"), "三层.dxf")
        return self.kept(stored.digest, storey)

    def kept(self, digest: str, storey: str = STOREY) -> Drawing:
        raw = {"building": self.building.pk, "name": "三层平面图", "storey": storey, "digest": digest}
        return Drawing.objects.get(pk=actions["drawings.upload_drawing"].run(self.keeper, raw))

    def read(self, drawing: Drawing) -> Job:
        """Read a drawing in a job, and return how it ended."""
        row = start_reading(self.keeper, drawing)
        perform(row)
        row.refresh_from_db()
        return row

    def draft(self, rooms: Sequence[Wanted]) -> FloorPlan:
        """Draw, upload and read a floor."""
        drawing = self.upload(rooms)
        assert self.read(drawing).state == "done"
        return FloorPlan.objects.live().get(drawing=drawing)

    def accepted(self, rooms: Sequence[Wanted], day: dt.date = dt.date(2026, 3, 1)) -> FloorPlan:
        """Draw a floor and take it all the way."""
        plan = self.draft(rooms)
        self.do("accept_plan", id=plan.pk, valid_from=day)
        plan.refresh_from_db()
        return plan

    def do(self, act: str, **raw: Any) -> int:
        return actions[f"drawings.{act}"].run(self.keeper, raw)


def shape(plan: FloorPlan, number: str) -> Shape:
    return Shape.objects.live().get(plan=plan, number=number)


def room(building: Building, unit: Unit, code: str, area: str) -> Room:
    """Make an office room of a unit."""
    path = building.place.path
    place = Place.objects.create(
        code=code, name=code, kind="room", unit=unit, use="office", usable_area=Decimal(area), path=path, parent=building.place
    )
    return Room.objects.create(place=place, building=building, floor_name=STOREY)


def build(folder: Path) -> House:
    """Make the house and its keeper, who looks after the whole city."""
    town = people.build()
    place = Place.objects.create(code="B-1", name="一号楼", kind="building", unit=town.city, floor_area=Decimal("200.00"), path="77/")
    building = Building.objects.create(place=place)
    units = (town.water, town.water, town.archive, town.archive)
    rooms = [room(building, unit, f"B-1-030{n}", area) for n, (unit, area) in enumerate(zip(units, AREAS, strict=True), 1)]
    return House(town, people.user("keeper", "space_manager", town.city), building, rooms, folder)
