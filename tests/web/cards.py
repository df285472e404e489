"""Cards for the tests of the pages."""

from __future__ import annotations

from typing import Any

from gongjia.core.action import actions
from tests.people import Town


def card(number: str, **more: Any) -> dict[str, Any]:
    return {"number": number, "name": "台式计算机", "unit": "YC-SW", "cost": "4800.50", "category": "A02010105", **more}


def register(town: Town, count: int, prefix: str = "A", **more: Any) -> list[int]:
    """Register cards of the water bureau."""
    return actions["ledger.register_asset"].run_many(town.clerk, [card(f"{prefix}-{n:04d}", **more) for n in range(count)]).ids


def foreign(town: Town) -> int:
    """Register one card of the archive, which the water bureau's clerk may not see."""
    root = type(town.clerk).objects.create_superuser("root", password="a-long-password-1")
    return actions["ledger.register_asset"].run(root, card("B-0001", unit="YC-DA"))
