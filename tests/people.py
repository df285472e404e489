"""A very small administration for tests that need no demo city: one bureau, two units, an asset clerk and a stranger."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongjia.ledger.models import Category
from gongjia.org.models import Person, Place, RoleGrant, Unit, User

SINCE = dt.date(2020, 1, 1)


@dataclass
class Town:
    """The rows that most tests need."""

    city: Unit
    water: Unit
    archive: Unit
    clerk: User
    stranger: User
    inspector: User
    desktop: Category
    room: Place
    person: Person


def unit(code: str, name: str, parent: Unit | None, **more: object) -> Unit:
    """Make a unit with its path."""
    made = Unit.objects.create(code=code, name=name, parent=parent, tier="municipal", division="340900", path="", **more)
    made.path = f"{parent.path if parent else ''}{made.pk}."
    made.save(update_fields=["path"])
    return made


def user(name: str, role: str = "", at: Unit | None = None) -> User:
    """Make a user with one role over a subtree."""
    made = User.objects.create_user(name, password="a-long-password-1", name=name)
    if role and at:
        RoleGrant.objects.create(user=made, role=role, unit=at, valid_from=SINCE)
    return made


def build() -> Town:
    """Make the town."""
    city = unit("YC", "云川市", None)
    water, archive = unit("YC-SW", "市水务局", city), unit("YC-DA", "市档案馆", city)
    room = Place.objects.create(code="0612", name="行政中心 2 号楼 0612", kind="room", unit=water, use="office", path="1/")
    return Town(
        city=city,
        water=water,
        archive=archive,
        clerk=user("clerk", "asset_clerk", water),
        stranger=user("stranger"),
        inspector=user("inspector", "inspector", city),
        desktop=Category.objects.create(system="gov-procurement", edition="2022", code="A02010105", name="台式计算机", level=5),
        room=room,
        person=Person.objects.create(staff_code="P001", name="周立新", unit=water),
    )
