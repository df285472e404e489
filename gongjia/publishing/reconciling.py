"""One unit's ledger against the total ledger: 账账 line by line, 账实 against rooms as used and inspected, 账证 against the titles."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjia.domains.leasing.gaps import Held, gap_words, held_buildings
from gongjia.domains.offices.models import Building, Occupancy, Room
from gongjia.domains.usage.models import Issue
from gongjia.org.models import Unit
from gongjia.publishing.models import LedgerLine

BOOKS, THINGS, TITLES = "books", "things", "titles"
KINDS = (BOOKS, THINGS, TITLES)
OPEN_ISSUES = ("closed",)


def kind_words(kind: str) -> str:
    """Return what is held against what, in words."""
    return {BOOKS: _("账账：分台账与总台账"), THINGS: _("账实：台账与实际使用"), TITLES: _("账证：台账与权属证书")}[kind]


@dataclass(frozen=True)
class Difference:
    """One difference: where, what, both sides, and the record that it leads to."""

    kind: str
    code: str
    name: str
    words: str
    left: str = ""
    right: str = ""
    ref: tuple[str, int] | None = None


@dataclass
class Reconciliation:
    """One unit: what was compared, and every difference."""

    unit: Unit
    buildings: int = 0
    lines: int = 0
    rooms: int = 0
    found: list[Difference] = field(default_factory=list)

    def add(self, kind: str, place: Any, words: str, left: Any = "", right: Any = "", ref: tuple[str, int] | None = None) -> None:
        self.found.append(Difference(kind, place.code, place.name, words, str(left), str(right), ref))

    @property
    def counts(self) -> Counter[str]:
        return Counter(one.kind for one in self.found)


def reconcile(user: Any, unit: Unit, on: dt.date) -> Reconciliation:
    """Hold the ledger of a unit, as far as the user sees it, against itself, its use and its titles."""
    made = Reconciliation(unit)
    buildings = list(
        Building.objects.filter(place__unit=unit, place__closed_on__isnull=True).select_related("place").order_by("place__code")
    )
    rooms = list(Room.objects.filter(place__unit=unit, place__closed_on__isnull=True).select_related("place", "building").order_by("pk"))
    made.buildings, made.rooms = len(buildings), len(rooms)
    _books(made, buildings)
    _things(made, buildings, rooms, on)
    held = {one.building.pk: one for one in held_buildings(user, unit.path)}
    _titles(made, [held[building.pk] for building in buildings if building.pk in held])
    return made


def _books(made: Reconciliation, buildings: list[Building]) -> None:
    lines = {line.code: line for line in LedgerLine.objects.live().filter(unit=made.unit).order_by("code")}
    made.lines = len(lines)
    known = {building.place.code: building for building in buildings}
    for code, line in lines.items():
        if code not in known:
            made.add(BOOKS, line, _("分台账有，总台账没有"), ref=("publishing.ledger_line", line.pk))
    for code, building in known.items():
        stated = lines.get(code)
        if stated is None and lines:
            made.add(BOOKS, building.place, _("总台账有，分台账没有"), ref=("offices.building", building.pk))
        elif stated is not None:
            _compare(made, stated, building)


def _compare(made: Reconciliation, line: LedgerLine, building: Building) -> None:
    place, ref = building.place, ("publishing.ledger_line", line.pk)
    rooms = building.rooms.filter(place__closed_on__isnull=True).count() if line.rooms is not None else None
    pairs = (
        (_("建筑面积"), line.floor_area, place.floor_area),
        (_("使用面积"), line.usable_area, place.usable_area),
        (_("房间数"), line.rooms, rooms),
    )
    for label, stated, kept in pairs:
        if stated is not None and stated != kept:
            made.add(BOOKS, place, _("%(label)s不一致") % {"label": label}, stated, "" if kept is None else kept, ref)


def _things(made: Reconciliation, buildings: list[Building], rooms: list[Room], on: dt.date) -> None:
    inside: dict[int, Decimal] = {}
    for building, area in Room.objects.filter(building__in=[b.pk for b in buildings], place__closed_on__isnull=True).values_list(
        "building", "place__usable_area"
    ):
        inside[building] = inside.get(building, Decimal(0)) + (area or Decimal(0))
    for building in buildings:
        kept, summed = building.place.usable_area, inside.get(building.pk)
        if kept is not None and summed is not None and kept != summed:
            words = _("楼栋使用面积与房间之和不一致")
            made.add(THINGS, building.place, words, kept, summed, ("offices.building", building.pk))
    for room in rooms:
        if room.place.usable_area is None:
            made.add(THINGS, room.place, _("房间没有登记使用面积"), ref=("offices.room", room.pk))
    keys = [room.pk for room in rooms]
    for start in range(0, len(keys), 900):
        _used(made, keys[start : start + 900], on)


def _used(made: Reconciliation, rooms: list[int], on: dt.date) -> None:
    using = Occupancy.objects.current(on).filter(room__in=rooms).select_related("room__place", "person__unit")
    for one in using.order_by("room", "pk"):
        if not one.person.unit.path.startswith(made.unit.path):
            words = _("登记给本单位，由外单位人员使用")
            made.add(THINGS, one.room.place, words, made.unit.name, one.person.unit.name, ("offices.room", one.room_id))
    issues = Issue.objects.live().filter(room__in=rooms).exclude(state__in=OPEN_ISSUES).select_related("room__place")
    for issue in issues.order_by("pk"):
        words = _("巡检发现：%(kind)s") % {"kind": issue.get_kind_display()}
        made.add(THINGS, issue.room.place, words, right=issue.found_on, ref=("usage.issue", issue.pk))


def _titles(made: Reconciliation, held: list[Held]) -> None:
    certificates = dict(LedgerLine.objects.live().filter(unit=made.unit).exclude(certificate="").values_list("code", "certificate"))
    for one in held:
        place, title = one.building.place, one.title
        for gap in one.gaps:
            made.add(
                TITLES,
                place,
                gap_words(gap),
                one.manager.name if one.manager else "",
                title.holder if title else "",
                ("offices.building", place.pk),
            )
        if title is None:
            continue
        if title.certified_area is not None and place.floor_area is not None and title.certified_area != place.floor_area:
            words = _("证载建筑面积与台账不一致")
            made.add(TITLES, place, words, place.floor_area, title.certified_area, ("leasing.title", title.pk))
        stated = certificates.get(place.code)
        if stated and stated != title.number:
            made.add(TITLES, place, _("分台账的权证号与登记不一致"), stated, title.number, ("leasing.title", title.pk))


def lines(made: Reconciliation) -> Iterator[list[Any]]:
    """Yield each difference as a line of the export."""
    for one in made.found:
        yield [kind_words(one.kind), one.code, one.name, one.words, one.left, one.right]
