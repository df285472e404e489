"""The priority of a project: points of each factor times its weight; what is not known is left out and the weights made up openly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FULL = Decimal(100)
FACTORS = ("safety", "damage", "age", "repair", "energy")


@dataclass(frozen=True, slots=True)
class Factor:
    """One line of the arithmetic: the measure, its points out of 100 (None: not known), the published and the used weight."""

    name: str
    measure: Decimal | None
    points: Decimal | None
    weight: Decimal
    used: Decimal

    @property
    def worth(self) -> Decimal:
        """What the factor adds to the priority."""
        return (self.points or Decimal(0)) * self.used / FULL


@dataclass(frozen=True, slots=True)
class Priority:
    """The points of a project with the arithmetic behind them."""

    factors: tuple[Factor, ...]

    @property
    def points(self) -> Decimal:
        """The priority, out of 100, to two places."""
        return sum((factor.worth for factor in self.factors), Decimal(0)).quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(factor.name for factor in self.factors if factor.points is None)


def priority(measures: Mapping[str, Decimal | None], weights: Mapping[str, Decimal], full: Mapping[str, Decimal]) -> Priority:
    """Return the priority; a measure has 100 points at its `full` value. Weights of unknown ones are shared out among the others."""
    known = sum((weights[name] for name in FACTORS if measures.get(name) is not None), Decimal(0))
    whole = sum((weights[name] for name in FACTORS), Decimal(0))
    factors = []
    for name in FACTORS:
        measure = measures.get(name)
        points = None if measure is None else _points(measure, full[name])
        used = weights[name] * whole / known if points is not None and known else Decimal(0)
        factors.append(Factor(name, measure, points, weights[name], used * FULL / whole if whole else used))
    return Priority(tuple(factors))


def _points(measure: Decimal, full: Decimal) -> Decimal:
    if full <= 0:
        return Decimal(0)
    return min(FULL, max(Decimal(0), measure * FULL / full)).quantize(Decimal("0.1"), ROUND_HALF_UP)
