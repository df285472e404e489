"""English counts: one row, two rows; lists are joined as the language joins them. Chinese says it one way."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.translation import gettext as _
from django.utils.translation import override

from gongjia.web.wording import counted
from tests.people import Town
from tests.web.cards import register

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("value", "words"), [("1", "card"), ("2", "cards"), ("0", "cards"), ("1.0", "cards")])
def test_a_unit_is_singular_after_a_one(value: str, words: str):
    with override("en"):
        assert counted(_("张"), value) == words
    assert counted(_("张"), value) == "张"


def test_a_unit_that_nobody_counted_on_stays_as_it_is():
    with override("en"):
        assert counted("m²", "1") == "m²"


@pytest.mark.parametrize(("rows", "words"), [(1, "1 row as of"), (2, "2 rows as of")])
def test_a_list_says_how_many_rows_it_has(client: Client, town: Town, rows: int, words: str):
    register(town, rows)
    client.force_login(town.clerk)
    client.cookies["django_language"] = "en"
    assert words in client.get("/ledger/asset/").content.decode()


def test_several_values_of_a_filter_are_joined_as_the_language_joins(client: Client, town: Town):
    client.force_login(town.clerk)
    address = "/ledger/asset/?status=idle&status=in_use"
    assert "闲置、在用" in client.get(address).content.decode()
    client.cookies["django_language"] = "en"
    assert "idle, in use" in client.get(address).content.decode().lower()
