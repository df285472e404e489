"""What leasing shows on detail pages: of a lease, terms, rent and what might replace it; of a building, titles and lettings; income."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.panel import Panel, declare_panel
from gongjia.core.periods import today
from gongjia.domains.leasing.expiring import endings
from gongjia.domains.leasing.models import LeaseEnd, SpaceDisposal, SpaceLetting
from gongjia.domains.leasing.resources import DISPOSALS, FILINGS, IDLE, INCOMES, LETTINGS, RENTS, TERMS, TITLES
from gongjia.domains.leasing.rules import year_of_rent
from gongjia.domains.leasing.services.renting import agreed_rent
from gongjia.domains.offices.models import Building, Lease
from gongjia.domains.offices.resources import BUILDINGS, LEASES

NEAREST = 5


def lease(user: Any, key: str, row: Lease) -> dict[str, Any]:
    """Return the terms of a lease, its rent by year as agreed and as paid, and the owned space of its city."""
    on = today()
    payments = list(RENTS.queryset(user).filter(lease=row.pk).order_by("year", "paid_on"))
    years = sorted({payment.year for payment in payments} | {on.year})
    paid = {year: sum((p.amount for p in payments if p.year == year), Decimal(0)) for year in years}
    visible = set(BUILDINGS.queryset(user).values_list("pk", flat=True))
    spaces = endings([row], on, visible)[0].spaces if row.ends_on else []
    return {
        "lease": row,
        "left": (row.ends_on - on).days if row.ends_on else None,
        "end": LeaseEnd.objects.live().filter(lease=row.pk).first(),
        "terms": list(TERMS.queryset(user).filter(lease=row.pk).order_by("starts_on")),
        "years": [(year, agreed_rent(row, year), paid[year]) for year in years],
        "spaces": spaces[:NEAREST],
        "total": len(spaces),
        "may_pay": access(user).can("leasing.pay_rent", row.unit_id),
        "count": None,
    }


def building(user: Any, key: str, row: Building) -> dict[str, Any] | None:
    """Return titles, filings, lettings and idle space of a building."""
    found = {
        "titles": list(TITLES.queryset(user).filter(place=row.pk).order_by("-valid_from")),
        "filings": list(FILINGS.queryset(user).filter(place=row.pk).order_by("-filed_on")),
        "lettings": list(LETTINGS.queryset(user).filter(place=row.pk).order_by("-starts_on")),
        "idle": list(IDLE.queryset(user).filter(place=row.pk).order_by("-since")),
    }
    return {**found, "today": today()} if any(found.values()) else None


def _sums(rows: list[Any]) -> dict[str, Any]:
    return {"rows": rows, "received": sum(r.amount for r in rows), "remitted": sum(r.amount for r in rows if r.remitted_on)}


def letting(user: Any, key: str, row: SpaceLetting) -> dict[str, Any]:
    """Return the income of a letting, and whether the space is back."""
    rows = list(INCOMES.queryset(user).filter(letting=row.pk).order_by("received_on"))
    late = (today() - row.due_on).days if row.taken_back_on is None else 0
    may = row.kind == "lease" and access(user).can("leasing.record_income", row.unit_id)
    return {**_sums(rows), "years": _by_year(row, rows), "late": late, "due_on": row.due_on, "may": may, "query": f"letting={row.number}"}


def _by_year(row: SpaceLetting, incomes: list[Any]) -> list[tuple[int, Decimal, Decimal]]:
    """Return year, rent as agreed and rent as received, from the first year of a letting to this one."""
    last = row.taken_back_on or row.due_on
    years = range(row.starts_on.year, min(last, today()).year + 1)
    received = {year: sum((each.amount for each in incomes if each.year == year), Decimal(0)) for year in years}
    return [(year, year_of_rent(row.starts_on, last, row.annual_rent, year), received[year]) for year in years]


def disposal(user: Any, key: str, row: SpaceDisposal) -> dict[str, Any]:
    """Return the income of a disposal."""
    rows = list(INCOMES.queryset(user).filter(disposal=row.pk).order_by("received_on"))
    return {**_sums(rows), "years": [], "late": 0, "due_on": None, "may": False, "query": ""}


declare_panel(Panel("leasing.lease", _("租期、租金与存量房源"), LEASES.key, "leasing/panel_lease.html", lease, 20))
declare_panel(Panel("leasing.building", _("权属、出租与闲置"), BUILDINGS.key, "leasing/panel_building.html", building, 40))
declare_panel(Panel("leasing.letting_income", _("租金与收回"), LETTINGS.key, "leasing/panel_income.html", letting, 20))
declare_panel(Panel("leasing.disposal_income", _("处置收入"), DISPOSALS.key, "leasing/panel_income.html", disposal, 20))
