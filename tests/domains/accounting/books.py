"""Cards and months for tests of the books."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from gongjia.core.action import Outcome, actions
from gongjia.domains.accounting import rules
from gongjia.domains.accounting.models import Posting
from gongjia.ledger.models import Asset
from tests.people import Town

OCTOBER = rules.month_number(dt.date(2026, 10, 1))
TODAY = dt.date(2026, 11, 24)


def card(town: Town, number: str = "A", **more: Any) -> int:
    """Register a desktop of 7,200 yuan, booked in January 2026, over 72 months."""
    raw: dict[str, Any] = {"number": number, "name": "台式机", "unit": "YC-SW", "cost": "7200", "category": "A02010105"}
    raw |= {"acquired_on": "2026-01-10", "booked_on": "2026-01-10", "depreciation_months": 72}
    return actions["ledger.register_asset"].run(town.clerk, raw | more)


def post(town: Town, month: str, key: str = "accounting.post_depreciation", unit: str = "YC-SW") -> Outcome:
    """Post a month of the water bureau."""
    return actions[key].run_many(town.clerk, [{"unit": unit, "month": f"{month}-01"}])


def written_down(pk: int) -> Decimal:
    return Asset.objects.values_list("accumulated", flat=True).get(pk=pk)


def versions(month: str) -> list[tuple[int, str, Decimal, Decimal]]:
    rows = Posting.objects.filter(month=f"{month}-01").order_by("version")
    return list(rows.values_list("version", "kind", "amount", "total"))
