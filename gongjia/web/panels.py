"""What every detail page has below its facts: documents and the audit."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.models import Attachment, AuditEntry
from gongjia.core.panel import Panel, declare_panel
from gongjia.core.permissions import page_permissions
from gongjia.core.resource import resources
from gongjia.web.changes import changes_of

SHOWN = 30
DOORS = {"form": _("网页"), "import": _("导入"), "api": _("接口"), "cli": _("命令行"), "demo": _("演示数据")}
VIEW_AUDIT = page_permissions.add("core.view_audit", _("查看审计记录")) and "core.view_audit"
ATTACH = page_permissions.add("core.attach_document", _("添加附件")) and "core.attach_document"


def documents(user: Any, key: str, row: Any) -> dict[str, Any] | None:
    """The stored files that hang on the row, and the way to add one."""
    found = list(Attachment.objects.select_related("file", "actor").filter(subject=key, subject_id=row.pk).order_by("-id")[:SHOWN])
    declared = resources[key]
    unit = declared.units_of([row.pk]).get(row.pk) if declared.scope else None
    may = access(user).can(ATTACH, unit)
    return {"documents": found, "may": may, "key": key, "count": len(found) or None} if found or may else None


def audit(user: Any, key: str, row: Any) -> dict[str, Any] | None:
    """Who changed what, when, through which door."""
    if not access(user).can(VIEW_AUDIT):
        return None
    entries = list(AuditEntry.objects.select_related("actor", "batch").filter(subject=key, subject_id=row.pk).order_by("-id")[:SHOWN])
    lines = [
        {
            "entry": entry,
            "label": actions[entry.action].label if entry.action in actions else entry.action,
            "changes": changes,
            "door": DOORS.get(entry.batch.origin, entry.batch.origin),
            "may_undo": entry is entries[0] and _may_undo(user, entry),
        }
        for entry, changes in zip(entries, changes_of(resources[key], user, entries), strict=True)
    ]
    return {"lines": lines, "count": None}


def _may_undo(user: Any, entry: AuditEntry) -> bool:
    """Say whether this person may take the change back: the own one, of an action that can be undone."""
    action = actions.get(entry.action)
    own = entry.actor_id == user.pk and entry.batch.undone_by_id is None
    return own and action is not None and action.undo is not None


declare_panel(Panel("web.documents", _("附件"), "*", "web/panel_documents.html", documents, order=80))
declare_panel(Panel("web.audit", _("审计"), "*", "web/panel_audit.html", audit, order=90))
