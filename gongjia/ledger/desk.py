"""What the ledger puts on the work desk: how to begin where there is nothing yet, and what lies idle."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Sum
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.nav import DeskCard, declare_desk_card
from gongjia.ledger.indicators import IDLE_QUERY, idle
from gongjia.ledger.resources import ASSETS

SHOWN = 5


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def begin(user: Any, path: str) -> dict[str, Any] | None:
    """How to begin, for one who may register cards and sees none yet."""
    register = actions[ASSETS.create]
    if not access(user).can(register.permission) or ASSETS.queryset(user, path).exists():
        return None
    return {"imports": _address("importer:imports")}


def lying_idle(user: Any, path: str) -> dict[str, Any] | None:
    """How much lies idle, and the costliest of it; hidden where nothing does."""
    cards = idle(user, path)
    whole = cards.aggregate(n=Count("pk"), cost=Sum("cost"))
    if not whole["n"]:
        return None
    return {
        "total": whole["n"],
        "cost": whole["cost"],
        "cards": list(cards.select_related("unit").order_by("-cost", "pk")[:SHOWN]),
        "query": IDLE_QUERY,
    }


declare_desk_card(DeskCard("ledger.begin", _("从手头的表格开始"), "ledger/desk_begin.html", begin, order=0))
declare_desk_card(DeskCard("ledger.idle", _("闲置资产"), "ledger/desk_idle.html", lying_idle, order=40))
