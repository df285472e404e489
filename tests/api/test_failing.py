"""What nobody foresaw is answered in JSON too, without telling what it was."""

from __future__ import annotations

import pytest
from django.test import Client

from gongjia.api import doing, reading
from tests.api.conftest import Program

pytestmark = pytest.mark.django_db


def fail(*_given: object, **_named: object) -> None:
    raise RuntimeError("disk on fire")


def test_a_list_that_breaks_is_answered_in_json(clerk: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(reading, "page", fail)
    answer = clerk.get("ledger/asset")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/json")
    assert (answer.json()["error"], answer.json()["problems"]) == ("broken", [])
    assert b"fire" not in answer.content
    assert "disk on fire" in caplog.text


def test_an_action_that_breaks_is_answered_in_json(clerk: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doing, "rows_of", fail)
    answer = clerk.post("actions/ledger.register_asset", {"number": "A-1"})
    assert (answer.status_code, answer.json()["error"]) == (500, "broken")


def test_a_caller_who_cannot_even_be_known_is_answered_in_json(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongjia.api.auth.TokenAuth.authenticate", fail)
    assert client.get("/api/ledger/asset", headers={"Authorization": "Bearer gjt_x"}).json()["error"] == "broken"


@pytest.mark.parametrize("path", ["ledger/asset/1/2", "nothing/at/all"])
def test_an_address_that_is_not_there_is_answered_in_json(clerk: Program, path: str) -> None:
    answer = clerk.get(path)
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")


def test_what_breaks_around_the_door_is_answered_in_its_words(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", fail)
    client.raise_request_exception = False
    client.cookies["sessionid"] = "x" * 32
    assert client.get("/api/ledger/asset").json()["error"] == "broken"
    assert client.get("/").headers["Content-Type"].startswith("text/")
