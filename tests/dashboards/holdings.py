"""Things for the small town to own: cards of several classes, states and units, vehicles with quotas, rooms, leases."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from gongjia.domains.offices.models import Building, Lease, Occupancy, Room
from gongjia.domains.vehicles.models import Quota, Vehicle
from gongjia.ledger.models import Asset, Category
from gongjia.org.models import Place, Unit
from gongjia.standards.models import Finding, Sweep
from tests.people import SINCE, Town

ON = dt.date(2026, 11, 24)


def card(unit: Unit, number: str, cost: str, category: Category | None = None, status: str = "in_use", **more: object) -> Asset:
    """Make a card."""
    return Asset.objects.create(
        unit=unit, number=number, name=more.pop("name", number), cost=Decimal(cost), category=category, status=status, **more
    )


def category(code: str, name: str, level: int) -> Category:
    """Make a class of the 2022 catalogue."""
    return Category.objects.create(system="gov-procurement", edition="2022", code=code, name=name, level=level)


def furnish(town: Town) -> None:
    """Give the town's units something of everything."""
    category("A02010000", "信息化设备", 2)
    desk = category("A05010201", "办公桌", 4)
    category("A05010000", "家具", 2)
    old = ON - dt.timedelta(days=400)
    card(town.water, "S-1", "6200.50", town.desktop, accumulated=Decimal("1200.50"), custodian=town.person, place=town.room)
    card(town.water, "S-2", "5800", town.desktop, "idle", idle_since=old)
    card(town.water, "S-3", "800", desk, "idle", idle_since=ON - dt.timedelta(days=30))
    card(town.water, "S-4", "999", desk, "disposed")
    card(town.archive, "D-1", "1500000", None)
    card(town.archive, "D-2", "700", desk, on_books=False)
    drive(town)
    find(town)
    house(town)


def drive(town: Town) -> None:
    """Two vehicles for a quota of one."""
    for plate in ("皖H00001", "皖H00002"):
        made = card(town.water, f"C-{plate[-1]}", "180000", name=plate)
        Vehicle.objects.create(asset=made, plate=plate, purpose="emergency")
    Quota.objects.create(unit=town.water, purpose="emergency", count=1, valid_from=SINCE)


def find(town: Town) -> None:
    """Three findings that stand, one excused, one cured yesterday, one of another day's sweep."""
    sweep = Sweep.objects.create(on=ON)
    before = ON - dt.timedelta(days=30)

    def add(unit: Unit, check: str, outcome: str, subject: int, **more: object) -> None:
        values = {"found_on": before, "judged_on": ON, "first_sweep": sweep, "last_sweep": sweep, **more}
        Finding.objects.create(unit=unit, check_key=check, outcome=outcome, subject="ledger.asset", subject_id=subject, **values)

    add(town.water, "ledger.price", "breach", 1, blocks=True)
    add(town.water, "ledger.price", "doubt", 2, found_on=ON)
    add(town.archive, "ledger.idle_too_long", "cannot_decide", 3)
    add(town.archive, "ledger.idle_too_long", "breach", 4, state="excused")
    add(town.water, "ledger.idle_too_long", "breach", 5, state="cured", cured_on=ON - dt.timedelta(days=1))
    add(town.water, "ledger.idle_too_long", "breach", 6, snapshot=sweep)


def house(town: Town) -> None:
    """A building with two offices, of which one is empty, and two leases, of which one ends soon."""
    place = Place.objects.create(code="B2", name="行政中心 2 号楼", kind="building", unit=town.city, path="1/")
    building = Building.objects.create(place=place)
    Place.objects.filter(pk=town.room.pk).update(usable_area=Decimal("12.60"))
    used = Room.objects.create(place=town.room, building=building, floor_name="6", seats=1)
    free = Place.objects.create(
        code="0615", name="行政中心 2 号楼 0615", kind="room", unit=town.water, use="office", usable_area=Decimal("8.70"), path="1/2/"
    )
    Room.objects.create(place=free, building=building, floor_name="6", seats=1)
    Occupancy.objects.create(room=used, person=town.person, valid_from=SINCE)
    for number, days in (("L-1", 30), ("L-2", 300)):
        Lease.objects.create(number=number, unit=town.archive, ends_on=ON + dt.timedelta(days=days), annual_rent=Decimal(120000))
