"""A sensitive column is read by those who may, and masked for the others in every door."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from gongjia.core.action import actions
from gongjia.core.files import path_of
from gongjia.core.jobs import enqueue, run_job
from gongjia.core.masking import MASK
from gongjia.core.resource import resources
from tests.api.conftest import program
from tests.people import Town

pytestmark = pytest.mark.django_db
SECRET = "zhou@water.example"


@pytest.fixture
def person(town: Town) -> int:
    """Somebody whose address the clerk entered."""
    return actions["org.edit_person"].run(town.clerk, {"id": town.person.pk, "email": SECRET})


def page(user: Any, url: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(url).content.decode()


@pytest.mark.parametrize("url", ["/org/person/?col=name&col=email", "/org/person/{pk}/", "/org/person/{pk}/?beside=1"])
def test_a_page_shows_it_to_those_who_may(town: Town, person: int, url: str):
    assert SECRET in page(town.clerk, url.format(pk=person))
    assert SECRET not in page(town.inspector, url.format(pk=person))
    assert MASK in page(town.inspector, url.format(pk=person))


@pytest.mark.parametrize("path", ["org/person", "org/person/{pk}"])
def test_a_program_is_given_it_where_its_user_may(town: Town, person: int, path: str):
    query = {} if "{" in path else {"columns": "email"}
    texts = [program(user).get(path.format(pk=person), **query).content.decode() for user in (town.clerk, town.inspector)]
    assert [SECRET in text for text in texts] == [True, False]
    assert MASK in texts[1]


@pytest.mark.parametrize("shape", ["csv", "xlsx"])
def test_an_export_is_masked(town: Town, person: int, shape: str):
    for user, seen in ((town.clerk, True), (town.inspector, False)):
        row = enqueue("web.export", user, resource="org.person", query="", columns=["name", "email"], shape=shape)
        run_job.func(row.pk)
        row.refresh_from_db()
        assert row.state == "done", row.message
        assert shape == "xlsx" or (SECRET in path_of(row.result_file).read_text(encoding="utf-8-sig")) is seen


def test_nothing_is_masked_where_there_is_nothing(town: Town):
    assert program(town.inspector).get(f"org/person/{town.person.pk}").json()["email"] == ""


def test_what_is_masked_cannot_be_found_out_by_asking():
    for declared in resources:
        hidden = {column.path for column in declared.by_name.values() if column.sensitive}
        asked = {column.path for column in declared.by_name.values() if column.filter or column.sort}
        assert not hidden & {*asked, *declared.search, *declared.lookup}, declared.key
