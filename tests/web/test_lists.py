"""Every list opens, for those who may, within the same number of queries whatever the row count."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongjia.core.resource import resources
from gongjia.web.addresses import list_url
from tests.people import Town
from tests.web.cards import foreign, register

pytestmark = pytest.mark.django_db
ASSETS = "/ledger/asset/"
ROW = re.compile(r'<tr data-id="(\d+)"')


@pytest.fixture
def clerk(client: Client, town: Town) -> Client:
    client.force_login(town.clerk)
    return client


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("key", resources.keys())
def test_every_list_opens_for_one_who_may_read_all(client: Client, town: Town, key: str):
    client.force_login(type(town.clerk).objects.create_superuser("root"))
    assert client.get(list_url(resources[key])).status_code == 200


@pytest.mark.parametrize("key", resources.keys())
def test_every_list_is_closed_to_a_stranger(client: Client, town: Town, key: str):
    client.force_login(town.stranger)
    assert client.get(list_url(resources[key])).status_code == 403


def test_somebody_not_signed_in_is_asked_to(client: Client, db: None):
    answer = client.get(ASSETS + "?status=idle")
    assert answer.status_code == 302
    assert answer.url == "/sign-in/?next=/ledger/asset/%3Fstatus%3Didle"


def test_a_table_that_does_not_exist_is_not_found(clerk: Client):
    assert clerk.get("/ledger/nonsense/").status_code == 404


def test_a_list_shows_only_what_the_person_may_see(clerk: Client, town: Town):
    register(town, 2)
    foreign(town)
    text = clerk.get(ASSETS).content.decode()
    assert "A-0001" in text
    assert "B-0001" not in text
    assert "共 2 条" in text


def test_the_number_of_queries_does_not_grow_with_the_rows(clerk: Client, town: Town):
    register(town, 3)
    few = queries(clerk, ASSETS)
    register(town, 60, prefix="C")
    assert queries(clerk, ASSETS) == few <= 20


def test_pages_follow_one_another_without_gap(clerk: Client, town: Town):
    register(town, 60)
    first = clerk.get(ASSETS).content.decode()
    following = html.unescape(re.search(r'href="([^"]+)" rel="next"', first)[1])
    second = clerk.get(following).content.decode()
    assert len(set(ROW.findall(first)) | set(ROW.findall(second))) == 60


def test_a_search_within_the_list_gets_the_rows_alone(clerk: Client, town: Town):
    register(town, 1)
    text = clerk.get(ASSETS + "?q=台式", headers={"HX-Request": "true", "HX-Target": "rows"}).content.decode()
    assert "A-0000" in text
    assert "<html" not in text


def test_a_filter_is_a_chip_that_takes_itself_away(clerk: Client, town: Town):
    register(town, 1)
    text = clerk.get(ASSETS + "?status=in_use&sort=number").content.decode()
    assert 'href="/ledger/asset/?sort=number" title="去掉这个条件"' in text


def test_an_empty_list_says_what_belongs_here(clerk: Client):
    assert "资产还没有记录" in clerk.get(ASSETS).content.decode()


def test_a_search_without_hits_offers_the_way_back(clerk: Client, town: Town):
    register(town, 1)
    text = clerk.get(ASSETS + "?q=不存在的").content.decode()
    assert "没有符合条件的记录" in text
    assert "去掉全部条件" in text
