"""离岗: a person leaves when nothing is held any more; what is still held is listed, and blocks it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Level, Problem
from gongjia.core.registry import Registry
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, end_rows
from gongjia.domains.offices.models import Occupancy
from gongjia.ledger.choices import AssetStatus
from gongjia.ledger.models import Asset
from gongjia.org.choices import PersonStatus
from gongjia.org.models import Person, Post
from gongjia.org.resources import PEOPLE, POSTS
from gongjia.org.services.people import EditPerson, edit_people


@dataclass(frozen=True)
class Item:
    """One thing that a person still holds, and the record it is."""

    person: int
    resource: str
    pk: int
    name: str


@dataclass(frozen=True)
class Holding:
    """One kind of thing that a person may hold; `held(people)` lists it.

    What may be given back `later`, within the time that its own rule allows, is listed but lets the person go.
    """

    key: str
    label: Any
    held: Callable[[Sequence[int]], list[Item]]
    later: bool = False


holdings: Registry[Holding] = Registry("holding")


def declare_holding(made: Holding) -> Holding:
    """Declare what else a person may hold: loans of the warehouse, keys, cards."""
    return holdings.add(made.key, made)


def assets_held(people: Sequence[int]) -> list[Item]:
    """Return the cards whose custodians the people are."""
    rows = Asset.objects.live().exclude(status=AssetStatus.DISPOSED).filter(custodian__in=people).order_by("number")
    return [
        Item(person, "ledger.asset", pk, f"{number} {name}")
        for person, pk, number, name in rows.values_list("custodian", "pk", "number", "name")
    ]


def rooms_held(people: Sequence[int]) -> list[Item]:
    """Return the rooms that the people sit in."""
    rows = Occupancy.objects.current().filter(person__in=people).order_by("pk")
    return [Item(person, "offices.room", room, name) for person, room, name in rows.values_list("person", "room", "room__place__name")]


declare_holding(Holding("ledger.asset", _("资产"), assets_held))
declare_holding(Holding("offices.room", _("办公用房"), rooms_held, later=True))


def still_held(people: Sequence[int]) -> list[tuple[Holding, Item]]:
    """Return everything that the people still hold, by kind."""
    return [(kind, item) for kind in holdings for item in kind.held(people)]


class LeavePerson(Input, of=Person):
    """A person who leaves the unit."""

    id: Annotated[int, Ref("org.person")] = given(label=_("人员"))
    status: str = given("left", label=_("去向"))
    left_on: dt.date = given()


@action("custody.leave_person", label=_("办理离岗"), subject="org.person", undo=restore_records)
def leave_people(context: Context, rows: Sequence[LeavePerson]) -> list[int]:
    """Let people go whose hand-over list is empty; their posts end on that day."""
    change_rows(context, PEOPLE, [LeavePerson(id=row.id, status=row.status, left_on=row.left_on) for row in rows])
    for row in rows:
        posts = Post.objects.known().filter(person=row.id, valid_to__isnull=True)
        end_rows(context, POSTS, dict.fromkeys(posts.values_list("pk", flat=True), row.left_on))
    return [row.id for row in rows]


leave_people.when(lambda person: person.status == PersonStatus.ACTIVE)


@leave_people.check
def goes_somewhere(context: Context, rows: Sequence[LeavePerson]) -> list[Problem]:
    """Refuse a leaver who stays."""
    stays = [index for index, row in enumerate(rows) if row.status == PersonStatus.ACTIVE]
    return [Problem("stays", _now("离岗的去向是调离或退休。"), "status", index) for index in stays]


@leave_people.check
def nothing_is_held(context: Context, rows: Sequence[LeavePerson]) -> list[Problem]:
    """Refuse a leaver with open items, and name them (国务院令第738号第十五条)."""
    return held_problems([(index, row.id) for index, row in enumerate(rows)], "refused")


@edit_people.check
def leaves_nothing_behind(context: Context, rows: Sequence[EditPerson]) -> list[Problem]:
    """Refuse to mark a person as gone who holds anything; a file that records what has happened is warned."""
    gone = [(index, row.id) for index, row in enumerate(rows) if row.status in (PersonStatus.LEFT, PersonStatus.RETIRED)]
    return held_problems(gone, "warning" if context.origin == "import" else "refused")


def held_problems(people: Sequence[tuple[int, int]], level: Level) -> list[Problem]:
    """Return one problem for each (row, person) with open items, naming the first few; what may come back later only warns."""
    now, later = (
        _now("名下还有 %(count)s 项未交接：%(names)s。先移交、退库或腾退，再办离岗。"),
        _now("名下 %(count)s 项须按期腾退：%(names)s。"),
    )
    found = still_held([pk for _index, pk in people])
    problems = _named(people, [item for kind, item in found if not kind.later], "still_holds", now, level)
    return problems + _named(people, [item for kind, item in found if kind.later], "holds_for_now", later, "warning")


def _named(people: Sequence[tuple[int, int]], items: Sequence[Item], code: str, text: str, level: Level) -> list[Problem]:
    held: dict[int, list[str]] = {}
    for item in items:
        held.setdefault(item.person, []).append(item.name)
    told = [(index, held[pk]) for index, pk in people if pk in held]
    return [Problem(code, text % {"count": len(names), "names": "、".join(names[:5])}, "id", index, level) for index, names in told]


PEOPLE.offer("custody.leave_person", bulk=False)
