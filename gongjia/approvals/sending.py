"""Notices go out after the commit, by a job: mail and a signed webhook, each where its setting names one; off by default."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gongjia.approvals.models import Notice
from gongjia.approvals.telling import word
from gongjia.core.jobs import Running, enqueue, job

JOB = "approvals.send_notices"
PAUSES = (0.0, 1.0, 5.0)
"""How long to wait before each attempt, in seconds."""
FRESH = dt.timedelta(days=1)
"""Notices older than this are not sent any more: nobody gets a flood when sending is turned on."""
BATCH = 500
PATIENCE = 10


def on() -> bool:
    """Say whether anything is sent at all."""
    return bool(settings.GONGJIA_MAIL_FROM or settings.GONGJIA_WEBHOOK_URL)


def wake() -> None:
    """Enqueue the sending in the current transaction: it starts after the commit, or not at all."""
    if on():
        enqueue(JOB, None)


@job(JOB, _("发出审批通知"))
def send_notices(running: Running) -> dict[str, int]:
    """Send what is unsent; what fails three times is kept with its reason."""
    rows = Notice.objects.filter(sent_at__isnull=True, failure="", made_at__gte=timezone.now() - FRESH).order_by("pk")
    found = list(rows.select_related("request__unit", "request__applicant", "user")[:BATCH])
    failed = 0
    for number, notice in enumerate(found, 1):
        failure = _send(notice)
        failed += bool(failure)
        values: dict[str, Any] = {"failure": failure[:200]} if failure else {"sent_at": timezone.now()}
        Notice.objects.filter(pk=notice.pk, sent_at__isnull=True).update(**values)
        running.progress(number, len(found))
    return {"sent": len(found) - failed, "failed": failed}


def _send(notice: Notice) -> str:
    """Send one notice every way that is on and return why it failed, '' where it did not."""
    ways = [
        way for way, chosen in ((mail, settings.GONGJIA_MAIL_FROM and notice.user.email), (post, settings.GONGJIA_WEBHOOK_URL)) if chosen
    ]
    with override(notice.user.language):
        return "；".join(filter(None, (persist(way, notice) for way in ways)))


def persist(way: Callable[[Notice], None], notice: Notice, pauses: Sequence[float] = PAUSES) -> str:
    """Try a way a few times and return why the last attempt failed."""
    reason = ""
    for pause in pauses:
        time.sleep(pause)
        try:
            way(notice)
        except (OSError, ValueError, urllib.error.URLError) as failure:
            reason = f"{way.__name__}: {failure}"
        else:
            return ""
    return reason


def mail(notice: Notice) -> None:
    """Send one notice by mail."""
    request = notice.request
    subject = _now("%(word)s：%(title)s") % {"word": word(notice), "title": request.title}
    lines = [request.key, f"{request.unit.name} · {request.applicant}", request.reason, address(notice)]
    body = "\n".join(line for line in lines if line)
    EmailMessage(subject.replace("\n", " "), body, settings.GONGJIA_MAIL_FROM, [notice.user.email], connection=get_connection()).send()


def post(notice: Notice) -> None:
    """Post one notice to the webhook; the signature is the HMAC-SHA256 of the body under the shared secret."""
    body = json.dumps(payload(notice), ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "X-Gongjia-Signature": f"sha256={signature(body)}"}
    request = urllib.request.Request(settings.GONGJIA_WEBHOOK_URL, body, headers, method="POST")  # noqa: S310 - the operator's own address
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
        answer.read(1)


def payload(notice: Notice) -> dict[str, Any]:
    """Return what the webhook is told; it never holds the rows of the request."""
    request = notice.request
    return {
        "id": notice.pk,
        "kind": notice.kind,
        "to": notice.user.get_username(),
        "request": request.key,
        "title": request.title,
        "state": request.state,
        "unit": request.unit.code,
        "at": notice.made_at.isoformat(),
        "url": address(notice),
    }


def signature(body: bytes) -> str:
    return hmac.new(settings.GONGJIA_WEBHOOK_SECRET.encode(), body, hashlib.sha256).hexdigest()


def address(notice: Notice) -> str:
    """Return the address of the request's page, on the site's own name where that is known."""
    return f"{settings.GONGJIA_ORIGIN}{reverse('approvals:request', args=[notice.request_id])}"
