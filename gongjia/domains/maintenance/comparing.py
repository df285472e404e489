"""Property services: what a square metre costs, what was done for it, and what others of the same kind pay."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import Count, F, Q, Sum

from gongjia.domains.maintenance.choices import FINISHED, TicketState
from gongjia.domains.maintenance.models import Contract, Ticket
from gongjia.domains.maintenance.resources import CONTRACTS

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Evidence:
    """What the tickets of an area say of its service within a year."""

    finished: int = 0
    on_time: int = 0
    open_late: int = 0
    rated: int = 0
    stars: int = 0

    @property
    def share(self) -> Decimal | None:
        """The share of what was due that was done in time, in per cent."""
        due = self.finished + self.open_late
        return (Decimal(100 * self.on_time) / due).quantize(Decimal("0.1")) if due else None

    @property
    def rating(self) -> Decimal | None:
        return (Decimal(self.stars) / self.rated).quantize(Decimal("0.1")) if self.rated else None


@dataclass(frozen=True)
class Line:
    """One contract with its price per m², its peers' median, and the evidence."""

    contract: Contract
    price: Decimal
    peers: Decimal | None
    many: int
    evidence: Evidence

    @property
    def against(self) -> Decimal | None:
        """By how many per cent the price lies above the peers' median."""
        return ((self.price / self.peers - 1) * 100).quantize(Decimal("0.1")) if self.peers else None


def price_of(contract: Contract) -> Decimal:
    """Return what a square metre costs a year."""
    return (contract.yearly_price / contract.area).quantize(CENT)


def running(on: dt.date) -> Any:
    """Return the contracts that hold on a day, whoever asks; only for medians, which name nobody."""
    return Contract.objects.live().filter(starts_on__lte=on, ends_on__gte=on).select_related("unit", "place")


def kind_of(contract: Contract) -> tuple[str, str]:
    """Return what makes contracts comparable: the tier of the unit and the services."""
    return contract.unit.tier, contract.services


def lines(user: Any, on: dt.date, path: str = "") -> list[Line]:
    """Return the visible contracts that hold on a day beside the median of all others of their kind, dearest first."""
    prices: dict[tuple[str, str], dict[int, Decimal]] = defaultdict(dict)
    for contract in running(on):
        prices[kind_of(contract)][contract.pk] = price_of(contract)
    seen = CONTRACTS.queryset(user, path).filter(starts_on__lte=on, ends_on__gte=on).select_related("unit", "place")
    found = []
    for contract in seen.order_by("pk"):
        others = [price for pk, price in prices[kind_of(contract)].items() if pk != contract.pk]
        middle = Decimal(median(others)).quantize(CENT) if others else None
        found.append(Line(contract, price_of(contract), middle, len(others), evidence(contract, on)))
    return sorted(found, key=lambda line: -line.price)


def evidence(contract: Contract, on: dt.date) -> Evidence:
    """Return what the tickets of the year up to a day say of a contract's area."""
    since = on - dt.timedelta(days=365)
    rows = Ticket.objects.live().filter(
        place__path__startswith=contract.place.path, reported_at__date__gte=since, reported_at__date__lte=on
    )
    done, open_ = Q(state__in=FINISHED), ~Q(state__in=(*FINISHED, TicketState.CANCELLED))
    found = rows.aggregate(
        finished=Count("pk", filter=done),
        on_time=Count("pk", filter=done & Q(done_at__lte=F("due_at"))),
        open_late=Count("pk", filter=open_ & Q(due_at__date__lt=on)),
        rated=Count("rating", filter=done),
        stars=Sum("rating", filter=done),
    )
    return Evidence(**{name: value or 0 for name, value in found.items()})
