"""The menu shows what a person may open, in the groups of the house."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from gongjia.core.nav import NavItem, declare_nav, nav
from gongjia.web.frame import Frame
from gongjia.web.jinja import drawn_icon, icons, vendored
from tests.people import Town

pytestmark = pytest.mark.django_db


def frame(user: Any, path: str = "/", **cookies: str) -> Frame:
    request = RequestFactory().get(path)
    request.user, request.session = user, {}
    request.COOKIES.update(cookies)
    return Frame(request)


def keys(found: Frame) -> list[str]:
    return [page.key for group in found.menu for page in group["pages"]]


def test_a_clerk_sees_the_ledgers_and_a_stranger_the_desk_alone(town: Town):
    assert {"desk", "ledger.asset", "offices.room"} <= set(keys(frame(town.clerk)))
    assert "ledger.asset" not in keys(frame(town.stranger))


def test_somebody_not_signed_in_sees_no_menu(db: None):
    assert frame(AnonymousUser()).menu == []
    assert frame(AnonymousUser()).user == ""


def test_what_is_owned_comes_before_who_owns_it(town: Town):
    found = keys(frame(town.inspector))
    assert found.index("ledger.asset") < found.index("org.unit")


def test_the_page_that_is_open_is_marked(town: Town):
    pages = [page for group in frame(town.clerk, "/ledger/asset/7/").menu for page in group["pages"] if page.on]
    assert [page.key for page in pages] == ["ledger.asset"]


@pytest.fixture
def waiting():
    made = declare_nav(NavItem("test.waiting", "待办", "web:scan", "handling", count=lambda _user, _path: 12, phone=True, order=1))
    yield made
    nav.remove(made.key)


def test_an_entry_says_how_many_wait_there_and_stands_on_the_phone(town: Town, waiting: NavItem):
    found = frame(town.clerk)
    [entry] = [page for group in found.menu for page in group["pages"] if page.key == "test.waiting"]
    assert entry.count == 12
    assert "test.waiting" in [link.key for link in found.phone]


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("", "auto"), ("<script>", "auto")])
def test_only_a_known_theme_reaches_the_page(town: Town, cookie: str, theme: str):
    assert frame(town.clerk, theme=cookie).theme == theme


def test_the_themes_follow_one_another(town: Town):
    assert [frame(town.clerk, theme=now).next_theme for now in ("auto", "light", "dark")] == ["light", "dark", "auto"]


def test_an_icon_that_the_sprite_lacks_is_a_table():
    assert drawn_icon("no-such-icon") == "table"
    assert all(drawn_icon(name) == name for name in icons())


def test_a_vendored_file_is_found_whatever_its_version():
    assert vendored("htmx", "js").startswith("/static/vendor/htmx-")


def test_a_long_group_is_folded_by_package_and_open_where_one_is(town: Town):
    [ledgers] = [group for group in frame(town.inspector, "/offices/room/").menu if "offices.room" in [page.key for page in group["pages"]]]
    [offices] = [fold for fold in ledgers["folds"] if "offices.room" in [page.key for page in fold.pages]]
    assert offices.on and not any(fold.on for fold in ledgers["folds"] if fold is not offices)
    assert len(ledgers["plain"]) + sum(len(fold.pages) for fold in ledgers["folds"]) == len(ledgers["pages"])


def test_a_short_group_is_not_folded(town: Town, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gongjia.web.frame.LONG", 1_000)
    assert all(group["folds"] == [] and group["plain"] == group["pages"] for group in frame(town.inspector).menu)
