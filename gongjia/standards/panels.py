"""What every detail page shows of the rules: the findings of the record, and a way to have all its verdicts recomputed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.check import checks
from gongjia.core.facts import facts
from gongjia.core.panel import Panel, declare_panel
from gongjia.standards import lifespans, notices  # noqa: F401 - they declare a panel and a job
from gongjia.standards.asking import aliases
from gongjia.standards.explaining import explain
from gongjia.standards.resources import FINDINGS

SHOWN = 12


def findings(user: Any, key: str, row: Any) -> dict[str, Any] | None:
    """The standing findings of a record, and whether it can be judged on demand."""
    judged = any(facts[check.facts].subject in aliases(key) for check in checks)
    if not judged or not access(user).can(FINDINGS.view_permission):
        return None
    rows = FINDINGS.queryset(user).filter(subject__in=aliases(key), subject_id=row.pk).select_related("excuse").order_by("-blocks", "-pk")
    shown = list(rows[:SHOWN])
    return {"lines": [(each, explain(each, alternatives=False)) for each in shown], "key": key, "pk": row.pk, "count": len(shown) or None}


declare_panel(Panel("standards.findings", _("核查"), "*", "standards/panel_findings.html", findings, order=20))
