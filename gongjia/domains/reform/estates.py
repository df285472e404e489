"""What a unit holds and a reform moves: one line for each kind of record, whatever package it comes from.

Closed and finished records stay with the unit that closed them: history is not moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Count, Q, QuerySet, Sum

from gongjia.approvals.choices import OPEN_STATES, RequestState
from gongjia.core.resource import resources
from gongjia.domains.disposal.choices import State as DisposalState
from gongjia.domains.inventory.choices import RoundState
from gongjia.ledger.choices import AssetStatus

How = Literal["assets", "plain", "summed", "begun_anew", "requests"]


@dataclass(frozen=True)
class Estate:
    """One kind of record. `how`: assets leave an entry; plain rows change their unit; dated rows end and begin anew, `summed` by key.

    `code` is the field that must stay unique within the unit that receives (and `within` further fields); `sums` are measures
    of the balance beside the count; `place` is the path to the place by which a part of a unit's rows is known.
    """

    resource: str
    how: How = "plain"
    unit: str = "unit"
    open: Q = field(default_factory=Q)
    code: str = ""
    within: tuple[str, ...] = ()
    by: str = ""
    sums: Mapping[str, str] = field(default_factory=dict)
    place: str = ""

    @property
    def key(self) -> str:
        return self.resource if self.unit == "unit" else f"{self.resource}:{self.unit}"

    def rows(self, units: Iterable[int]) -> QuerySet[Any]:
        """Return the live, unfinished rows of the units."""
        return resources[self.resource].all_rows().filter(self.open, **{f"{self.unit}__in": list(units)})


def same(*names: str) -> dict[str, str]:
    """Return measures that are called as the fields that they sum."""
    return {name: name for name in names}


PENDING = Q(state__in=[RequestState.DRAFT, *OPEN_STATES])
ESTATES = (
    Estate("ledger.asset", "assets", code="number", sums=same("quantity", "cost", "accumulated"), place="place"),
    Estate("org.place", code="code", sums={"usable_area": "usable_area", "floor_area": "floor_area"}, place="self"),
    Estate("org.person"),
    Estate("org.post", "begun_anew", open=Q(valid_to__isnull=True)),
    Estate("org.authorised_posts", "summed", open=Q(valid_to__isnull=True), by="level", sums={"posts": "count"}),
    Estate("vehicles.quota", "summed", open=Q(valid_to__isnull=True), by="purpose", sums={"vehicles": "count"}),
    Estate("offices.lease"),
    Estate("costs.budgetline", code="code", sums=same("amount", "used")),
    Estate("acquisition.planline", code="code"),
    Estate("acquisition.orderline", open=Q(state__in=["ordered", "partly"])),
    Estate("custody.letting", open=Q(returned_on__isnull=True)),
    Estate("disposal.disposal", open=Q(state__in=[DisposalState.GRANTED, DisposalState.DONE])),
    Estate("inventory.round", open=~Q(state=RoundState.CLOSED)),
    Estate("warehouse.loan", unit="owner", open=Q(returned_on__isnull=True)),
    Estate("warehouse.loan", unit="unit", open=Q(returned_on__isnull=True)),
    Estate("warehouse.wish"),
    Estate("approvals.request", "requests", open=PENDING),
)


def measured(units: Iterable[int], besides: str = "") -> dict[str, dict[str, str]]:
    """Return the balance of the units by kind: how many rows, and each sum, as exact text; the request `besides` is not counted."""
    held, found = list(units), {}
    for estate in ESTATES:
        rows = estate.rows(held)
        if estate.how == "assets":
            rows = rows.filter(Q(on_books=True) & ~Q(status=AssetStatus.DISPOSED))
        if estate.how == "requests" and besides:
            rows = rows.exclude(key=besides)
        counts = {} if estate.how == "summed" else {"count": Count("pk")}
        totals = rows.aggregate(**counts, **{name: Sum(path) for name, path in estate.sums.items()})
        found[estate.key] = {name: str(value or 0) for name, value in totals.items()}
    return found
