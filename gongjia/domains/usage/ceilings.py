"""单位核定面积: A + B + 9 %, ÷ K, + C = S, each step with its clause, against what the unit has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjia.core.models import Attachment
from gongjia.domains.offices.models import Project, Room
from gongjia.domains.vehicles.models import Vehicle
from gongjia.org.choices import Level, RoomUse
from gongjia.org.models import AuthorisedPosts, Unit
from gongjia.standards.choices import Verification
from gongjia.standards.citing import citation
from gongjia.standards.lifespans import traits_of
from gongjia.standards.rulebook.arithmetic import plain, steps
from gongjia.standards.rulebook.forms import Form
from gongjia.standards.rulebook.judging import Verdict, cited_row, judge
from gongjia.standards.rulebook.loading import load

CENT = Decimal("0.01")
USABLE = (RoomUse.OFFICE, RoomUse.SERVICE, RoomUse.EQUIPMENT)


@dataclass(frozen=True)
class Step:
    """One line of the arithmetic: what, how, how much, under which clause; `value` is None where no figure is known."""

    label: str
    how: str
    value: Decimal | None
    clause: str = ""
    mark: str = ""
    sum: bool = False


@dataclass(frozen=True)
class Held:
    """What a unit has against what it may have; either is None where it is not known."""

    label: str
    has: Decimal | None
    ceiling: Decimal | None
    note: str = ""

    @property
    def over(self) -> Decimal | None:
        return None if self.ceiling is None or self.has is None else self.has - self.ceiling


@dataclass(frozen=True)
class Asked:
    """What the sheet is reckoned for beside the unit: the kind of building, whether there is a canteen, cars, bicycles, guards."""

    unit: Unit
    on: dt.date
    height: str = "multi_storey"
    canteen: bool = True
    quantities: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Sheet:
    """The whole sheet: usable area first, floor area after it, what the unit has beside each."""

    asked: Asked
    posts: int = 0
    offices: list[Step] = field(default_factory=list)
    usable: list[Step] = field(default_factory=list)
    floor: list[Step] = field(default_factory=list)
    held_usable: list[Held] = field(default_factory=list)
    held_floor: list[Held] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def total(self) -> Decimal | None:
        return self.floor[-1].value if self.floor else None


def sheet(asked: Asked) -> Sheet:
    """Return the sheet of a unit's tree as of a day."""
    made = Sheet(asked)
    levels = authorised(asked.unit, asked.on)
    made.posts = sum(levels.values())
    a = _offices(made, levels)
    b = _service(made)
    e = _equipment(made, a, b)
    basic = _sum([a, b, e])
    made.usable.append(Step(_("基本办公用房使用面积"), "A + B + E", basic, sum=True))
    _floor(made, basic)
    _held(made, a, b, e, basic)
    return made


def authorised(unit: Unit, on: dt.date) -> dict[str, int]:
    """Return the authorised posts of a unit's tree by level, the highest first."""
    rows = AuthorisedPosts.objects.current(on).filter(unit__path__startswith=unit.path).values_list("level").annotate(n=Sum("count"))
    found = dict(rows)
    return {level: found[level] for level in Level.values if found.get(level)}


def _judged(made: Sheet, topic: str, value: str, **given: Any) -> Verdict:
    fact = load().value(topic, value).fact
    return judge(load(), topic, value, {**traits_of(made.asked.unit), fact: 0, **given}, made.asked.on)


def _cited(verdict: Verdict) -> tuple[str, str]:
    """Return clause and how sure we are of the figure."""
    row = cited_row(load(), verdict)
    sure = (row[1].verification or row[0].verification) if row else ""
    mark = str(dict(Verification.choices).get(sure, "")) if sure not in ("", "verified", "repost") else ""
    return citation(verdict.version), mark


def _offices(made: Sheet, levels: Mapping[str, int]) -> Decimal | None:
    values: list[Decimal | None] = []
    for level, count in levels.items():
        verdict = _judged(made, "office_room_area", "max_m2", level=level)
        value = None if verdict.limit is None else verdict.limit * count
        how = f"{count} × {_plain(verdict.limit)}" if verdict.limit is not None else _missing(made, str(Level(level).label))
        made.offices.append(Step(str(Level(level).label), how, value, *_cited(verdict)))
        values.append(value)
    total = _sum(values) if values else None
    made.usable.append(Step(_("办公室 A"), " + ".join(_plain(one) for one in values if one is not None), total))
    return total


def _missing(made: Sheet, what: str) -> str:
    made.unknown.append(what)
    return _("本层级没有这一行")


def _service(made: Sheet) -> Decimal | None:
    verdict = _judged(made, "office_service_area", "per_post_m2", posts=made.posts)
    if verdict.limit is None or not made.posts:
        made.unknown.append(_("服务用房"))
        made.usable.append(Step(_("服务用房 B"), _("由省级人民政府规定，或没有编制"), None, *_cited(verdict)))
        return None
    value = (verdict.limit * made.posts).quantize(CENT, ROUND_HALF_UP)
    made.usable.append(Step(_("服务用房 B"), f"{made.posts} × {_plain(verdict.limit)}", value, *_cited(verdict)))
    return value


