"""The page of seals: who sees it, who may act on it, what it says of altered rows; the jobs and the night."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from gongjia.cli.schedule import start_what_is_due
from gongjia.core import files
from gongjia.core.jobs import perform
from gongjia.core.models import AuditEntry, Job
from gongjia.journal.models import Seal
from gongjia.journal.services import start
from gongjia.journal.sheets import grouped
from gongjia.journal.telling import SENTENCES
from gongjia.journal.verify import WORDS
from tests.journal.conftest import audited, check
from tests.journal.test_rows import sql
from tests.people import Town, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(town: Town) -> Client:
    """The audit administrator of the city."""
    return signed_in(user("keeper", "audit_admin", town.city))


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def done(kind: str, actor: Any) -> Job:
    """Run one of the jobs to its end."""
    row = start(kind, actor)
    Job.objects.filter(pk=row.pk).update(state="running")
    perform(Job.objects.get(pk=row.pk))
    return Job.objects.get(pk=row.pk)


def admin() -> Any:
    from gongjia.org.models import User

    return User.objects.get(username="keeper")


def test_the_page_lists_the_seals_and_says_what_waits(keeper: Client, sealed: list[Seal]):
    audited(2)
    text = keeper.get("/journal/seal/").content.decode()
    assert all(grouped(seal.hash)[:17] in text for seal in sealed)
    assert 'data-testid="act-seal"' in text and "还没有核验过" in text and "<strong>2 <i>条" in text


def test_the_page_of_a_seal_has_its_hash_its_code_and_its_sheet(keeper: Client, sealed: list[Seal]):
    text = keeper.get("/journal/seal/2/").content.decode()
    assert grouped(sealed[1].hash) in text and "<svg" in text
    assert keeper.get("/journal/seal/2/sheet/").content.startswith(b"%PDF")
    assert keeper.get("/journal/seal/9/").status_code == keeper.get("/journal/seal/9/sheet/").status_code == 404


def test_the_page_speaks_english(keeper: Client, sealed: list[Seal]):
    with translation.override("en"):
        keeper.cookies["django_language"] = "en"
        text = keeper.get("/journal/seal/").content.decode()
    assert "Seal now" in text and "日志存证" not in text


def test_who_may_read_but_not_keep_has_no_buttons(town: Town, sealed: list[Seal]):
    clerk = signed_in(town.clerk)
    text = clerk.get("/journal/seal/").content.decode()
    assert "act-seal" not in text and "act-export" not in text
    assert clerk.post("/journal/seal/start/", {"what": "seal"}).status_code == 403
    assert signed_in(town.stranger).get("/journal/seal/").status_code == 403
    assert Job.objects.count() == 0


def test_the_audit_administrator_seals_from_the_page(keeper: Client):
    audited(3)
    answer = keeper.post("/journal/seal/start/", {"what": "seal"})
    assert (answer.status_code, Job.objects.get().kind) == (302, "journal.seal")
    assert keeper.post("/journal/seal/start/", {"what": "sweep"}).status_code == 404
    Job.objects.all().delete()
    assert done("journal.seal", admin()).result["entries"] == 3


def test_altered_rows_are_named_on_the_page_and_told_on_the_desk(keeper: Client, sealed: list[Seal]):
    pk = AuditEntry.objects.order_by("pk")[6].pk
    sql("UPDATE core_auditentry SET action = 'x' WHERE id = %s", pk)
    assert done("journal.verify", admin()).result["problems"] == 1
    text = keeper.get("/journal/seal/").content.decode()
    assert f"审计记录 {pk}）被改动" in text and "查出 1 处改动" in text
    assert "journal-altered" in keeper.get("/").content.decode()


def test_rows_in_order_are_said_to_be(keeper: Client, sealed: list[Seal]):
    assert done("journal.verify", admin()).state == "done"
    text = keeper.get("/journal/seal/").content.decode()
    assert "无改动" in text and 'data-testid="altered"' not in text
    assert "journal-altered" not in keeper.get("/").content.decode()


def test_an_export_from_the_page_is_a_journal(keeper: Client, sealed: list[Seal]):
    row = done("journal.export", admin())
    with files.path_of(row.result_file).open("rb") as source:
        assert check(source.readlines(), sealed[2].hash)[1] == []


def test_the_verifier_is_handed_out(keeper: Client):
    assert b"def sm3(" in keeper.get("/journal/seal/verify.py").content


def test_every_night_what_was_written_is_sealed_and_checked(town: Town, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("GONGJIA_NIGHTLY", raising=False)
    started = start_what_is_due(dt.datetime(2026, 11, 24, 20, 0, tzinfo=dt.UTC))
    assert {"journal.seal", "journal.verify"} <= {row.kind for row in started}


def test_every_kind_of_problem_has_its_sentence():
    assert set(WORDS) | {"stray"} == set(SENTENCES)
