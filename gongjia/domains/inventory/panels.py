"""What inventory shows on a round: how far it is, and what was found."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.panel import Panel, declare_panel
from gongjia.domains.inventory.choices import Found, RoundState
from gongjia.domains.inventory.models import CountLine, Round
from gongjia.domains.inventory.resources import LINES, ROUNDS
from gongjia.web.addresses import list_url
from gongjia.web.shapes import Figure, Tone

TONES: dict[str, Tone] = {Found.MISSING: "breach", Found.SURPLUS: "doubt", Found.MOVED: "doubt", Found.FOUND: "order"}


def progress(user: Any, key: str, round_: Round) -> dict[str, Any]:
    """Return the count of lines by what was found, each linked to its rows."""
    counts = dict(CountLine.objects.filter(round=round_.pk).values_list("found").annotate(Count("pk")))
    address = f"{list_url(LINES)}?round={round_.number}&found="
    figures = [
        Figure(label=kind.label, value=str(counts[kind]), href=f"{address}{kind.value}", tone=TONES.get(kind, "plain"))
        for kind in Found
        if counts.get(kind)
    ]
    may = round_.state == RoundState.OPEN and access(user).can("inventory.count_asset", round_.unit_id)
    return {"round": round_, "figures": figures, "may_count": may}


declare_panel(Panel("inventory.progress", _("进度与结果"), ROUNDS.key, "inventory/panel_round.html", progress, 10))
