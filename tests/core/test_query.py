"""What may be compared with a column, and which cursors a page takes."""

from __future__ import annotations

import pytest

from gongjia.core.query import Query, fits, is_cursor, page
from gongjia.core.resource import Column, resources
from tests.people import Town

FITTING = [
    ("integer", "", "7"),
    ("money", "gte", "1.5"),
    ("date", "lt", "2026-11-24"),
    ("bool", "", "true"),
    ("text", "", "zzz"),
    ("bool", "empty", "1"),
]
STRANGE = [
    ("integer", "", "7.5"),
    ("integer", "", "9" * 30),
    ("money", "gte", "1e40"),
    ("money", "", "NaN"),
    ("date", "", "24/11"),
    ("bool", "gte", "1"),
]


@pytest.mark.parametrize(("kind", "operator", "value"), FITTING)
def test_what_fits_is_compared(kind: str, operator: str, value: str):
    assert fits(Column("x", kind=kind), operator, value)


@pytest.mark.parametrize(("kind", "operator", "value"), STRANGE)
def test_what_does_not_fit_is_not(kind: str, operator: str, value: str):
    assert not fits(Column("x", kind=kind), operator, value)


def test_a_choice_is_one_of_its_codes():
    column = Column("x", kind="choice", choices=(("idle", "闲置"),))
    assert (fits(column, "", "idle"), fits(column, "", "闲置")) == (True, False)


@pytest.mark.parametrize("text", ["", "xyz", "W10", "eyJhIjoxfQ", "WzEsIngiXQ", "一", "=" * 5])
def test_what_no_page_gave_out_is_no_cursor(text: str):
    assert not is_cursor(text)


@pytest.mark.django_db
def test_a_cursor_of_another_order_begins_anew(town: Town):
    units = resources["org.unit"]
    by_name = page(units, town.inspector, Query(sort="name", size=1)).next
    assert page(resources["ledger.asset"], town.inspector, Query(sort="cost", after=by_name)).rows == []
