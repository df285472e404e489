"""Signing in: with a password, locked after too many wrong ones; the demo's links work once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from gongjia.web.services import issue_link
from tests.people import Town

pytestmark = pytest.mark.django_db
URL = "/sign-in/"


def sign_in(client: Client, password: str = "a-long-password-1", **more: str):
    return client.post(URL, {"username": "clerk", "password": password, **more})


def test_the_right_password_opens_the_page_that_was_asked_for(client: Client, town: Town):
    assert sign_in(client, next="/ledger/asset/").url == "/ledger/asset/"


def test_nobody_is_sent_to_a_foreign_site(client: Client, town: Town):
    assert sign_in(client, next="https://evil.example/").url == "/"


def test_a_wrong_password_says_so_and_keeps_the_name(client: Client, town: Town):
    text = sign_in(client, "wrong").content.decode()
    assert "用户名或密码不对" in text
    assert 'value="clerk"' in text


def test_too_many_wrong_passwords_lock_the_account(client: Client, town: Town):
    for _try in range(5):
        sign_in(client, "wrong")
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "暂时锁定" in answer.content.decode()


def test_signing_out_ends_the_session(client: Client, town: Town):
    client.force_login(town.clerk)
    client.post("/sign-out/")
    assert client.get("/").status_code == 302


@pytest.fixture
def demo(settings: Any) -> Any:
    settings.GONGJIA_DEMO = True
    return settings


def test_a_link_of_the_demo_signs_in_once(client: Client, town: Town, demo: Any):
    link = issue_link(town.clerk)
    assert client.get(link).url == "/"
    assert client.get("/").status_code == 200
    assert Client().get(link).status_code == 404


def test_outside_the_demo_there_are_no_links(client: Client, town: Town, demo: Any):
    link = issue_link(town.clerk)
    demo.GONGJIA_DEMO = False
    assert client.get(link).status_code == 404
    with pytest.raises(PermissionError):
        issue_link(town.clerk)


def test_the_demo_says_that_it_is_invented_and_under_which_code(client: Client, town: Town, demo: Any):
    assert "虚构" in client.get(URL).content.decode()
    assert "340900" in client.get(URL).content.decode()
    demo.GONGJIA_DEMO = False
    assert "虚构" not in client.get(URL).content.decode()


def test_a_person_changes_the_own_password(client: Client, town: Town):
    client.force_login(town.clerk)
    new = "another-long-word-2"
    client.post("/me/password/", {"old_password": "a-long-password-1", "new_password1": new, "new_password2": new})
    assert sign_in(Client(), new).status_code == 302


def test_a_short_new_password_is_refused_with_the_reason(client: Client, town: Town):
    client.force_login(town.clerk)
    answer = client.post("/me/password/", {"old_password": "a-long-password-1", "new_password1": "x", "new_password2": "x"})
    assert 'class="wrong"' in answer.content.decode()
