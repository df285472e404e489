"""Two buildings of a town: rooms that are owned and half empty, and rooms that are rented and full."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from gongjia.core.jobs import Running, job_kinds
from gongjia.core.models import Job
from gongjia.domains.allocation.models import RoomPlan
from gongjia.domains.offices.models import Building, Lease, Occupancy, Room
from gongjia.org.models import Person, Place, Post, Unit, User
from tests.people import SINCE, Town, user

ON = dt.date(2020, 6, 1)


@dataclass
class Premises:
    """The town with its rooms by number, its people by name, and who plans."""

    town: Town
    planner: User
    rooms: dict[str, Room] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def building(self, code: str, unit: Unit, holding: str) -> Building:
        place = Place.objects.create(code=code, name=f"{code}楼", kind="building", unit=unit, holding=holding, path=f"{code}/")
        return Building.objects.create(place=place)

    def room(self, building: Building, number: str, unit: Unit, area: str, floor: str = "1层") -> Room:
        place = Place.objects.create(code=number, name=number, kind="room", unit=unit, use="office", usable_area=area, path=f"{number}/")
        self.rooms[number] = Room.objects.create(place=place, building=building, floor_name=floor)
        return self.rooms[number]

    def person(self, name: str, unit: Unit, room: str, level: str = "staff") -> Person:
        made = Person.objects.create(staff_code=name, name=name, unit=unit)
        Post.objects.create(person=made, unit=unit, level=level, valid_from=SINCE)
        Occupancy.objects.create(room=self.rooms[room], person=made, valid_from=SINCE)
        self.people[name] = made
        return made

    def plan(self, **weights: float) -> RoomPlan:
        """Reckon as the job does."""
        running = Running(Job.objects.create(kind="allocation.plan", actor=self.planner))
        buildings = list(Building.objects.order_by("pk").values_list("pk", flat=True))
        given = {"unit": self.town.city.pk, "buildings": buildings, "weights": weights, "seconds": 5}
        return RoomPlan.objects.get(pk=job_kinds["allocation.plan"].run(running, **given)["plan"])


def premises(town: Town) -> Premises:
    """Four clerks sit in a rented building while three owned rooms have space for them."""
    made = Premises(town, user("planner", "asset_clerk", town.city))
    owned, rented = made.building("A", town.city, "owned"), made.building("Z", town.water, "leased_in")
    for number, area in (("A101", "18"), ("A102", "18"), ("A103", "18")):
        made.room(owned, number, town.city, area)
    for number in ("Z101", "Z102"):
        made.room(rented, number, town.water, "18")
    Lease.objects.create(number="L-1", unit=town.water, place=rented.place, annual_rent="86000", ends_on=dt.date(2030, 1, 1))
    for number, name in enumerate(("甲", "乙", "丙", "丁")):
        made.person(name, town.water, f"Z10{number // 2 + 1}")
    made.person("戊", town.archive, "A101")
    made.person("己", town.archive, "A101")
    return made
