"""Writing vehicles with their cards, what replaced what, and the quotas."""

from __future__ import annotations

from random import Random
from typing import Any

from gongjia.core import bulk
from gongjia.core.action import context_for
from gongjia.demo.cards import straight
from gongjia.demo.constants import LIVE, LIVE_ON
from gongjia.demo.ledger import Move, write_moves
from gongjia.demo.seeding import ORIGIN, Keys, act, recording
from gongjia.demo.vehicles import CATEGORY, SEATS, VehiclePlan, plan_quotas
from gongjia.domains.vehicles.models import Vehicle
from gongjia.domains.vehicles.resources import VEHICLES
from gongjia.ledger.models import Asset
from gongjia.org.models import User

MONTHS = 96


def write_vehicles(actor: User, plans: list[VehiclePlan], keys: Keys) -> None:
    """Register the vehicles, scrap those that were scrapped, and say which replaced which."""
    ids = act(actor, "vehicles.register_vehicle", [_row(plan, keys) for plan in plans])
    by_number = dict(zip((plan.number for plan in plans), ids, strict=True))
    scrapped = [(by_number[plan.number], plan) for plan in plans if plan.scrapped_on]
    bulk.update(
        Asset,
        [pk for pk, _plan in scrapped],
        status="disposed",
        disposal="scrap",
        on_books=False,
        disposed_on=[plan.scrapped_on for _pk, plan in scrapped],
    )
    moves = [
        Move(pk, keys.units[p.unit.code], "dispose", p.scrapped_on, "status", "in_use", "disposed") for pk, p in scrapped if p.scrapped_on
    ]
    write_moves(context_for(actor, ORIGIN, on=LIVE_ON, now=LIVE), moves)
    _write_renewals(actor, [(plan, by_number[plan.number], by_number[plan.replaces.number]) for plan in plans if plan.replaces], keys)


def _write_renewals(actor: User, renewed: list[tuple[VehiclePlan, int, int]], keys: Keys) -> None:
    bulk.update(Vehicle, [new for _plan, new, _old in renewed], renews_id=[old for _plan, _new, old in renewed])
    with recording(actor, "vehicles.edit_vehicle") as context:
        for plan, new, old in renewed:
            context.record(VEHICLES.key, new, keys.units[plan.unit.code], {"renews_id": None}, {"renews_id": old})


def _row(plan: VehiclePlan, keys: Keys) -> dict[str, Any]:
    return {
        "number": plan.number,
        "name": plan.name,
        "unit": keys.units[plan.unit.code],
        "category": keys.classes[CATEGORY[plan.body]],
        "acquired_on": plan.acquired_on,
        "in_service_on": plan.acquired_on,
        "registered_on": plan.acquired_on,
        "booked_on": plan.acquired_on,
        "brand": plan.brand,
        "measure": "辆",
        "cost": plan.price,
        "price": plan.price,
        "depreciation_months": MONTHS,
        "accumulated": straight(plan.price, plan.acquired_on, MONTHS),
        "status": "in_use" if plan.scrapped_on else plan.status,
        "idle_since": plan.idle_since,
        "plate": plan.plate,
        "purpose": plan.purpose,
        "body": plan.body,
        "energy": plan.energy,
        "displacement": plan.displacement,
        "seats": SEATS[plan.body],
        "vin": plan.vin,
        "special_need": plan.special_need,
        "year": plan.acquired_on.year,
    }


def write_quotas(actor: User, random: Random, plans: list[VehiclePlan], keys: Keys) -> None:
    """Authorise vehicles by unit and purpose."""
    rows = [
        {
            "unit": keys.units[unit.code],
            "purpose": purpose,
            "count": count,
            "document": f"云车编〔2020〕{number}号",
            "valid_from": LIVE_ON.replace(year=2020),
        }
        for number, (unit, purpose, count) in enumerate(plan_quotas(random, plans), 1)
    ]
    act(actor, "vehicles.set_quota", rows)
