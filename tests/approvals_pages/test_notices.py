"""Notices: in the bell at once, by mail and webhook after the commit, with what failed told."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core import mail

from gongjia.approvals import sending
from gongjia.approvals.models import Notice
from gongjia.core.jobs import Running, perform
from gongjia.core.models import Job
from tests.approvals.working import Office, submitted
from tests.approvals_pages.conftest import Enter

pytestmark = [pytest.mark.django_db, pytest.mark.data]


class Hook(BaseHTTPRequestHandler):
    """Keeps what it is posted."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.headers["X-Gongjia-Signature"], body))  # type: ignore[attr-defined]
        self.send_response(204)
        self.end_headers()

    def log_message(self, *words: Any) -> None:
        """Say nothing."""


@pytest.fixture
def hook(settings: Any) -> Iterator[list[tuple[str, bytes]]]:
    server = HTTPServer(("127.0.0.1", 0), Hook)
    server.got = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.GONGJIA_WEBHOOK_URL, settings.GONGJIA_WEBHOOK_SECRET = f"http://127.0.0.1:{server.server_port}/", "secret"
    yield server.got  # type: ignore[attr-defined]
    server.shutdown()


def sent() -> None:
    """Run the waiting jobs of sending, as a worker would after the commit."""
    for row in Job.objects.filter(kind=sending.JOB):
        perform(row)


def test_the_bell_counts_what_is_unread_and_the_list_says_what_it_was(office: Office, enter: Enter) -> None:
    submitted(office)
    page = enter(office.head).get("/approvals/notices/").content.decode()
    assert 'data-testid="bell"' in page and "<b>1</b>" in page and "等你签署" in page


def test_nothing_is_sent_unless_a_setting_says_where(office: Office) -> None:
    submitted(office)
    assert not sending.on() and not Job.objects.filter(kind=sending.JOB).exists()


def test_mail_goes_out_by_a_job_and_never_with_the_request(office: Office, settings: Any) -> None:
    settings.GONGJIA_MAIL_FROM, settings.GONGJIA_ORIGIN = "gongjia@example.test", "https://gongjia.example.test"
    type(office.head).objects.filter(pk=office.head.pk).update(email="head@example.test")
    request = submitted(office)
    assert not mail.outbox
    sent()
    assert mail.outbox[0].to == ["head@example.test"] and request.title in mail.outbox[0].subject
    assert f"https://gongjia.example.test/approvals/request/{request.pk}/" in mail.outbox[0].body


def test_the_webhook_is_signed_and_holds_no_rows(office: Office, hook: list[tuple[str, bytes]]) -> None:
    request = submitted(office)
    sent()
    signature, body = hook[0]
    assert signature == "sha256=" + hmac.new(b"secret", body, hashlib.sha256).hexdigest()
    assert json.loads(body)["request"] == request.key and "rows" not in json.loads(body)
    assert not Notice.objects.filter(sent_at__isnull=True).exists()


def test_what_cannot_be_sent_is_tried_again_and_told(office: Office, enter: Enter, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[float] = []
    settings.GONGJIA_WEBHOOK_URL = "http://127.0.0.1:9/"
    monkeypatch.setattr(sending.time, "sleep", tries.append)
    submitted(office)
    sent()
    assert len(tries) == 3 * Notice.objects.exclude(failure="").count() > 0
    assert "没有发出" in enter(office.head).get("/approvals/notices/").content.decode()


def test_a_second_run_of_the_job_sends_nothing_twice(office: Office, hook: list[tuple[str, bytes]]) -> None:
    submitted(office)
    sent()
    sending.send_notices(Running(Job.objects.filter(kind=sending.JOB)[0]))
    assert len(hook) == Notice.objects.count()
