"""The parameters of repairs as the rulebook has them for a unit on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gongjia.domains.maintenance.rules.clock import month_end
from gongjia.domains.maintenance.rules.scoring import FACTORS, FULL
from gongjia.org.models import Unit
from gongjia.standards.lifespans import traits_of
from gongjia.standards.rulebook.judging import judge
from gongjia.standards.rulebook.loading import load

TABLE, SPLIT, BUNDLING = "repair_terms", "repair_split", "repair_bundling"
NO_FACTS = {"hours_overdue": 0, "split_sum": 0, "daily_sum": 0}


def term(unit: Unit, name: str, on: dt.date, table: str = TABLE) -> Decimal:
    """Return one parameter as it holds for a unit on a day."""
    given: Mapping[str, Any] = {**traits_of(unit), **NO_FACTS}
    return judge(load(), table, name, given, on).limit or Decimal(0)


def allowed_hours(unit: Unit, urgency: str, on: dt.date) -> int:
    """Return within how many hours a ticket is to be done."""
    return int(term(unit, f"{urgency}_hours", on))


def deadline(unit: Unit, year: int, on: dt.date) -> dt.date:
    """Return the last day on which a project of a year may be applied for: in the year before, by the month of the jurisdiction."""
    return month_end(year - 1, int(term(unit, "apply_month", on)))


def weights(unit: Unit, on: dt.date) -> dict[str, Decimal]:
    """Return the published weight of each factor of the priority."""
    return {name: term(unit, f"weight_{name}", on) for name in FACTORS}


def full_values(unit: Unit, on: dt.date, energy: Decimal) -> dict[str, Decimal]:
    """Return at which measure each factor has full points; energy is held against the greatest of the year."""
    scales = {"safety": FULL, "damage": FULL, "energy": energy}
    return scales | {name: term(unit, f"full_{name}", on) for name in ("age", "repair")}
