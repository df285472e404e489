"""Search finds the same rows on every way to them: from the matches, held against them, and row by row."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from gongjia.core import query, search
from gongjia.core.action import actions
from gongjia.core.query import Query, page
from gongjia.core.resource import resources
from gongjia.core.search import Spread, narrow, spread
from gongjia.org.models import Unit
from tests.city import City

TEXTS = ["办公", "公", "办公桌", "bgz 办公", "jsj", "A3", "YC-XZ1", "办公 打印", "，"]
SORTS = ["", "name", "-name", "cost", "-cost", "acquired_on", "-acquired_on"]
ASSETS = resources["ledger.asset"]


def keys(text: str, how: Spread, **ways: bool) -> list[int]:
    return list(narrow(ASSETS, ASSETS.all_rows(), text, how, **ways).order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("how", [Spread.MANY, Spread.COMMON])
@pytest.mark.parametrize("way", ["walked", "gathered", ""])
def test_every_way_finds_what_the_index_finds(demo_city: City, text: str, how: Spread, way: str):
    assert keys(text, how, **({way: True} if way else {})) == keys(text, Spread.RARE)


def test_the_texts_of_these_tests_find_some_cards_and_not_others(demo_city: City):
    found = [len(keys(text, Spread.COMMON)) for text in TEXTS]
    assert [n > 0 for n in found] == [True] * 7 + [False] * 2
    assert max(found) < ASSETS.all_rows().count()


def test_how_widely_a_text_is_spread(demo_city: City, monkeypatch: pytest.MonkeyPatch):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert spread(ASSETS, "办公") is Spread.RARE
    monkeypatch.setattr(search, "_FEW", 10)
    assert [spread(ASSETS, text) for text in ("办公", "打印")] == [Spread.COMMON, Spread.MANY]


@pytest.mark.django_db
def test_in_an_empty_table_every_text_is_rare():
    assert spread(ASSETS, "办公") is Spread.RARE


@pytest.fixture
def reader(demo_city: City) -> Any:
    return demo_city.user("inspector")


def listed(reader: Any, asked: Query) -> tuple[list[int], int, bool]:
    """Return the keys of the first three pages, the count, and whether it was capped."""
    found, after = [], ""
    for _turn in range(3):
        one = page(ASSETS, reader, Query(asked.q, asked.filters, asked.sort, after, 7, asked.unit_path))
        found += [row["pk"] for row in one.rows]
        after = one.next
        if not after:
            break
    return found, one.count, one.capped


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("text", ["", "办公", "jsj"])
@pytest.mark.parametrize("filters", [{}, {"status": ["idle"]}])
@pytest.mark.parametrize("glance", [9, 500])
def test_a_list_is_the_same_sorted_or_walked(
    reader: Any, monkeypatch: pytest.MonkeyPatch, sort: str, text: str, filters: dict[str, Any], glance: int
):
    asked = Query(q=text, filters=filters, sort=sort)
    few = listed(reader, asked)
    for how in Spread:
        monkeypatch.setattr(search, "spread", lambda *_asked, how=how: how)
        monkeypatch.setitem(query._SORTED, connection.vendor, 3)
        monkeypatch.setattr(query, "_GLANCE", glance)
        monkeypatch.setattr(query, "CAP", 5)
        assert listed(reader, asked)[0] == few[0]
        monkeypatch.undo()
    assert few[0]


@pytest.mark.parametrize("glance", [9, 500])
def test_a_common_text_is_looked_for_among_the_first_rows(reader: Any, monkeypatch: pytest.MonkeyPatch, glance: int):
    whole = listed(reader, Query(q="办公"))
    monkeypatch.setattr(search, "spread", lambda *_asked: Spread.COMMON)
    monkeypatch.setattr(query, "_GLANCE", glance)
    assert listed(reader, Query(q="办公")) == whole


def test_a_list_of_one_unit_shows_its_cards_alone(reader: Any, monkeypatch: pytest.MonkeyPatch):
    unit = Unit.objects.filter(asset__isnull=False).order_by("pk").first()
    monkeypatch.setitem(query._SORTED, connection.vendor, 3)
    found, _count, _capped = listed(reader, Query(q="办公", unit_path=unit.path))
    assert found and set(ASSETS.model.objects.filter(pk__in=found).values_list("unit__path", flat=True)) == {unit.path}


def test_a_count_is_exact_below_the_cap_and_stops_above_it(reader: Any, monkeypatch: pytest.MonkeyPatch):
    exact = narrow(ASSETS, ASSETS.queryset(reader), "办公").count()
    for cap, expected in ((exact, (exact, False)), (exact - 1, (exact - 1, True))):
        monkeypatch.setattr(query, "CAP", cap)
        assert listed(reader, Query(q="办公"))[1:] == expected


def test_what_extends_a_renamed_record_is_found_by_the_new_name(demo_city: City):
    rooms = resources["offices.room"]
    pk = rooms.all_rows().order_by("pk").values_list("pk", flat=True)[0]
    actions["offices.edit_room"].run(demo_city.user("space"), {"id": pk, "name": "鎏金厅"})
    assert list(narrow(rooms, rooms.all_rows(), "鎏金").values_list("pk", flat=True)) == [pk]


def test_a_change_of_other_columns_leaves_the_index_alone(demo_city: City, monkeypatch: pytest.MonkeyPatch):
    indexed: list[str] = []
    monkeypatch.setattr(search, "rebuild", lambda resource, _ids: indexed.append(resource.key))
    pk = ASSETS.all_rows().order_by("pk").values_list("pk", flat=True)[0]
    actions["ledger.edit_asset"].run(demo_city.user("assets"), {"id": pk, "note": "已核对"})
    assert indexed == []
    actions["ledger.edit_asset"].run(demo_city.user("assets"), {"id": pk, "name": "新名"})
    assert ASSETS.key in indexed
