"""What the form of a vehicle says while it is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongjia.standards.weighing import Case, unit_code, weigh_by
from gongjia.web.weighing import Weigher, declare_weigher


def need(_user: Any, typed: Mapping[str, str]) -> str:
    return "special" if typed.get("special_need") == "true" else "ordinary"


def price(_user: Any, typed: Mapping[str, str]) -> str:
    return typed.get("price") or typed.get("cost") or ""


KIND: dict[str, Any] = {
    "unit": unit_code,
    "event_on": "acquired_on",
    "vehicle_category": "purpose",
    "vehicle_body": "body",
    "vehicle_energy": "energy",
    "vehicle_need": need,
}
PRICE = Case("vehicles.price", {**KIND, "price": price}, needs=("unit", "vehicle_category", "price"))
DISPLACEMENT = Case("vehicles.displacement", {**KIND, "displacement": "displacement"}, needs=("unit", "vehicle_category", "displacement"))

declare_weigher(Weigher("vehicles.register_vehicle", "standards/weighed.html", weigh_by(PRICE, DISPLACEMENT)))
