"""What imports put on the work desk: those that wait for a decision, and the last ones done."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.nav import DeskCard, declare_desk_card
from gongjia.core.resource import resources
from gongjia.importer.menu import IMPORT
from gongjia.importer.models import ImportSession

SHOWN = 5
TONES = {
    ImportSession.State.MAPPED: "doubt",
    ImportSession.State.PREVIEWED: "doubt",
    ImportSession.State.DONE: "order",
    ImportSession.State.UNREADABLE: "breach",
}


def recent(user: Any, path: str) -> dict[str, Any] | None:
    """The person's last imports, with what each did; hidden where there are none."""
    if not access(user).can(IMPORT):
        return None
    rows = ImportSession.objects.filter(actor=user).order_by("-pk")[:SHOWN]
    lines = [(row, TONES.get(row.state, "plain"), resources[row.into].label if row.into in resources else "") for row in rows]
    return {"lines": lines} if lines else None


declare_desk_card(DeskCard("importer.recent", _("最近的导入"), "importer/desk_recent.html", recent, order=15))
