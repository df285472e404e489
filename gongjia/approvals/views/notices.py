"""The list behind the bell: read all, and send again what could not be sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjia.approvals.models import Notice
from gongjia.approvals.sending import on, wake
from gongjia.approvals.telling import SHOWN, TONES, notices_of, unread, word
from gongjia.web.views.entry import signed_in


@require_GET
@signed_in
def notices(http: HttpRequest) -> HttpResponse:
    """What this person was told, the newest first."""
    rows = [(one, word(one), TONES.get(one.kind, "plain")) for one in notices_of(http.user)[:SHOWN]]
    given = {
        "rows": rows,
        "unread": unread(http.user),
        "failed": any(one.failure for one, _word, _tone in rows),
        "title": _("通知"),
        "sends": on(),
    }
    return render(http, "approvals/notices.html", given)


@require_POST
@signed_in
def read_all(http: HttpRequest) -> HttpResponse:
    """Take all notices as read."""
    Notice.objects.filter(user=http.user, read_at__isnull=True).update(read_at=timezone.now())
    return redirect("approvals:notices")


@require_POST
@signed_in
def send_again(http: HttpRequest) -> HttpResponse:
    """Try once more to send this person's notices that could not be sent."""
    Notice.objects.filter(user=http.user, sent_at__isnull=True).exclude(failure="").update(failure="", made_at=timezone.now())
    wake()
    messages.success(http, _("已重新排队发送。"))
    return redirect("approvals:notices")
