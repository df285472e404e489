"""Every list, in both doors, opens within its pinned number of queries whatever the row count, and takes any question."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongjia.core.query import Query, page
from gongjia.core.resource import resources
from gongjia.web.addresses import list_url, row_url
from tests.api.conftest import Program, program
from tests.city import City

HTML, JSON, DETAIL = 14, 7, 40
"""Queries with session or token, rights, menu counts, saved views, count, page, names; a list may need fewer, never more."""
OWN_PAGES = {"standards.finding": 29, "standards.rectification": 17, "standards.excuse": 16, "journal.seal": 16}
"""Lists that draw figures above their rows, and name subjects of several kinds."""
OWN_DETAILS = {"approvals.request": 90}
"""Pages that judge: a request asks its gates, which look at the state after it, and shows its route, steps and talk."""
NONSENSE = ("zzz", "-1", "99999999999999999999", "1e400", "2026-99-99", "'; --", "\x00", "一")


def key_of(made: Any) -> str:
    return made.key


@pytest.fixture
def reader(city: City, client: Client) -> Client:
    client.force_login(city.user("inspector"))
    return client


@pytest.fixture
def root(city: City) -> Any:
    return type(city.user("chief")).objects.create_superuser("root")


@pytest.fixture
def caller(root: Any) -> Program:
    return program(root)


def queries(ask: Any) -> int:
    """Return how many queries the second asking takes; the first fills what is kept for the process."""
    ask()
    with CaptureQueriesContext(connection) as seen:
        assert ask().status_code == 200
    return len(seen)


@pytest.mark.parametrize("resource", resources, ids=key_of)
def test_a_page_of_a_list_takes_its_queries_and_no_more(city: City, root: Any, client: Client, resource: Any):
    client.force_login(root)
    full = queries(lambda: client.get(list_url(resource)))
    empty = queries(lambda: client.get(list_url(resource), {"q": "no such words"}))
    assert empty <= full + 1
    assert full <= OWN_PAGES.get(resource.key, HTML)


@pytest.mark.parametrize("resource", resources, ids=key_of)
def test_a_json_list_takes_as_many_queries_for_many_rows_as_for_one(caller: Program, resource: Any):
    path = resource.key.replace(".", "/")
    one, many = queries(lambda: caller.get(path, size=1)), queries(lambda: caller.get(path, size=200))
    assert many <= one + 1 <= JSON, "a list sorted by a column reads the rows without a value apart"


@pytest.mark.parametrize("resource", resources, ids=key_of)
def test_a_detail_page_takes_its_queries_and_no_more(city: City, root: Any, client: Client, resource: Any):
    client.force_login(root)
    pk = resource.queryset(root).values_list("pk", flat=True).first()
    if pk is None:
        pytest.skip("the demo city has no such row")
    assert queries(lambda: client.get(row_url(resource.key, pk))) <= OWN_DETAILS.get(resource.key, DETAIL)


@pytest.mark.parametrize("resource", resources, ids=key_of)
def test_every_sortable_column_pages_without_gap_or_repeat(city: City, root: Any, resource: Any):
    sortable = [sign + column.name for column in resource.by_name.values() if column.sort for sign in ("", "-")]
    for sort in ["", *sortable]:
        first = page(resource, root, Query(sort=sort, size=7))
        second = page(resource, root, Query(sort=sort, size=7, after=first.next)) if first.next else None
        both = page(resource, root, Query(sort=sort, size=14))
        assert [row["pk"] for row in both.rows] == [row["pk"] for part in (first, second) if part for row in part.rows], sort


@pytest.mark.parametrize("resource", resources, ids=key_of)
def test_no_question_breaks_a_list(city: City, root: Any, caller: Program, client: Client, resource: Any):
    client.force_login(root)
    columns = [column.name for column in resource.by_name.values() if column.filter]
    names = [name + operator for name in columns for operator in ("", "__gte", "__empty")]
    for value in NONSENSE:
        assert client.get(list_url(resource), dict.fromkeys(names, value)).status_code == 200, value
        for name in names:
            assert caller.get(resource.key.replace(".", "/"), **{name: value}).status_code in (200, 400), (name, value)


@pytest.mark.parametrize("resource", [made for made in resources if made.search], ids=key_of)
def test_no_search_breaks_a_list(caller: Program, resource: Any):
    for text in (*NONSENSE, "*", '"', "a* OR b", "(", "NEAR", "%", "台式", "   "):
        assert caller.get(resource.key.replace(".", "/"), q=text).status_code == 200, text
