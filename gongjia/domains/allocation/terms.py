"""The parameters of room plans as the rulebook has them for a unit on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, replace

from gongjia.domains.allocation.solver.problem import Weights
from gongjia.org.models import Unit
from gongjia.standards.lifespans import traits_of
from gongjia.standards.rulebook.judging import judge
from gongjia.standards.rulebook.loading import load

TABLE = "office_allocation"
NAMES = tuple(field.name for field in fields(Weights) if field.name != "tolerance")


def term(unit: Unit, name: str, on: dt.date) -> float:
    """Return one parameter as it holds for a unit on a day."""
    return float(judge(load(), TABLE, name, traits_of(unit), on).limit or 0)


def weights_of(unit: Unit, on: dt.date, changed: Mapping[str, float] | None = None) -> Weights:
    """Return the published weights, some of them changed for one reckoning."""
    published = Weights(**{name: term(unit, f"weight_{name}", on) for name in NAMES}, tolerance=term(unit, "tolerance", on) / 100)
    return replace(published, **{name: float(value) for name, value in (changed or {}).items() if name in NAMES})