def _equipment(made: Sheet, a: Decimal | None, b: Decimal | None) -> Decimal | None:
    verdict = _judged(made, "office_equipment_ratio", "ratio")
    base = _sum([a, b])
    value = None if base is None or verdict.limit is None else (base * verdict.limit).quantize(CENT, ROUND_HALF_UP)
    share = f"{_plain((verdict.limit or Decimal(0)) * 100)}%"
    made.usable.append(Step(_("设备用房 E"), f"(A + B) × {share}", value, *_cited(verdict)))
    return value


def _floor(made: Sheet, basic: Decimal | None) -> None:
    """Turn usable into floor area by K, and add what is counted in floor area from the start."""
    verdict = _judged(made, "office_efficiency", "k_min", building_height=made.asked.height)
    value = (basic / verdict.limit).quantize(CENT, ROUND_HALF_UP) if basic is not None and verdict.limit else None
    how = f"{_plain(basic)} ÷ {_plain(verdict.limit)}" if value is not None else _("缺使用面积或系数")
    made.floor.append(Step(_("基本办公用房建筑面积"), how, value, *_cited(verdict)))
    parts: list[Decimal | None] = [value]
    for facility, (quantity, label) in FACILITIES.items():
        count = made.posts if facility == "canteen" else made.asked.quantities.get(quantity, 0)
        if count and (facility != "canteen" or made.asked.canteen):
            parts.append(_ancillary(made, facility, quantity, count, str(label)))
    made.floor.append(Step(_("总建筑面积 S"), " + ".join(_plain(one) for one in parts if one is not None), _sum(parts), sum=True))


FACILITIES: dict[str, tuple[str, Any]] = {
    "canteen": ("posts", gettext_lazy("食堂 C")),
    "garage": ("vehicles", gettext_lazy("汽车库 C")),
    "bicycle_park": ("bicycles", gettext_lazy("自行车库 C")),
    "ebike_park": ("ebikes", gettext_lazy("电动车、摩托车库 C")),
    "guard_room": ("guards", gettext_lazy("警卫用房 C")),
}


def _ancillary(made: Sheet, facility: str, quantity: str, count: int, label: str) -> Decimal | None:
    given = {"ancillary_facility": facility, quantity: count}
    verdict = _judged(made, "office_ancillary_area", "max_m2", **given)
    row = cited_row(load(), verdict)
    form = row[1].values["max_m2"] if row else None
    how = steps(form, Decimal(count)).rpartition(" = ")[0] if isinstance(form, Form) else ""
    made.floor.append(Step(label, how, verdict.limit, *_cited(verdict)))
    return verdict.limit


def _held(made: Sheet, a: Decimal | None, b: Decimal | None, e: Decimal | None, basic: Decimal | None) -> None:
    rooms = Room.objects.filter(place__unit__path__startswith=made.asked.unit.path, place__closed_on__isnull=True)
    uses = dict(rooms.values_list("place__use").annotate(area=Sum("place__usable_area")))
    self_named = rooms.filter(place__use=RoomUse.TECHNICAL).exclude(project__in=approved_projects())
    extra = self_named.aggregate(area=Sum("place__usable_area"))["area"] or Decimal(0)
    has = {use: uses.get(use) or Decimal(0) for use in RoomUse}
    made.held_usable = [
        Held(_("办公室"), has[RoomUse.OFFICE], a),
        Held(_("服务用房"), has[RoomUse.SERVICE], b),
        Held(_("设备用房"), has[RoomUse.EQUIPMENT], e),
        Held(_("未经立项的技术业务用房"), extra, None, _("按办公用房计入合计")),
        Held(_("合计"), sum((has[use] for use in USABLE), extra), basic),
    ]
    made.held_floor = [_floor_held(made, rooms)]


def _floor_held(made: Sheet, rooms: Any) -> Held:
    """Return the floor area on record, and how many rooms have none: it is never made out of usable area."""
    counted = rooms.exclude(place__use__in=[RoomUse.TECHNICAL, RoomUse.OTHER]).aggregate(
        area=Sum("place__floor_area"), missing=Count("pk", filter=Q(place__floor_area__isnull=True))
    )
    note = _("%(n)s 间没有登记建筑面积，没有折算") % {"n": counted["missing"]} if counted["missing"] else ""
    return Held(_("建筑面积"), counted["area"], made.total, note)


def approved_projects() -> Any:
    """Return the projects that have their file."""
    filed = Attachment.objects.filter(subject="offices.project").values("subject_id")
    return Project.objects.live().filter(pk__in=filed)


def vehicles_of(unit: Unit) -> int:
    """Return how many vehicles a unit's tree has: one space each."""
    rows = Vehicle.objects.filter(asset__unit__path__startswith=unit.path, asset__closed_on__isnull=True)
    return rows.exclude(asset__status="disposed").count()


def _sum(values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def _plain(number: Decimal | None) -> str:
    return "?" if number is None else plain(number)
