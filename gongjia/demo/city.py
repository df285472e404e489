"""Building the invented city: plan everything from one seed, write it in one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from django.db import transaction
from django.utils.translation import gettext as _

from gongjia.core.models import AuditEntry
from gongjia.core.undo import undo_batch
from gongjia.demo import accounts, books, drawings, fleet, leasing, ledger, life, maintenance, organisation, premises, requests, warehouse
from gongjia.demo.cards import make_cards, plan_counts
from gongjia.demo.constants import CARDS, SEED, SMALL, UNSETTLED, VEHICLES
from gongjia.demo.people import PersonPlan, plan_people
from gongjia.demo.places import BuildingPlan, OccupancyPlan, plan_buildings, plan_leases, plan_occupancies
from gongjia.demo.seeding import ORIGIN, Keys, setup_account
from gongjia.demo.shapes import Household
from gongjia.demo.units import UnitPlan, bodies, plan_units
from gongjia.demo.vehicles import plan_vehicles
from gongjia.org.models import Unit, User

Progress = Callable[[int, int | None, str], None]


@dataclass
class Built:
    """What was built: how many of each kind, and how many seconds each step took."""

    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.seconds[step] = round(time.perf_counter() - begun, 2)


class AlreadyBuilt(Exception):
    """Raised where the database holds records: invented ones never join real ones."""


def is_empty() -> bool:
    """Say whether the database holds nothing, or at most the first unit, which comes with initialising a home."""
    return AuditEntry.objects.count() <= 1 >= Unit.objects.count()


def build(scale: int | None = None, progress: Progress | None = None, *, small: bool = False) -> Built:
    """Write the whole city in one transaction: `scale` sets how many assets it has in all, `small` makes the city of the tests.

    Raises AlreadyBuilt unless the database is empty.
    """
    if not is_empty():
        raise AlreadyBuilt
    size = SMALL if small else 1.0
    with transaction.atomic():
        return _City(Random(SEED), size, scale, progress or _silent).build()


def _silent(_done: int, _total: int | None, _message: str) -> None:
    """Report to nobody."""


class _City:
    """One city while it is being built."""

    def __init__(self, random: Random, size: float, scale: int | None, progress: Progress) -> None:
        self.random, self.size, self.scale, self.progress = random, size, scale, progress
        self.built, self.keys = Built(), Keys()
        self.units = plan_units(size)
        self.people = plan_people(random, self.units)
        self.buildings = plan_buildings(random, self.units, self.people)
        self.occupancies = plan_occupancies(random, self.buildings, self.people)
        self.leases = plan_leases(random, self.buildings)
        self.vehicles = plan_vehicles(random, self.units, round(VEHICLES * size))

    def build(self) -> Built:
        actor = setup_account()
        for entry in AuditEntry.objects.select_related("batch"):
            undo_batch(actor, entry.batch, ORIGIN)  # the first unit gives way to the city
        steps = (
            (_("单位"), self._organisation),
            (_("人员"), self._people),
            (_("房屋"), self._premises),
            (_("车辆"), self._fleet),
            (_("资产"), self._ledger),
            (_("公物仓"), self._warehouse),
            (_("资产全周期"), self._life),
            (_("维修"), self._maintenance),
            (_("租赁与处置利用"), self._leasing),
            (_("图纸"), self._drawings),
            (_("账务"), self._books),
            (_("审批"), self._requests),
        )
        for number, (label, step) in enumerate(steps):
            self.progress(number, len(steps), label)
            with self.built.timed(step.__name__.strip("_")):
                step(actor)
        self.progress(len(steps), len(steps), "")
        return self.built

    def _organisation(self, actor: User) -> None:
        organisation.write_units(actor, self.units, self.keys)
        ledger.write_classes(actor, self.keys)
        self._count(units=len(self.units), classes=len(self.keys.classes))

    def _people(self, actor: User) -> None:
        organisation.write_people(actor, self.people, self.keys)
        organisation.write_authorised_posts(actor, self.random, self.people, self.keys)
        accounts.write_accounts(actor, self.people, self.keys)
        self._count(people=len(self.people))

    def _premises(self, actor: User) -> None:
        premises.write_buildings(actor, self.buildings, self.keys)
        premises.write_occupancies(actor, self.occupancies, self.keys)
        cards = premises.write_titles_and_cards(actor, self.random, self.buildings, self.keys)
        premises.write_leases(actor, self.leases, self.keys)
        self._count(
            buildings=len(self.buildings),
            rooms=len(self.keys.rooms),
            occupancies=len(self.occupancies),
            building_cards=cards,
            leases=len(self.leases),
        )

    def _fleet(self, actor: User) -> None:
        fleet.write_vehicles(actor, self.vehicles, self.keys)
        fleet.write_quotas(actor, self.random, self.vehicles, self.keys)
        self._count(vehicles=len(self.vehicles))

    def _ledger(self, actor: User) -> None:
        homes = households(self.units, self.people, self.buildings, self.occupancies, self.keys)
        others = self.built.counts["vehicles"] + self.built.counts["building_cards"]
        total = round(CARDS * self.size) if self.scale is None else max(0, self.scale - others)
        cards = make_cards(self.random, plan_counts(self.random, homes, total), self.keys.classes)
        for written in ledger.write_cards(actor, cards):
            self.progress(written, total, _("资产"))
        self._count(cards=total)

    def _warehouse(self, actor: User) -> None:
        if self.scale is None:
            self._count(stock=warehouse.write_warehouse(actor, self.keys, self.size))

    def _books(self, actor: User) -> None:
        if self.scale is None:  # a city of a chosen size is made to measure something else
            books.keep_books(actor)

    def _maintenance(self, actor: User) -> None:
        if self.scale is None:
            self._count(**maintenance.write_maintenance(actor, self.keys, self.size))

    def _life(self, actor: User) -> None:
        if self.scale is None:
            self._count(**life.write_life(actor, self.keys, self.size))

    def _leasing(self, actor: User) -> None:
        if self.scale is None:
            self._count(**leasing.write_leasing(actor, self.keys, self.size))

    def _drawings(self, actor: User) -> None:
        if self.scale is None:
            self._count(floor_plans=drawings.write_drawings(actor, self.keys))

    def _requests(self, actor: User) -> None:
        if self.scale is None:
            self._count(requests=requests.write_requests(self.size))

    def _count(self, **counts: int) -> None:
        self.built.counts.update(counts)


def _keeps_things(person: PersonPlan) -> bool:
    """Whether cards stand in this person's name; of those whose level nobody entered, few have any."""
    known = bool(person.level) or person.unit.nature == "enterprise"
    return person.status == "active" and (known or int(person.code[-1]) == UNSETTLED)


def households(
    units: list[UnitPlan], people: list[PersonPlan], buildings: list[BuildingPlan], occupancies: list[OccupancyPlan], keys: Keys
) -> list[Household]:
    """Return each body with the keys of its people, their rooms, its other rooms, and its neighbour."""
    room_of = {plan.person.code: keys.rooms[plan.room.code] for plan in reversed(occupancies) if plan.until is None}
    rooms: dict[str, list[int]] = {}
    for building in buildings:
        for room in building.rooms:
            rooms.setdefault(room.unit.code, []).append(keys.rooms[room.code])
    staff: dict[str, list[PersonPlan]] = {}
    for person in people:
        staff.setdefault(person.unit.code, []).append(person)
    owners = bodies(units)
    return [
        Household(
            unit,
            keys.units[unit.code],
            [(keys.people[p.code], room_of.get(p.code), p.leads, p.department) for p in staff[unit.code] if _keeps_things(p)],
            rooms.get(unit.code, []),
            [keys.people[p.code] for p in staff[unit.code] if p.status != "active"],
            rooms[other.code],
            keys.units[other.code],
        )
        for unit, other in zip(owners, [*owners[1:], owners[0]], strict=True)
    ]
