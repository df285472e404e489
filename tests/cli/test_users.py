"""`gongjia user`: accounts, passwords, roles and tokens from the machine itself."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from gongjia.core.models import AuditEntry
from gongjia.org.models import User
from tests.people import Town

Cli = Callable[..., Any]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Type a line on standard input."""
    return lambda line: monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))


def test_an_account_is_added_with_a_password_of_its_own(cli: Cli, town: Town, typed: Callable[[str], None]):
    typed("a-long-password-1")
    assert cli("user", "add", "anna", "--full-name", "安娜").code == 0
    assert User.objects.get(username="anna").check_password("a-long-password-1")
    assert AuditEntry.objects.get(action="org.add_user").after == {"username": "anna", "name": "安娜"}
    assert cli("user", "add", "anna").code == 2


def test_a_weak_password_is_refused(cli: Cli, town: Town, typed: Callable[[str], None]):
    typed("short")
    assert cli("user", "add", "bob").code == 2
    assert not User.objects.filter(username="bob").exists()


def test_a_password_is_set_anew(cli: Cli, town: Town, typed: Callable[[str], None]):
    typed("another-long-one-2")
    assert cli("user", "password", "clerk").code == 0
    town.clerk.refresh_from_db()
    assert town.clerk.check_password("another-long-one-2")


def test_a_role_is_granted_over_a_unit(cli: Cli, town: Town):
    assert cli("--as", "stranger", "export", "org.unit").code == 2
    assert cli("user", "grant", "stranger", "auditor", "YC-DA").code == 0
    assert cli("--as", "stranger", "export", "org.unit").out.count("\n") == 2


@pytest.mark.parametrize("line", [["nobody", "auditor", "YC"], ["clerk", "emperor", "YC"], ["clerk", "auditor", "nowhere"]])
def test_a_grant_of_what_is_not_there_is_refused(cli: Cli, town: Town, line: list[str]):
    ended = cli("user", "grant", *line)
    assert (ended.code, ended.err.count("\n")) == (2, 1)


def test_a_token_is_shown_once_and_taken_back(cli: Cli, town: Town):
    secret = cli("user", "token", "clerk", "--label", "财务系统").out.strip()
    assert secret.startswith("gjt_")
    assert town.clerk.tokens.valid().count() == 1
    assert cli("user", "revoke", "clerk", "--label", "别的").out == "0\n"
    assert cli("user", "revoke", "clerk").out == "1\n"
    assert not town.clerk.tokens.valid().exists()
