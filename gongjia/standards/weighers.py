"""What the forms of the ledger say while they are filled in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from gongjia.standards.weighing import Case, item, level, unit_code, weigh_by
from gongjia.web.weighing import Weigher, declare_weigher


def unit_price(_user: Any, typed: Mapping[str, str]) -> str:
    """Cost by quantity, as the check reckons it."""
    try:
        return str(Decimal(typed.get("cost", "") or 0) / Decimal(typed.get("quantity", "") or 1)) if typed.get("cost") else ""
    except (InvalidOperation, ZeroDivisionError):
        return ""


PRICE = Case(
    "ledger.price",
    {"unit": unit_code, "item": item, "level": level, "unit_price": unit_price, "event_on": "acquired_on"},
    needs=("unit", "item", "unit_price"),
)

declare_weigher(Weigher("ledger.register_asset", "standards/weighed.html", weigh_by(PRICE)))
