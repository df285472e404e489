"""Two ways in: a token that can be taken back, and a page's session with its CSRF token."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from gongjia.api.models import Token
from gongjia.api.services import issue
from gongjia.core.action import actions
from gongjia.core.models import AuditEntry
from tests.api.conftest import Program
from tests.people import Town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["ledger/asset", "openapi.json", "", "jobs/1"])
def test_without_a_token_or_a_session_nothing_is_told(client: Client, town: Town, path: str) -> None:
    assert client.get(f"/api/{path}").status_code == 401
    assert client.get(f"/api/{path}", headers={"Authorization": "Bearer gjt_guess"}).status_code == 401


def test_the_database_does_not_hold_the_token(town: Town) -> None:
    made, secret = issue(town.clerk, "财务系统", town.clerk)
    assert secret not in str(vars(made))
    assert len(made.digest) == 64
    assert AuditEntry.objects.get(subject="api.token").after["label"] == "财务系统"


def test_a_revoked_token_opens_nothing(town: Town, clerk: Program) -> None:
    assert clerk.get("ledger/asset").status_code == 200
    root = type(town.clerk).objects.create_superuser("root", password="a-long-password-1")
    actions["api.revoke_token"].run(root, {"id": Token.objects.get().pk})
    assert clerk.get("ledger/asset").status_code == 401


def test_an_expired_token_opens_nothing(clerk: Program) -> None:
    Token.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert clerk.get("ledger/asset").status_code == 401


def test_a_locked_account_has_no_tokens(town: Town, clerk: Program) -> None:
    town.clerk.is_active = False
    town.clerk.save()
    assert clerk.get("ledger/asset").status_code == 401


def test_a_session_reads_but_writes_only_with_its_csrf_token(town: Town) -> None:
    page = Client(enforce_csrf_checks=True)
    page.force_login(town.clerk)
    assert page.get("/api/ledger/asset").status_code == 200
    body = {"number": "A-1", "name": "桌", "unit": "YC-SW"}
    assert page.post("/api/actions/ledger.register_asset", body, content_type="application/json").status_code == 403
    page.cookies["csrftoken"] = "a" * 32
    done = page.post("/api/actions/ledger.register_asset", body, content_type="application/json", headers={"X-CSRFToken": "a" * 32})
    assert done.status_code == 200


def test_a_wrong_token_does_not_fall_back_on_the_session(town: Town, client: Client) -> None:
    client.force_login(town.clerk)
    assert client.get("/api/ledger/asset", headers={"Authorization": "Bearer gjt_guess"}).status_code == 401
