"""The shop window: who sees what since when, near before far, words and filters, and what people keep for themselves."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from gongjia.core import files
from gongjia.domains.warehouse.favouring import toggle
from gongjia.domains.warehouse.looking import Asked, look, matching, read
from gongjia.domains.warehouse.models import StockItem
from gongjia.domains.warehouse.nearness import Standpoint, standpoint
from gongjia.domains.warehouse.resources import OFFERS
from gongjia.org.models import Person, User
from tests.domains.warehouse.stock import Stock, do, published, room, taken_in
from tests.people import unit, user

DAY = dt.timedelta(days=1)


def seen(who: User, **asked: object) -> list[int]:
    return sorted(matching(who, Asked(**asked)).values_list("pk", flat=True))


def working_at(stock: Stock, home: object, name: str) -> User:
    """Make somebody who may only ask, and works in a unit."""
    made = user(name, "requester", home)
    made.person = Person.objects.create(staff_code=f"P-{name}", name=name, unit=home)
    made.save()
    return made


def test_an_item_is_first_shown_to_its_own_unit_then_to_its_equals_then_to_all(stock: Stock):
    county = unit("SQ-JY", "县教育局", unit("SQ", "石桥县", stock.town.city))
    own, equal, far = (working_at(stock, u, n) for u, n in ((stock.water, "own"), (stock.archive, "equal"), (county, "far")))
    (pk,) = published(stock, "P-1", at_once=False)
    assert [bool(seen(who)) for who in (own, equal, far)] == [True, False, False]
    StockItem.objects.filter(pk=pk).update(own_until=dt.date.today() - DAY)
    assert [bool(seen(who)) for who in (own, equal, far)] == [True, True, False]
    StockItem.objects.filter(pk=pk).update(level_until=dt.date.today() - DAY)
    assert [bool(seen(who)) for who in (own, equal, far)] == [True, True, True]


def test_who_may_read_the_stock_of_the_unit_sees_what_is_held(stock: Stock):
    (pk,) = published(stock, "P-1", at_once=False)
    assert seen(stock.keeper) == [pk]


def test_a_stranger_sees_nothing(stock: Stock):
    published(stock, "P-1")
    assert not OFFERS.queryset(stock.town.stranger).exists()


def test_what_is_not_published_is_not_shown(stock: Stock):
    taken_in(stock, "P-1")
    assert seen(stock.keeper) == []


def test_words_find_by_name_model_and_pinyin(stock: Stock):
    (pk,) = published(stock, "P-1", model="LP-2100")
    assert [seen(stock.keeper, q=words) for words in ("打印", "LP2100", "hbdyj", "沙发")] == [[pk], [pk], [pk], []]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "A0202"}, 2),
        ({"kind": "A05"}, 0),
        ({"grade": "b"}, 1),
        ({"grade": "c"}, 2),
        ({"months": 600}, 0),
        ({"emergency": True}, 0),
    ],
)
def test_filters_narrow(stock: Stock, asked: dict[str, object], found: int):
    published(stock, "P-1")
    published(stock, "P-2", grade="c")
    assert len(seen(stock.keeper, **asked)) == found


def test_an_address_full_of_nonsense_asks_for_everything():
    assert read({"page": "x", "sort": "?", "grade": "zz", "months": "9" * 30, "kind": "'; --"}) == Asked()


def test_the_nearest_comes_first_and_every_item_once(stock: Stock):
    (far,) = published(stock, "P-1", unit=stock.archive.pk, place=stock.there.pk)
    (near,) = published(stock, "P-2")
    (same,) = published(stock, "P-3", place=room_beside(stock).pk)
    found = look(stock.keeper, Asked(), standpoint(stock.water, stock.here))
    assert [item.pk for item in found.items] == [near, same, far]
    assert (found.count, found.more) == (3, False)


def room_beside(stock: Stock) -> object:
    """Make a room in another building of the same compound."""
    made = room(stock.water, "B")
    compound = stock.here.path.split("/")[0]
    made.parent.path = f"{compound}/{made.parent.pk}/"
    made.parent.save()
    made.path = f"{made.parent.path}{made.pk}/"
    made.save()
    return made


def test_who_stands_nowhere_sees_the_newest_first(stock: Stock):
    first, second = published(stock, "P-1") + published(stock, "P-2")
    assert [item.pk for item in look(stock.keeper, Asked(), Standpoint(None, None)).items] == [second, first]


def test_a_favourite_is_ones_own(stock: Stock):
    first, _second = published(stock, "P-1", "P-2")
    assert toggle(stock.keeper, first)
    assert (seen(stock.keeper, starred=True), seen(stock.archivist, starred=True)) == ([first], [])
    assert not toggle(stock.keeper, first)


def test_a_picture_is_shown_to_those_who_see_the_item_and_to_nobody_else(stock: Stock, client: Client, settings: object, tmp_path: object):
    settings.GONGJIA_HOME = tmp_path
    (pk,) = published(stock, "P-1")
    hung = files.attach("warehouse.item", pk, files.store_chunks([b"\x89PNG"], "a.png", "image/png"), "a.png", stock.keeper)
    answers = {}
    for who in (stock.archivist, stock.town.stranger):
        client.force_login(who)
        answers[who.username] = client.get(f"/warehouse/photo/{hung.pk}/").status_code
    assert answers == {"archivist": 200, "stranger": 404}


def test_a_scanned_label_opens_its_item_by_address_and_by_number(stock: Stock, client: Client):
    (pk,) = published(stock, "P-1")
    client.force_login(stock.archivist)
    for code in (f"https://gongjia.example/ledger/asset/{pk}/", "P-1"):
        assert client.get("/warehouse/scan/", {"code": code}).headers["Location"] == f"/warehouse/window/{pk}/"
    assert "P-9" in client.get("/warehouse/scan/", {"code": "P-9"}).content.decode()


@pytest.mark.parametrize("path", ["/warehouse/window/", "/warehouse/wishes/", "/warehouse/matching/", "/warehouse/figures/", "/"])
def test_every_page_opens_with_and_without_stock(stock: Stock, client: Client, path: str):
    client.force_login(stock.keeper)
    assert client.get(path).status_code == 200
    (pk,) = published(stock, "P-1")
    do("warehouse.make_wish", stock.keeper, {"unit": stock.archive.pk, "name": "打印机", "category": stock.printer.pk})
    assert client.get(path).status_code == 200
    assert "A4黑白打印机" in client.get(f"/warehouse/window/{pk}/").content.decode()


def test_the_window_is_closed_to_a_stranger(stock: Stock, client: Client):
    (pk,) = published(stock, "P-1")
    client.force_login(stock.town.stranger)
    paths = ("/warehouse/window/", f"/warehouse/window/{pk}/", "/warehouse/scan/", "/warehouse/matching/", "/warehouse/figures/")
    assert {client.get(path).status_code for path in paths} == {403}
