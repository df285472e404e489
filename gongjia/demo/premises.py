"""Writing compounds, buildings with their cards and titles, rooms with those who use them, and leases."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random
from typing import Any

from gongjia.core import bulk
from gongjia.core.writing import record_created
from gongjia.demo.cards import straight
from gongjia.demo.constants import LIVE, UNREGISTERED_TITLE
from gongjia.demo.places import BuildingPlan, OccupancyPlan
from gongjia.demo.seeding import Keys, act, recording
from gongjia.domains.offices.models import BuildingCard, Title
from gongjia.org.models import Place, User
from gongjia.org.resources import PLACES

USABLE_SHARE = Decimal("0.62")  # of the floor area
PRICE_PER_M2 = {"steel": 5200, "concrete": 3600, "brick_concrete": 2100, "brick_timber": 1200, "simple": 800}
HIGH_RISE = 8  # storeys
OFFICE_PREMISES, STORES = "A01010100", "A01010226"


def write_compounds(actor: User, buildings: list[BuildingPlan], keys: Keys) -> dict[str, int]:
    """Make the compounds in which the buildings stand and return their keys by name."""
    owners = {building.compound: keys.units[building.owner.code] for building in buildings}
    names, units = list(owners), list(owners.values())
    with recording(actor, "offices.register_building") as context:
        columns: dict[str, Any] = {"code": [f"YL{number:03d}" for number in range(1, len(names) + 1)], "name": names, "unit_id": units}
        ids = bulk.insert(Place, len(names), kind="compound", created_at=context.now, **columns)
        bulk.update(Place, ids, path=[f"{pk}/" for pk in ids])
        record_created(context, PLACES.key, ids, units, columns)
    return dict(zip(names, ids, strict=True))


def write_buildings(actor: User, buildings: list[BuildingPlan], keys: Keys) -> None:
    """Register buildings and their rooms."""
    compounds = write_compounds(actor, buildings, keys)
    rows = [_building_row(building, keys, compounds) for building in buildings]
    keys.buildings.update(zip((building.code for building in buildings), act(actor, "offices.register_building", rows), strict=True))
    rooms = [room for building in buildings for room in building.rooms]
    rows = [
        {
            "code": room.code,
            "name": room.name,
            "unit": keys.units[room.unit.code],
            "building": keys.buildings[room.building.code],
            "floor_name": f"{room.floor}层",
            "use": room.use,
            "usable_area": room.area,
            "seats": room.seats,
            "toilet_area": room.toilet,
            "holding": room.building.holding,
            "note": room.note,
        }
        for room in rooms
    ]
    keys.rooms.update(zip((room.code for room in rooms), act(actor, "offices.register_room", rows), strict=True))


def _building_row(building: BuildingPlan, keys: Keys, compounds: dict[str, int]) -> dict[str, Any]:
    return {
        "code": building.code,
        "name": building.title,
        "unit": keys.units[building.owner.code],
        "holding": building.holding,
        "usable_area": building.usable_area,
        "floor_area": _floor_area(building),
        "compound": compounds[building.compound],
        "address": f"云川市{building.compound}（虚构）",
        "structure": building.structure,
        "storeys": building.storeys,
        "high_rise": building.storeys >= HIGH_RISE,
        "built_year": building.year,
        "city": "云川市",
    }


def _floor_area(building: BuildingPlan) -> Decimal:
    return (building.usable_area / USABLE_SHARE).quantize(Decimal("0.01"))


def write_occupancies(actor: User, plans: list[OccupancyPlan], keys: Keys) -> None:
    """Let people use their rooms, past uses included."""
    rows = [
        {"room": keys.rooms[plan.room.code], "person": keys.people[plan.person.code], "valid_from": plan.since, "valid_to": plan.until}
        for plan in plans
    ]
    act(actor, "offices.assign_room", rows)


def write_titles_and_cards(actor: User, random: Random, buildings: list[BuildingPlan], keys: Keys) -> int:
    """Give owned buildings their cards (the first has two, and shares its second with its neighbour) and titles; return how many cards."""
    owned = [building for building in buildings if building.holding == "owned"]
    rows = [_card_row(building, keys, 1) for building in owned]
    rows.append(_card_row(owned[0], keys, 2))
    ids = act(actor, "ledger.register_asset", rows)
    places = [keys.buildings[building.code] for building in owned]
    links = [*zip(places, ids, strict=False), (places[0], ids[-1]), (places[1], ids[-1])]
    shares = [Decimal(100)] * len(owned) + [Decimal(60), Decimal(40)]
    with recording(actor, "offices.register_building") as context:
        cards: dict[str, Any] = {"building_id": [p for p, _a in links], "asset_id": [a for _p, a in links], "share": shares}
        owners = dict(zip(places, (keys.units[building.owner.code] for building in owned), strict=True))
        linked = bulk.insert(BuildingCard, len(links), **cards)
        record_created(context, "offices.building_card", linked, [owners[place] for place, _a in links], cards)
        titles = _titles(random, owned, places)
        held = bulk.insert(Title, len(owned), recorded_at=LIVE, **titles)
        record_created(context, "leasing.title", held, list(owners.values()), titles)
    return len(ids)


def _titles(random: Random, owned: list[BuildingPlan], places: list[int]) -> dict[str, Any]:
    registered = [random.random() >= UNREGISTERED_TITLE for _building in owned]
    return {
        "place_id": places,
        "valid_from": [dt.date(building.year, 12, 1) for building in owned],
        "number": [
            f"皖（{b.year}）云川不动产权第{n:07d}号" if ok else "" for n, (b, ok) in enumerate(zip(owned, registered, strict=True), 1)
        ],
        "holder": [building.owner.name for building in owned],
        "registered": registered,
        "note": ["" if ok else "手续不全，尚未办证" for ok in registered],
    }


def _card_row(building: BuildingPlan, keys: Keys, number: int) -> dict[str, Any]:
    acquired = dt.date(building.year, 6, 30)
    cost = (_floor_area(building) * PRICE_PER_M2[building.structure] / (1 if number == 1 else 10)).quantize(Decimal("0.01"))
    months = 600 if building.structure in ("steel", "concrete") else 360 if building.structure != "simple" else 96
    return {
        "number": f"{building.code}-F{number}",
        "name": f"{building.title}{'' if number == 1 else '连廊'}",
        "unit": keys.units[building.owner.code],
        "category": keys.classes[STORES if building.structure == "simple" else OFFICE_PREMISES],
        "acquired_on": acquired,
        "acquisition": "construction",
        "cost": cost,
        "accumulated": straight(cost, acquired, months),
        "depreciation_months": months,
        "measure": "幢",
        "place": keys.buildings[building.code],
        "in_service_on": acquired,
        "booked_on": acquired,
    }


def write_leases(actor: User, leases: list[dict[str, Any]], keys: Keys) -> None:
    """Register the leases."""
    rows = [
        {
            **{name: value for name, value in lease.items() if name != "building"},
            "unit": keys.units[lease["unit"].code],
            "city": "云川市",
            "place": keys.buildings[lease["building"].code] if lease["building"] else None,
        }
        for lease in leases
    ]
    act(actor, "offices.register_lease", rows)
