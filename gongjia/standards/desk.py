"""What the rules put on the work desk: the findings that wait, the rectifications that are late."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.nav import DeskCard, declare_desk_card
from gongjia.core.periods import today
from gongjia.standards.choices import FindingState, RectificationState
from gongjia.standards.indicators import OPEN, rule_label
from gongjia.standards.models import Sweep
from gongjia.standards.resources import FINDINGS, RECTIFICATIONS

SHOWN = 6


def waiting(user: Any, path: str) -> dict[str, Any] | None:
    """The rules with the most findings that wait, the last sweep, and what is late."""
    if not access(user).can(FINDINGS.view_permission):
        return None
    rows = FINDINGS.queryset(user, path).filter(state=FindingState.OPEN).order_by().values("check_key").annotate(n=Count("pk"))
    rules = sorted(rows, key=lambda row: (-row["n"], row["check_key"]))
    undone = RECTIFICATIONS.queryset(user, path).exclude(state=RectificationState.DONE)
    return {
        "rules": [
            {"label": rule_label(row["check_key"]), "count": row["n"], "query": f"{OPEN}&check_key={row['check_key']}"}
            for row in rules[:SHOWN]
        ],
        "total": sum(row["n"] for row in rules),
        "more": len(rules) - SHOWN,
        "late": undone.filter(due_on__lt=today()).count(),
        "late_query": f"due_on__lte={today().isoformat()}",
        "sweep": Sweep.objects.filter(live=True, finished_at__isnull=False).order_by("-id").first(),
        "open_query": OPEN,
    }


declare_desk_card(DeskCard("standards.waiting", _("待整改"), "standards/desk_waiting.html", waiting, order=10))
