"""The bodies and departments of the invented city, as plain values read from city.yaml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
SINCE = dt.date(2012, 1, 1)


@lru_cache(maxsize=4)
def read(name: str) -> Any:
    """Return the content of one of the data files beside this module."""
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@dataclass
class UnitPlan:
    """One unit before it has a key: `parent` is a code, `leaders` are those whom it seats beside its own."""

    code: str
    name: str
    parent: str
    tier: str
    division: str
    kind: str = "body"
    nature: str = "administrative"
    vertical: bool = False
    superior_tier: str = ""
    secret: bool = False
    people: int = 0
    departments: list[str] = field(default_factory=list)
    leaders: list[str] = field(default_factory=list)

    @property
    def ruling_tier(self) -> str:
        """A vertical unit is ruled at the tier of its superior."""
        return self.superior_tier if self.vertical else self.tier


def plan_units(size: float) -> list[UnitPlan]:
    """Return the units, parents first; `size` scales how many people each has."""
    city = read("city.yaml")
    units = [UnitPlan(city["code"], city["name"], "", "municipal", city["division"]), *_municipal(city)]
    for county in city["counties"]:
        units += _county(city, county)
    units += [UnitPlan(parent=city["code"], **spec) for spec in city["others"]]
    for unit in units:
        unit.people = max(4, round(unit.people * size)) if unit.people else 0
    return units


def bodies(units: list[UnitPlan]) -> list[UnitPlan]:
    """Return the units in which people work."""
    return [unit for unit in units if unit.people]


def _municipal(city: dict[str, Any]) -> Iterator[UnitPlan]:
    root, division = city["code"], city["division"]
    leaders = _leaders(city["leaders"])
    for code, name, nature, people, *departments in city["municipal"]:
        body = UnitPlan(
            f"{root}-{code}",
            f"云川{name}" if name.startswith("市") else name,
            root,
            "municipal",
            division,
            nature=nature,
            people=people,
            departments=departments,
            leaders=leaders.get(code, []),
            secret=code in city["secret"],
        )
        yield body
        for number, department in enumerate(departments, 1):
            yield UnitPlan(
                f"{body.code}-{number:02d}",
                f"{body.name}{department}",
                body.code,
                "municipal",
                division,
                "department",
                nature,
                secret=body.secret,
            )


def _county(city: dict[str, Any], county: dict[str, Any]) -> Iterator[UnitPlan]:
    code, name, division = county["code"], county["name"], county["division"]
    leaders = _leaders(city["county_leaders"])
    yield UnitPlan(code, name, city["code"], "county", division)
    for short, title, nature, people in city["county_bodies"]:
        yield UnitPlan(
            f"{code}-{short}",
            f"{name.removesuffix('县')}县{title}",
            code,
            "county",
            division,
            nature=nature,
            people=people,
            leaders=leaders.get(short, []),
            secret=short in city["secret"],
        )
    yield UnitPlan(f"{code}-ZZ", f"{name}{county['town']}人民政府", code, "township", division, people=48)


def _leaders(rows: list[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, level, count in rows:
        found.setdefault(code, []).extend([level] * count)
    return found
