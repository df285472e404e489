"""The written city: complete, consistent, and with every kind of case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from gongjia.core import search
from gongjia.core.models import AuditEntry
from gongjia.demo.city import AlreadyBuilt, build
from gongjia.demo.constants import LIVE, TODAY
from gongjia.domains.offices.models import BuildingCard, Lease, Occupancy, Room, Title
from gongjia.domains.vehicles.models import Quota, Vehicle
from gongjia.ledger.models import Asset, Crosswalk, Entry
from gongjia.ledger.resources import ASSETS
from gongjia.ledger.rules import fold
from gongjia.org.models import Person, Post, Unit, UnitParentage
from tests.city import City

HALF_A_YEAR = dt.timedelta(days=180)
FOLDED = {"unit": "unit_id", "place": "place_id", "custodian": "custodian_id", "category": "category_id", "status": "status"}


def state_of(asset: Asset) -> dict[str, object]:
    entries = [
        {**row, **{f"{name}_{side}": row[f"{name}_{side}_id"] for name in FOLDED if name != "status" for side in ("from", "to")}}
        for row in Entry.objects.filter(asset=asset).values()
    ]
    state = fold(entries, TODAY, timezone.now())
    return {
        "quantity": state.quantity,
        "cost": state.cost,
        "accumulated": state.accumulated,
        **{name: state.values.get(name) for name in FOLDED},
    }


def kept(asset: Asset) -> dict[str, object]:
    return {
        "quantity": asset.quantity,
        "cost": asset.cost,
        "accumulated": asset.accumulated,
        **{name: getattr(asset, field) for name, field in FOLDED.items()},
    }


def sample() -> QuerySet[Asset]:
    moved = list(Entry.objects.filter(seq=2).order_by("pk").values_list("asset", flat=True)[:200])
    return Asset.objects.filter(pk__in=[*moved, *range(1, Asset.objects.count(), 40)])


def test_the_entries_fold_to_the_state_of_each_card(demo_city: City):
    for asset in sample():
        assert state_of(asset) == kept(asset), asset.number


def test_every_card_has_its_first_entry_and_its_audit(demo_city: City):
    cards = Asset.objects.count()
    assert Entry.objects.filter(seq=1, kind="register").count() == cards
    assert AuditEntry.objects.filter(subject="ledger.asset", before__isnull=True).values("subject_id").distinct().count() == cards


def test_every_movement_is_audited(demo_city: City):
    moved = Entry.objects.exclude(kind="register")
    told = AuditEntry.objects.filter(subject="ledger.asset", subject_id=OuterRef("asset"), batch=OuterRef("batch"), before__isnull=False)
    assert moved.count() > 100
    assert not moved.filter(~Exists(told)).exists()


@pytest.mark.parametrize(
    ("subject", "rows"),
    [
        ("leasing.title", Title.objects.all),
        ("offices.building_card", BuildingCard.objects.all),
        ("ledger.crosswalk", Crosswalk.objects.all),
        ("vehicles.vehicle", Vehicle.objects.all),
    ],
)
def test_nothing_is_written_without_audit(subject: str, rows: Callable[[], QuerySet[Any]], demo_city: City):
    audited = AuditEntry.objects.filter(subject=subject, before__isnull=True).values_list("subject_id", flat=True)
    assert set(audited) == {row.pk for row in rows()} != set()


def test_cards_are_found_by_name_and_initials(demo_city: City):
    desktops = Asset.objects.filter(name="台式计算机").count()
    for text in ("台式计算机", "tsjsj"):
        assert search.narrow(ASSETS, Asset.objects.all(), text).filter(name="台式计算机").count() == desktops


def test_the_ledger_of_a_city_begins_with_as_many_assets_as_were_planned(demo_city: City):
    """What the year brought (the warehouse, purchases) was registered later."""
    assert Asset.objects.filter(created_at__lte=LIVE).count() == sum(
        demo_city.built.counts[kind] for kind in ("cards", "vehicles", "building_cards")
    )


def test_invented_records_never_join_others(demo_city: City):
    with pytest.raises(AlreadyBuilt):
        build()


def test_the_reform_is_kept_in_the_dated_tree(demo_city: City):
    centre = demo_city.unit("YC-DSJ")
    rows = UnitParentage.objects.filter(unit=centre).order_by("valid_from").values_list("parent__code", flat=True)
    assert list(rows) == ["YC-ZF", "YC-SJZ"]
    assert centre.path.startswith(demo_city.unit("YC-SJZ").path)


def test_no_entry_lies_after_the_day_of_the_city(demo_city: City):
    planned = Entry.objects.filter(request_key="")  # a request is carried out on the day on which the city is built
    assert not planned.filter(effective_on__gt=TODAY).exists()
    assert not Entry.objects.filter(asset__acquired_on__gt=F("effective_on"), seq=2).exists()


CASES = {
    "idle for long": lambda: Asset.objects.filter(status="idle", idle_since__lt=TODAY - HALF_A_YEAR),
    "idle for a while": lambda: Asset.objects.filter(status="idle", idle_since__gte=TODAY - HALF_A_YEAR),
    "scrapped": lambda: Asset.objects.filter(disposal="scrap", vehicle=None),
    "no class": lambda: Asset.objects.filter(category=None),
    "class of 2013": lambda: Asset.objects.filter(category__edition="2013"),
    "no date": lambda: Asset.objects.filter(acquired_on=None),
    "no cost": lambda: Asset.objects.filter(cost=0),
    "more depreciation than cost": lambda: Asset.objects.filter(accumulated__gt=F("cost")),
    "not in the accounts": lambda: Asset.objects.filter(booking="unbooked"),
    "in another unit's room": lambda: Asset.objects.filter(place__kind="room").exclude(place__unit=F("unit")),
    "kept by a leaver": lambda: Asset.objects.filter(custodian__status__in=["left", "retired"]),
    "lent": lambda: Asset.objects.filter(status="lent"),
    "leaver with a room": lambda: Occupancy.objects.filter(valid_to=None, person__status__in=["left", "retired"]),
    "two rooms": lambda: Person.objects.annotate(n=Count("occupancies", Q(occupancies__valid_to=None))).filter(n__gt=1),
    "shared room": lambda: Room.objects.annotate(n=Count("occupancies", Q(occupancies__valid_to=None))).filter(n__gt=1),
    "vacant room": lambda: Room.objects.filter(place__use="office", occupancies=None),
    "room without area": lambda: Room.objects.filter(place__usable_area=None),
    "unknown level": lambda: Post.objects.filter(level="").exclude(title=""),
    "no post": lambda: Person.objects.filter(posts=None),
    "second post": lambda: Post.objects.filter(primary=False),
    "ended lease": lambda: Lease.objects.filter(ends_on__lt=TODAY),
    "lease without rent": lambda: Lease.objects.filter(annual_rent=None),
    "no certificate": lambda: Title.objects.filter(registered=False),
    "card of two buildings": lambda: BuildingCard.objects.filter(share__lt=100),
    "vehicle without purpose": lambda: Vehicle.objects.filter(purpose=""),
    "vehicle without plate": lambda: Vehicle.objects.filter(plate=""),
    "depreciated over too many years": lambda: Asset.objects.filter(category__code="A02340000", depreciation_months__gt=240),
    "renewed vehicle": lambda: Vehicle.objects.filter(renews__asset__status="disposed"),
    "idle vehicle": lambda: Vehicle.objects.filter(asset__status="idle"),
    "exceeded quota": lambda: [
        quota
        for quota in Quota.objects.all()
        if Vehicle.objects.filter(asset__unit=quota.unit, purpose=quota.purpose).exclude(asset__status="disposed").count() > quota.count
    ],
    "secret unit": lambda: Unit.objects.filter(secret=True),
    "enterprise": lambda: Unit.objects.filter(nature="enterprise"),
}


@pytest.mark.parametrize("case", CASES)
def test_even_the_small_city_shows(case: str, demo_city: City):
    assert len(CASES[case]()) > 0
