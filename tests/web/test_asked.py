"""The address of a list: what fits is understood and written back, what does not is dropped."""

import pytest
from django.http import QueryDict

from gongjia.core.resource import resources
from gongjia.web.asked import read_address

ASSETS = resources["ledger.asset"]


def asked(query: str):
    return read_address(ASSETS, QueryDict(query))


def test_search_filters_order_and_columns_are_understood():
    found = asked("q=打印机&status=idle&status=lent&sort=-number&col=number&col=name")
    assert (found.q, found.sort, found.columns) == ("打印机", "-number", ("number", "name"))
    assert found.filters == {"status": ["idle", "lent"]}


@pytest.mark.parametrize(
    "query",
    [
        "status=exploded",
        "nonsense=1",
        "sort=nonsense",
        "col=nonsense",
        "acquired_on__gte=2019-13-05",
        "cost__gte=Infinity",
        "status__regex=a",
        "unit__path=1",
        "q=",
    ],
)
def test_what_does_not_fit_is_dropped(query: str):
    found = asked(query)
    assert (found.q, found.filters, found.sort, found.columns) == ("", {}, "", ())


def test_an_address_is_written_back_without_the_page():
    pairs = asked("q=x&status=idle&after=abc&sort=number").pairs(leave=["status"], sort="-number")
    assert pairs == [("q", "x"), ("sort", "-number")]


def test_a_long_search_is_cut():
    assert len(asked("q=" + "字" * 500).q) == 200
