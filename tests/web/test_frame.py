"""What stands around every page: the scope that figures obey, search, saved views, language, theme, errors."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from gongjia.core import search
from gongjia.core.nav import nav
from gongjia.core.resource import resources
from gongjia.ledger.models import Asset, Category
from gongjia.web.models import SavedView
from tests.people import Town
from tests.web.cards import card, foreign, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client: Client, town: Town) -> Client:
    client.force_login(town.clerk)
    return client


@pytest.fixture
def inspector(client: Client, town: Town) -> Client:
    client.force_login(town.inspector)
    return client


def test_the_desk_names_the_person_and_the_pages_at_hand(clerk: Client):
    text = clerk.get("/").content.decode()
    assert "工作台" in text
    assert 'data-testid="nav-ledger.asset"' in text


def test_every_menu_entry_has_an_address(db: None):
    assert all(reverse(item.url_name, args=item.url_args) for item in nav)


def test_a_chosen_scope_is_obeyed_by_lists(inspector: Client, town: Town):
    register(town, 1)
    foreign(town)
    assert "共 2 条" in inspector.get("/ledger/asset/").content.decode()
    inspector.post("/scope/", {"unit": town.archive.pk})
    text = inspector.get("/ledger/asset/").content.decode()
    assert "B-0001" in text
    assert "A-0000" not in text
    assert "市档案馆，共 1 条" in text


def test_a_foreign_unit_cannot_be_the_scope(clerk: Client, town: Town):
    assert clerk.post("/scope/", {"unit": town.archive.pk}).status_code == 403


def test_the_scope_chooser_finds_units_by_initials(inspector: Client):
    text = inspector.get("/scope/?q=市水", headers={"HX-Request": "true"}).content.decode()
    assert "市水务局" in text or "没有这样的单位" in text


def test_the_one_search_finds_rows_and_pages(clerk: Client, town: Town):
    register(town, 1)
    text = clerk.get("/search/?q=台式", headers={"HX-Request": "true"}).content.decode()
    assert "A-0000" in text
    assert "<html" not in text
    assert "/ledger/asset/" in clerk.get("/search/?q=资产").content.decode()


def test_the_one_search_shows_nothing_foreign(clerk: Client, town: Town):
    foreign(town)
    assert "B-0001" not in clerk.get("/search/?q=台式").content.decode()


def test_a_reference_field_finds_rows_by_a_few_letters(clerk: Client, town: Town):
    register(town, 1)
    hits = clerk.get("/lookup/ledger.asset/?q=A-00").json()["hits"]
    assert hits == [{"value": "A-0000", "label": "台式计算机", "note": "A-0000 · 市水务局"}]


def test_a_code_of_two_rows_is_offered_with_its_key(clerk: Client, town: Town):
    other = Category.objects.create(system=town.desktop.system, edition="2013", code=town.desktop.code, name="便携式计算机", level=5)
    search.rebuild(resources["ledger.category"])
    hits = clerk.get("/lookup/ledger.category/?q=便携").json()["hits"]
    assert [(hit["value"], "2013" in hit["note"]) for hit in hits] == [(f"{other.code} #{other.pk}", True)]
    clerk.post("/ledger/asset/new/", {**card("A-9"), "category": hits[0]["value"]})
    assert Asset.objects.get().category == other


def test_a_scanned_number_opens_its_row(clerk: Client, town: Town):
    [pk] = register(town, 1)
    assert clerk.get("/scan/?code=A-0000").url == f"/ledger/asset/{pk}/"


def test_a_view_is_saved_used_and_forgotten(clerk: Client, town: Town):
    clerk.post("/views/ledger.asset/save/", {"name": "闲置", "query": "status=idle"})
    view = SavedView.objects.get()
    assert "/ledger/asset/?status=idle" in clerk.get("/ledger/asset/").content.decode()
    clerk.post(f"/views/{view.pk}/forget/")
    assert not SavedView.objects.exists()


def test_the_view_of_another_is_not_found(clerk: Client, town: Town):
    view = SavedView.objects.create(owner=town.inspector, resource="ledger.asset", name="x", query="")
    assert clerk.post(f"/views/{view.pk}/forget/").status_code == 404


@pytest.mark.parametrize(("sent", "kept"), [("dark", "dark"), ("pink", None)])
def test_a_known_theme_is_kept(clerk: Client, sent: str, kept: str | None):
    answer = clerk.post("/me/theme/", {"theme": sent})
    assert (answer.cookies["theme"].value if "theme" in answer.cookies else None) == kept


def test_the_theme_and_the_language_are_on_the_page(clerk: Client):
    clerk.cookies["theme"], clerk.cookies["django_language"] = "dark", "en"
    assert '<html lang="en" data-theme="dark"' in clerk.get("/").content.decode()


@pytest.mark.parametrize("url", ["/keys/", "/scan/", "/search/", "/scope/", "/me/jobs/", "/me/password/"])
def test_the_small_pages_open(clerk: Client, url: str):
    assert clerk.get(url).status_code == 200


def test_a_missing_page_says_what_to_do(clerk: Client):
    answer = clerk.get("/nowhere/at/all/")
    assert answer.status_code == 404
    assert "可以用编号或名称搜索" in answer.content.decode()


def test_a_forbidden_page_names_the_permission(client: Client, town: Town):
    client.force_login(town.stranger)
    text = client.get("/ledger/asset/").content.decode()
    assert "“资产”" in text
    assert "系统管理员授权" in text


def test_an_old_form_says_that_nothing_is_lost(town: Town):
    client = Client(enforce_csrf_checks=True)
    client.force_login(town.clerk)
    assert "页面已过期" in client.post("/me/theme/", {"theme": "dark"}).content.decode()
