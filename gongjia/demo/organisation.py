"""Writing units, their reform and authorised posts, and people with their posts."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

from gongjia.demo.constants import LIVE_ON
from gongjia.demo.people import PersonPlan
from gongjia.demo.seeding import Keys, act
from gongjia.demo.units import SINCE, UnitPlan, read
from gongjia.org.models import User

UNIT_FIELDS = ("code", "name", "kind", "nature", "tier", "division", "vertical", "superior_tier", "secret")


def write_units(actor: User, units: list[UnitPlan], keys: Keys) -> None:
    """Register the units level by level, then carry out the reform."""
    city = read("city.yaml")
    reform, root = city["reform"], city["code"]
    former = {f"{root}-{reform['unit']}": f"{root}-{reform['former']}"}
    waiting = list(units)
    while waiting:
        parents = [former.get(unit.code, unit.parent) for unit in waiting]
        ready = [unit for unit, parent in zip(waiting, parents, strict=True) if not parent or parent in keys.units]
        rows = [_unit_row(unit, keys.units.get(former.get(unit.code, unit.parent))) for unit in ready]
        keys.units.update(zip((unit.code for unit in ready), act(actor, "org.register_unit", rows, SINCE), strict=True))
        waiting = [unit for unit in waiting if unit.code not in keys.units]
    moved = {"id": keys.units[f"{root}-{reform['unit']}"], "parent": keys.units[f"{root}-{reform['present']}"], "moved_on": reform["on"]}
    act(actor, "org.move_unit", [moved])


def _unit_row(unit: UnitPlan, parent: int | None) -> dict[str, Any]:
    return {**{name: getattr(unit, name) for name in UNIT_FIELDS}, "parent": parent}


def write_authorised_posts(actor: User, random: Random, people: list[PersonPlan], keys: Keys) -> None:
    """Authorise posts around those that are filled: mostly a few more, sometimes fewer."""
    filled = Counter((person.unit.code, person.level or "staff") for person in people if person.status == "active")
    rows = [
        {
            "unit": keys.units[code],
            "level": level,
            "count": max(1, round(count * random.choice((0.9, 1, 1, 1.04, 1.08, 1.15)))),
            "document": f"云编〔2019〕{number % 60 + 1}号",
            "valid_from": LIVE_ON.replace(year=2019),
        }
        for number, ((code, level), count) in enumerate(sorted(filled.items()))
    ]
    act(actor, "org.set_authorised_posts", rows)


def write_people(actor: User, people: list[PersonPlan], keys: Keys) -> None:
    """Register people with their posts, then their further posts."""
    rows = [
        {
            "staff_code": person.code,
            "name": person.name,
            "unit": keys.units[person.home],
            "title": person.title,
            "level": person.level,
            "rank": person.rank,
            "status": person.status,
            "left_on": person.left_on,
            "since": person.since,
        }
        for person in people
    ]
    keys.people.update(zip((person.code for person in people), act(actor, "org.register_person", rows), strict=True))
    also = [
        {
            "person": keys.people[person.code],
            "unit": keys.units[unit.code],
            "title": f"兼{person.title}",
            "level": level,
            "primary": False,
            "valid_from": person.since,
        }
        for person in people
        for unit, level in person.also
    ]
    act(actor, "org.appoint_person", also)
