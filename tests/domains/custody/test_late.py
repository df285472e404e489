"""What is late is found from the day after, and the work desk and the figures say the same."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from gongjia.core.action import actions
from gongjia.core.indicator import indicators
from gongjia.core.nav import desk_cards
from gongjia.core.periods import today
from gongjia.domains.acquisition.models import OrderLine
from gongjia.domains.custody.models import Income, Letting
from gongjia.domains.disposal.models import Disposal
from gongjia.ledger.models import Asset
from gongjia.standards.asking import verdicts_of
from tests.people import Town

pytestmark = [pytest.mark.django_db, pytest.mark.data]
TODAY = today()
PAPERS = {"reason": "surplus", "explanation": "闲置", "decision": "纪要", "decided_on": "2026-01-05"}


@pytest.fixture
def card(town: Town) -> Asset:
    what = {"number": "A-1", "name": "投影仪", "unit": "YC-SW", "cost": "6000", "category": "A02010105"}
    return Asset.objects.get(pk=actions["ledger.register_asset"].run(town.clerk, what))


def ask(town: Town, key: str, **row: Any) -> Any:
    return actions[key].run(town.clerk, row, request_key="QQ-1", on=TODAY)


def do(town: Town, key: str, **row: Any) -> Any:
    return actions[key].run(town.clerk, row, on=TODAY)


def outcome(subject: str, pk: int, check: str) -> list[str]:
    return [answer.outcome for answer in verdicts_of(subject, pk, keys=[check])]


def shown(town: Town, key: str) -> dict[str, Any] | None:
    return desk_cards[key].context(town.clerk, "")


def figures(town: Town, key: str) -> list[Any]:
    return [figure.value for figure in indicators[key].figures(town.clerk, TODAY, "")]


def let(town: Town, card: Asset, due_on: dt.date) -> Letting:
    ask(town, "custody.let_asset", id=card.pk, kind="lease", party="协会", starts_on="2026-01-01", due_on=due_on, rent="900")
    return Letting.objects.get()


def disposed(town: Town, card: Asset, days: int) -> Disposal:
    ask(town, "disposal.donate_asset", id=card.pk, recipient="小学", **PAPERS)
    made = Disposal.objects.get()
    do(town, "disposal.complete", id=made.pk, done_on=TODAY)
    Disposal.objects.update(done_on=TODAY - dt.timedelta(days=days))
    return made


@pytest.mark.parametrize(("late", "found"), [(1, ["doubt"]), (0, ["compliant"])])
def test_a_letting_is_overdue_from_the_day_after(town: Town, card: Asset, late: int, found: list[str]) -> None:
    letting = let(town, card, TODAY - dt.timedelta(days=late))
    assert outcome("custody.letting", letting.pk, "custody.letting_overdue") == found
    assert (shown(town, "custody.overdue") is not None) == bool(late)


def test_what_came_back_is_overdue_no_more(town: Town, card: Asset) -> None:
    letting = let(town, card, TODAY - dt.timedelta(days=3))
    do(town, "custody.end_letting", id=letting.pk, returned_on=TODAY)
    assert outcome("custody.letting", letting.pk, "custody.letting_overdue") == []
    assert shown(town, "custody.overdue") is None


def test_rent_is_found_until_it_is_with_the_treasury(town: Town, card: Asset) -> None:
    letting = let(town, card, TODAY)
    pk = do(town, "custody.record_income", letting=letting.number, amount="900", received_on=TODAY - dt.timedelta(days=1))
    assert outcome("custody.income", pk, "custody.rent_not_remitted") == ["doubt"]
    do(town, "custody.remit_income", id=pk, remitted_on=TODAY, voucher="J-1")
    assert outcome("custody.income", pk, "custody.rent_not_remitted") == []
    assert Income.objects.get().voucher == "J-1"


@pytest.mark.parametrize(("days", "found"), [(1, ["doubt"]), (0, ["compliant"])])
def test_what_has_gone_is_to_be_written_off(town: Town, card: Asset, days: int, found: list[str]) -> None:
    made = disposed(town, card, days)
    assert outcome("disposal.disposal", made.pk, "disposal.not_written_off") == found
    assert shown(town, "disposal.waiting") == {"steps": [("已处置，待核销", "state=done", 1)]}


def test_what_is_written_off_waits_no_more(town: Town, card: Asset) -> None:
    made = disposed(town, card, 2)
    do(town, "disposal.close", id=made.pk, voucher="记-1")
    assert outcome("disposal.disposal", made.pk, "disposal.not_written_off") == []
    assert shown(town, "disposal.waiting") is None


def test_an_order_waits_on_the_desk_until_it_has_come(town: Town) -> None:
    row = {"unit": "YC-SW", "category": "A02010105", "name": "台式计算机", "quantity": 2, "unit_price": "4000", "use": "更新"}
    ask(town, "acquisition.purchase_asset", **row)
    assert (shown(town, "acquisition.waiting") or {})["total"] == 1
    order = OrderLine.objects.get()
    do(town, "acquisition.receive_goods", order=order.number, quantity=2, unit_price="3900", received_on=TODAY, inspector="周立新")
    assert shown(town, "acquisition.waiting") is None
    assert figures(town, "acquisition.bought_by_unit") == [Decimal(7800)]


def test_repairs_lettings_and_disposals_are_counted(town: Town, card: Asset) -> None:
    do(town, "custody.record_repair", asset="A-1", fault="异响", work="更换风扇", done_on=TODAY, cost="150")
    disposed(town, card, 0)
    assert figures(town, "custody.repair_cost_by_unit") == [Decimal(150)]
    assert figures(town, "disposal.gone_by_unit") == [1]
    assert figures(town, "disposal.cost_by_unit") == [Decimal(6000)]


def test_a_round_shows_how_far_it_is(town: Town, card: Asset) -> None:
    do(town, "inventory.open_round", title="年度盘点", unit="YC-SW", due_on=TODAY)
    ((_round, seen, total, left),) = (shown(town, "inventory.going_on") or {})["rows"]
    assert (seen, total, left) == (0, 1, 0)


def test_a_stranger_sees_nothing_on_the_desk(town: Town, card: Asset) -> None:
    let(town, card, TODAY - dt.timedelta(days=3))
    assert desk_cards["custody.overdue"].context(town.stranger, "") is None
