"""What a filed return shows on its page: its tables, its checks, and the way to hold it against the ledger again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.panel import Panel, declare_panel
from gongjia.publishing.crosschecks import crosschecks
from gongjia.publishing.filing import read
from gongjia.publishing.form import form_of
from gongjia.publishing.models import OfficeReturn
from gongjia.publishing.resources import RETURNS
from gongjia.publishing.telling import told


def filed(user: Any, key: str, row: OfficeReturn) -> dict[str, Any]:
    """Return the tables of a filed return as they were kept."""
    made, form = read(row.content), form_of(row.form)
    return {"row": row, "tables": told(made, form, {"filed": row.pk}), "checks": crosschecks(made), "form": form, "count": None}


declare_panel(Panel("publishing.filed", _("报表"), RETURNS.key, "publishing/panel_filed.html", filed, 10))
