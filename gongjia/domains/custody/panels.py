"""What custody shows on detail pages: what a person still holds, the papers of a card, the income of a letting."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.panel import Panel, declare_panel
from gongjia.core.periods import today
from gongjia.core.resource import resources
from gongjia.domains.custody.models import Letting
from gongjia.domains.custody.resources import HAND_OVERS, INCOMES, LETTINGS, REPAIRS
from gongjia.domains.custody.services.leaving import still_held
from gongjia.ledger.resources import ASSETS
from gongjia.org.resources import PEOPLE
from gongjia.web.addresses import row_url


def hand_over_list(user: Any, key: str, person: Any) -> dict[str, Any]:
    """Return what a person must hand over before leaving; items outside the user's rights are counted, not named."""
    items, hidden = [], 0
    for kind, item in still_held([person.pk]):
        if resources[item.resource].queryset(user).filter(pk=item.pk).exists():
            items.append((kind.label, item.name, row_url(item.resource, item.pk)))
        else:
            hidden += 1
    return {"items": items, "hidden": hidden, "count": len(items) + hidden or None}


def papers(user: Any, key: str, asset: Any) -> dict[str, Any] | None:
    """Return the hand-overs, lettings and repairs of a card."""
    hand_overs = list(HAND_OVERS.queryset(user).filter(assets=asset.pk).select_related("giver", "receiver").order_by("-on", "-pk")[:30])
    lettings = list(LETTINGS.queryset(user).filter(asset=asset.pk).order_by("-starts_on")[:30])
    repairs = REPAIRS.queryset(user).filter(asset=asset.pk)
    found = {"hand_overs": hand_overs, "lettings": lettings, "repairs": list(repairs.order_by("-done_on")[:30])}
    return {**found, "spent": repairs.aggregate(total=Sum("cost"))["total"], "today": today()} if any(found.values()) else None


def incomes(user: Any, key: str, letting: Letting) -> dict[str, Any]:
    """Return the rent of a letting, what of it is with the treasury, and whether it is overdue."""
    rows = list(INCOMES.queryset(user).filter(letting=letting.pk).order_by("received_on"))
    remitted = [row for row in rows if row.remitted_on]
    sums = {"received": sum(row.amount for row in rows), "remitted": sum(row.amount for row in remitted)}
    may = letting.kind == "lease" and access(user).can("custody.record_income", letting.unit_id)
    late = (today() - letting.due_on).days if letting.returned_on is None else 0
    return {"letting": letting, "rows": rows, **sums, "may_record": may, "late": late}


def cards(user: Any, key: str, paper: Any) -> dict[str, Any]:
    """Return the cards of a hand-over paper."""
    return {"paper": paper, "cards": list(ASSETS.queryset(user).filter(hand_overs=paper.pk).select_related("place").order_by("number"))}


declare_panel(Panel("custody.hand_over_list", _("交接清单"), PEOPLE.key, "custody/panel_person.html", hand_over_list, 15))
declare_panel(Panel("custody.papers", _("领用、出租出借与维修"), ASSETS.key, "custody/panel_asset.html", papers, 55))
declare_panel(Panel("custody.incomes", _("租金与归还"), LETTINGS.key, "custody/panel_letting.html", incomes, 20))
declare_panel(Panel("custody.cards", _("交接的资产"), HAND_OVERS.key, "custody/panel_cards.html", cards, 20))
