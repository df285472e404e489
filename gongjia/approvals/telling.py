"""Notices in words: the bell's number, the list behind it, and what is said by mail."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongjia.approvals.models import Notice
from gongjia.web.shapes import Tone

WORDS: dict[str, Any] = {
    "to_sign": _("等你签署"),
    "reminded": _("催你签署"),
    "escalated": _("逾期，请你处理"),
    "overdue": _("已过办理期限"),
    "copied": _("抄送给你"),
    "comment": _("有新留言"),
    "returned": _("退回修改"),
    "refused": _("未批准"),
    "done": _("已办结"),
    "stuck": _("已批准，执行受阻"),
    "withdrawn": _("申请人已撤回"),
    "void": _("已作废"),
}
TONES: dict[str, Tone] = {
    **dict.fromkeys(("to_sign", "reminded", "returned"), "doubt"),
    **dict.fromkeys(("escalated", "overdue", "refused", "stuck"), "breach"),
    "done": "order",
}
SHOWN = 100


def unread(user: Any) -> int:
    """Return how many notices a person has not read."""
    return Notice.objects.filter(user=user.pk, read_at__isnull=True).count()


def notices_of(user: Any) -> QuerySet[Notice]:
    """Return a person's notices, the newest first."""
    return Notice.objects.filter(user=user.pk).select_related("request__unit", "request__applicant").order_by("-pk")


def word(notice: Notice) -> str:
    """Return what happened, in the reader's language."""
    return str(WORDS.get(notice.kind, notice.kind))
