"""The people of the invented city with their posts, ranks and those who left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from gongjia.demo.constants import CONCURRENT, LEFT, NO_POST, RETIRED, TODAY, UNKNOWN_LEVEL
from gongjia.demo.names import invented_names
from gongjia.demo.units import UnitPlan, bodies

LADDER = {
    "municipal": ("division_chief", "division_deputy", "section_chief", "section_deputy"),
    "provincial": ("division_chief", "division_deputy", "section_chief", "section_deputy"),
    "central": ("division_chief", "division_deputy", "section_chief", "section_deputy"),
    "county": ("section_chief", "section_deputy", "", ""),
    "township": ("section_chief", "section_deputy", "", ""),
}
LEADING = ("bureau_chief", "bureau_deputy", "division_chief", "division_deputy")
TITLES = {
    "bureau_chief": "主要负责同志",
    "bureau_deputy": "分管负责同志",
    "division_chief": "局长",
    "division_deputy": "副局长",
    "section_chief": "科长",
    "section_deputy": "副科长",
    "staff": "工作人员",
}
RANKS = {
    "bureau_chief": ("一级巡视员",),
    "bureau_deputy": ("二级巡视员",),
    "division_chief": ("一级调研员", "二级调研员"),
    "division_deputy": ("三级调研员", "四级调研员"),
    "section_chief": ("一级主任科员", "四级调研员"),
    "section_deputy": ("二级主任科员", "三级主任科员"),
    "staff": ("四级主任科员", "一级科员", "二级科员"),
}


@dataclass
class PersonPlan:
    """One person: `level` decides what he or she may have, `rank` does not; `also` are further posts as (unit, level)."""

    code: str
    name: str
    unit: UnitPlan
    level: str
    title: str
    rank: str
    since: dt.date
    status: str = "active"
    left_on: dt.date | None = None
    also: list[tuple[UnitPlan, str]] = field(default_factory=list)
    department: str = ""

    @property
    def home(self) -> str:
        """The code of the department in which he or she works, or of the body that has none."""
        return f"{self.unit.code}-{self.unit.departments.index(self.department) + 1:02d}" if self.department else self.unit.code

    @property
    def leads(self) -> bool:
        """Say whether he or she has a room of one's own."""
        top = "section_deputy" if self.unit.tier in ("county", "township") else "division_deputy"
        order = [*LEADING, "section_chief", "section_deputy", "staff"]
        return bool(self.level) and order.index(self.level) <= order.index(top)


def plan_people(random: Random, units: list[UnitPlan]) -> list[PersonPlan]:
    """Return everybody, body by body, leaders first; those who left or retired come at the end of their body."""
    names = invented_names(random)
    people: list[PersonPlan] = []
    for unit in bodies(units):
        for level in (*unit.leaders, *_levels(unit)):
            people.append(_person(random, next(names), unit, level, len(people)))
        gone = round(unit.people * (LEFT + RETIRED) + random.random())
        people += [_gone(random, next(names), unit, len(people) + number) for number in range(gone)]
    _concurrent(random, people)
    _irregular(people)
    return people


def _levels(unit: UnitPlan) -> Iterator[str]:
    chief, deputy, head, vice = LADDER[unit.ruling_tier]
    deputies = 1 + min(4, unit.people // 24)
    heads, vices = (max(1, round(unit.people * 0.12)), round(unit.people * 0.13)) if head else (0, 0)
    counts = ((chief, 1), (deputy, deputies), (head, heads), (vice, vices))
    yield from (level for level, count in counts for _number in range(count))
    yield from ["staff"] * max(1, unit.people - 1 - deputies - heads - vices)


def _person(random: Random, name: str, unit: UnitPlan, level: str, number: int) -> PersonPlan:
    dice = random.random()
    department = random.choice(unit.departments) if unit.departments and level not in LEADING else ""
    since = TODAY - dt.timedelta(days=random.randrange(60, 3600 if level in LEADING else 6000))
    rank = random.choice(RANKS[level]) if unit.nature != "enterprise" else ""
    if level == "staff" and dice < NO_POST:
        return PersonPlan(_code(unit, number), name, unit, "", "", "", since, department=department)
    title = _title(unit, level, department)
    if unit.nature == "enterprise" or dice > 1 - UNKNOWN_LEVEL:
        level = ""
    return PersonPlan(_code(unit, number), name, unit, level, title, rank, since, department=department)


def _title(unit: UnitPlan, level: str, department: str = "") -> str:
    if level == "division_chief" and unit.tier == "county":
        return "县级主要负责同志"
    if unit.ruling_tier in ("county", "township") and level in ("section_chief", "section_deputy"):
        return {"section_chief": "局长", "section_deputy": "副局长"}[level]
    return f"{department if level != 'staff' else ''}{TITLES[level]}"


def _code(unit: UnitPlan, number: int) -> str:
    return f"{unit.code.replace('-', '')}{number + 1:05d}"


def _gone(random: Random, name: str, unit: UnitPlan, number: int) -> PersonPlan:
    retired = random.random() < RETIRED / (LEFT + RETIRED)
    level = random.choice(("staff", "staff", "section_chief", LADDER[unit.ruling_tier][1]))
    since = TODAY - dt.timedelta(days=random.randrange(2500, 6000))
    left = TODAY - dt.timedelta(days=random.randrange(30, 1500))
    status = "retired" if retired else "left"
    return PersonPlan(_code(unit, number), name, unit, level, _title(unit, level), random.choice(RANKS[level]), since, status, left)


def _concurrent(random: Random, people: list[PersonPlan]) -> None:
    leaders = [person for person in people if person.leads and person.status == "active" and person.level in LEADING]
    for person in leaders:
        if random.random() < CONCURRENT:
            other = random.choice([each for each in leaders if each.unit.tier == person.unit.tier]).unit
            if other is not person.unit:
                person.also.append((other, person.level))


def _irregular(people: list[PersonPlan]) -> None:
    """Give one county leader a level for which the table has no row at that tier."""
    chief = next(person for person in people if person.unit.tier == "county" and person.level == "division_chief")
    chief.level, chief.title = "bureau_deputy", "县级主要负责同志（高配）"
