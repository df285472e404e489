"""A house with rooms, a crew and somebody in each role: the short way to tickets and projects in tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gongjia.core.action import actions
from gongjia.domains.costs.models import BudgetLine
from gongjia.domains.maintenance.models import Crew, Project, Ticket
from gongjia.org.models import Person, Place, User
from tests import people

TODAY = dt.date(2026, 6, 10)
NOON = dt.datetime(2026, 6, 10, 4, tzinfo=dt.UTC)


@dataclass
class Works:
    """A town whose water bureau has a house; a dispatcher, a worker, an employee who reports, three who review."""

    town: people.Town
    building: Place
    room: Place
    dispatcher: User
    worker: User
    employee: User
    office: User
    finance: User
    chief: User
    crew: Crew

    def do(self, key: str, who: User, raw: dict[str, Any], on: dt.date = TODAY, **more: Any) -> int:
        """Run an action at noon of a day, under a request where it needs one."""
        request = "SQ-1" if actions[key].by_request else ""
        now = NOON + (on - TODAY)
        return actions[f"{key}"].run(who, raw, on=on, now=more.pop("now", now), request_key=request, **more)

    def report(self, **more: Any) -> Ticket:
        """Report a dripping tap."""
        raw = {"place": self.room.pk, "trade": "water", "urgency": "urgent", "fault": "水龙头漏水", **more}
        return Ticket.objects.get(pk=self.do("maintenance.report_fault", self.employee, raw))

    def done(self, **more: Any) -> Ticket:
        """Report, dispatch, accept and finish."""
        ticket = self.report(**more)
        self.do("maintenance.dispatch_ticket", self.dispatcher, {"id": ticket.pk, "crew": self.crew.pk})
        self.do("maintenance.accept_ticket", self.worker, {"id": ticket.pk})
        self.do(
            "maintenance.finish_ticket",
            self.worker,
            {"id": ticket.pk, "work": "更换阀芯", "hours": "1.5", "part": "阀芯", "unit_price": "35"},
        )
        ticket.refresh_from_db()
        return ticket

    def apply(self, on: dt.date = TODAY, **more: Any) -> Project:
        """Apply for a new roof."""
        raw = {
            "name": "屋面防水",
            "unit": "YC-SW",
            "year": 2027,
            "place": self.building.pk,
            "trade": "roof",
            "scale": "medium",
            "scope": "重做防水",
        }
        raw |= {"estimate": "300000", "area": "900", "built_year": 1998, **more}
        return Project.objects.get(pk=self.do("maintenance.apply_project", self.dispatcher, raw, on))

    def reviewed(self, damage: int = 60, safety: int = 40, **more: Any) -> Project:
        """Apply and let three members agree."""
        project = self.apply(**more)
        self.do("maintenance.check_project", self.dispatcher, {"id": project.pk})
        for member in (self.office, self.finance, self.chief):
            self.do("maintenance.review_project", member, {"id": project.pk, "opinion": "agree", "damage": damage, "safety": safety})
        self.do("maintenance.conclude_review", self.office, {"id": project.pk})
        project.refresh_from_db()
        return project

    def line(self, amount: str = "1000000", year: int = 2027) -> BudgetLine:
        """Register a line of the year's budget for mending."""
        raw = {"code": f"WX-{year}", "unit": "YC-SW", "year": year, "subject": "30213", "name": "大中修", "amount": amount}
        return BudgetLine.objects.get(pk=self.do("costs.register_line", self.town.clerk, raw))


def house(town: people.Town) -> tuple[Place, Place]:
    """Make a building of the water bureau and a room in it."""
    building = Place.objects.create(code="B1", name="一号楼", kind="building", unit=town.water, path="", floor_area="5000")
    building.path = f"{building.pk}/"
    building.save(update_fields=["path"])
    room = Place.objects.create(code="B1-101", name="一号楼101", kind="room", unit=town.water, parent=building, use="office", path="")
    room.path = f"{building.path}{room.pk}/"
    room.save(update_fields=["path"])
    return building, room


def build() -> Works:
    """Make the works."""
    town = people.build()
    building, room = house(town)
    dispatcher, worker = people.user("dispatcher", "space_manager", town.city), people.user("worker", "repair_worker", town.city)
    worker.person = Person.objects.create(staff_code="P100", name="赵师傅", unit=town.city)
    worker.save(update_fields=["person"])
    crew = Crew.objects.create(code="C1", name="水电班", unit=town.city, kind="own", head=worker.person)
    others = [
        people.user(name, role, town.city) for name, role in (("office", "asset_office"), ("money", "finance_office"), ("boss", "chief"))
    ]
    return Works(town, building, room, dispatcher, worker, people.user("employee", "requester", town.water), *others, crew=crew)
