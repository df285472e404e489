"""A count round: what is seen, what is elsewhere, what is missing, what no card knows; and what follows from each."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from gongjia.core.action import actions
from gongjia.core.problems import Forbidden, NeedsRequest, Refused
from gongjia.domains.disposal.models import Disposal
from gongjia.domains.inventory.models import CountLine, Round
from gongjia.ledger.models import Asset, Entry
from gongjia.org.models import Place
from tests.people import Town

pytestmark = [pytest.mark.django_db, pytest.mark.data]
TODAY = dt.date(2026, 11, 24)


def do(town: Town, key: str, request: str = "", **row: Any) -> int:
    return actions[f"inventory.{key}"].run(town.clerk, row, on=TODAY, request_key=request)


def card(town: Town, number: str, **more: Any) -> Asset:
    what = {"number": number, "name": "打印机", "unit": "YC-SW", "cost": "2000", "category": "A02010105", "place": "0612", **more}
    return Asset.objects.get(pk=actions["ledger.register_asset"].run(town.clerk, what))


@pytest.fixture
def cards(town: Town) -> list[Asset]:
    return [card(town, "A-1"), card(town, "A-2"), card(town, "A-3")]


@pytest.fixture
def other_room(town: Town) -> Place:
    return Place.objects.create(code="0613", name="0613 室", kind="room", unit=town.water, path="2/")


@pytest.fixture
def round_(town: Town, cards: list[Asset]) -> Round:
    return Round.objects.get(pk=do(town, "open_round", title="年度盘点", unit="YC-SW", due_on="2026-12-10"))


def line(round_: Round, number: str) -> CountLine:
    return CountLine.objects.get(round=round_, asset__number=number)


def count(town: Town, round_: Round, code: str, **more: Any) -> CountLine:
    return CountLine.objects.get(pk=do(town, "count_asset", round=round_.number, code=code, **more))


def test_a_round_has_a_line_for_every_card_within_its_scope(town: Town, cards: list[Asset]) -> None:
    card(town, "B-1", place=None)
    whole = do(town, "open_round", title="全部", unit="YC-SW", due_on="2026-12-10")
    room = do(town, "open_round", title="一间", unit="YC-SW", place="0612", due_on="2026-12-10")
    assert [CountLine.objects.filter(round=pk).count() for pk in (whole, room)] == [4, 3]
    with pytest.raises(Refused, match="没有资产卡片"):
        do(town, "open_round", title="无", unit="YC-SW", category="A05", due_on="2026-12-10")


def test_a_label_is_read_by_its_number_or_its_address(town: Town, round_: Round, cards: list[Asset]) -> None:
    assert count(town, round_, "A-1").found == "found"
    assert count(town, round_, f"https://gongjia.example/ledger/asset/{cards[1].pk}/").asset == cards[1]
    assert line(round_, "A-1").counter == town.clerk


def test_a_thing_in_another_room_is_elsewhere_and_the_card_follows_when_accepted(town: Town, round_: Round, other_room: Place) -> None:
    seen = count(town, round_, "A-1", place="0613")
    assert seen.found == "moved"
    do(town, "accept_count", id=seen.pk)
    assert Asset.objects.get(number="A-1").place == other_room
    assert Entry.objects.filter(asset__number="A-1").latest("seq").kind == "count"


def test_what_is_sent_twice_is_entered_once(town: Town, round_: Round) -> None:
    first = count(town, round_, "A-1", client_key="c1", note="先")
    again = count(town, round_, "A-1", client_key="c1", note="后")
    assert (first.pk, again.note) == (again.pk, "先")
    surplus = {"round": round_.number, "name": "饮水机", "client_key": "c2"}
    assert do(town, "record_surplus", **surplus) == do(town, "record_surplus", **surplus)
    assert CountLine.objects.filter(found="surplus").count() == 1


def test_an_unknown_code_makes_nothing_up(town: Town, round_: Round) -> None:
    with pytest.raises(Refused, match="没有编号为“X-9”的卡片"):
        count(town, round_, "X-9")


def test_a_card_of_another_unit_is_noted_as_foreign(town: Town, round_: Round, django_user_model: Any) -> None:
    root = django_user_model.objects.create_superuser("root", password="a-long-password-1")
    actions["ledger.register_asset"].run(root, {"number": "D-1", "name": "扫描仪", "unit": "YC-DA", "cost": "10"})
    assert count(town, round_, "D-1", place="0612").found == "foreign"


def test_what_nobody_has_seen_is_missing_and_cannot_be_forgotten(town: Town, round_: Round) -> None:
    count(town, round_, "A-1")
    count(town, round_, "A-2")
    do(town, "stop_counting", id=round_.pk)
    assert line(round_, "A-3").found == "missing"
    with pytest.raises(Refused, match="1 项差异"):
        do(town, "close_round", id=round_.pk)


PAPERS = {"explanation": "搬家时遗失", "decision": "纪要〔2026〕1号", "decided_on": "2026-11-20"}


def test_a_shortage_is_explained_and_written_off_by_request(town: Town, round_: Round) -> None:
    for code in ("A-1", "A-2"):
        count(town, round_, code)
    do(town, "stop_counting", id=round_.pk)
    missing = {"id": line(round_, "A-3").pk, **PAPERS}
    with pytest.raises(NeedsRequest):
        do(town, "settle_shortage", **missing)
    with pytest.raises(Refused, match="先说明差异原因"):
        do(town, "settle_shortage", "QQ-1", **missing)
    do(town, "explain_difference", id=missing["id"], cause="lost")
    do(town, "settle_shortage", "QQ-1", **missing)
    assert (Disposal.objects.get().way, Asset.objects.get(number="A-3").status) == ("write_off", "to_dispose")
    do(town, "close_round", id=round_.pk)


def test_a_surplus_becomes_a_card_by_request(town: Town, round_: Round) -> None:
    found = do(town, "record_surplus", round=round_.number, name="饮水机", place="0612", counted_quantity="2")
    do(town, "settle_surplus", "QQ-2", id=found, category="A02010105", value="600")
    made = CountLine.objects.get(pk=found).asset
    assert made is not None and (made.acquisition, made.cost, made.quantity, made.booking) == ("surplus", Decimal(600), 2, "unbooked")
    with pytest.raises(Refused, match="未处理的盘盈"):
        do(town, "settle_surplus", "QQ-3", id=found, category="A02010105", value="600")


def test_counting_ends_with_the_round(town: Town, round_: Round) -> None:
    do(town, "stop_counting", id=round_.pk)
    with pytest.raises(Refused, match="已经停止清点"):
        count(town, round_, "A-1")


def test_a_stranger_counts_nothing(town: Town, round_: Round) -> None:
    with pytest.raises(Forbidden):
        actions["inventory.count_asset"].run(town.stranger, {"round": round_.number, "code": "A-1"})
