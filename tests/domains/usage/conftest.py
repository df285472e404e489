"""A bureau with a room, its user, and somebody who keeps the rooms of the whole city."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from gongjia.core.action import actions
from gongjia.domains.offices.models import Occupancy, Room
from gongjia.org.models import Person, Post, Unit, User
from tests.people import Town, user
from tests.standards_sweep.places import room

TODAY = dt.date(2026, 11, 24)
BEGAN = dt.date(2020, 1, 1)


@dataclass
class House:
    """The rooms of the town, and who manages them."""

    town: Town
    manager: User
    room: Room
    chief: Person
    use: Occupancy

    def do(self, key: str, on: dt.date = TODAY, **row: Any) -> int:
        """Run an action as the manager of the rooms."""
        return actions[key].run(self.manager, row, on=on)

    def root(self) -> User:
        """Return somebody who may do everything."""
        found = User.objects.filter(username="root").first()
        return found or User.objects.create_superuser("root", password="a-long-password-1")

    def person(self, code: str, unit: Unit, level: str = "staff", primary: bool = True) -> Person:
        """Make a person with a post."""
        made = Person.objects.create(staff_code=code, name=f"某{code}", unit=unit)
        Post.objects.create(person=made, unit=unit, level=level, valid_from=BEGAN, primary=primary)
        return made


@pytest.fixture
def house(town: Town) -> House:
    """The water bureau with its chief in room 101."""
    chief = Person.objects.create(staff_code="C1", name="郑处", unit=town.water)
    Post.objects.create(person=chief, unit=town.water, level="division_chief", title="局长", valid_from=BEGAN)
    made = room("101", town.water, "24", chief, since=BEGAN)
    return House(town, user("rooms", "space_manager", town.city), made, chief, Occupancy.objects.get(room=made))
