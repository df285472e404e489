"""From the wish to the card: what is planned, granted, delivered; each sum comes from the budget once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from gongjia.core.action import Outcome, actions, context_for
from gongjia.core.gate import Case
from gongjia.core.problems import Forbidden, NeedsRequest, Refused
from gongjia.domains.acquisition.models import OrderLine, PlanLine, Receipt
from gongjia.domains.costs import gates as budget
from gongjia.domains.costs.models import BudgetLine, total_used
from gongjia.ledger.models import Asset
from tests.people import Town

pytestmark = [pytest.mark.django_db, pytest.mark.data]
BUY, RECEIVE = actions["acquisition.purchase_asset"], actions["acquisition.receive_goods"]
TODAY = dt.date(2026, 11, 24)


def line(**more: Any) -> dict[str, Any]:
    what = {"unit": "YC-SW", "category": "A02010105", "name": "台式计算机", "quantity": "3", "unit_price": "5000", "use": "更新"}
    return {**what, **more}


def ask(town: Town, *rows: dict[str, Any]) -> Outcome:
    """Carry a purchase out under a request's authority, as its approval does."""
    return BUY.run_many(town.clerk, list(rows), request_key="QQ-1", on=TODAY)


def receive(town: Town, order: OrderLine, **more: Any) -> Receipt:
    what = {"order": order.number, "quantity": "3", "received_on": "2026-11-20", "inspector": "王验收", **more}
    return Receipt.objects.get(pk=RECEIVE.run(town.clerk, what, on=TODAY))


@pytest.fixture
def order(town: Town) -> OrderLine:
    return OrderLine.objects.get(pk=ask(town, line()).ids[0])


@pytest.fixture
def budget_line(town: Town) -> BudgetLine:
    row = {"code": "ZB-1", "unit": "YC-SW", "year": 2026, "subject": "31002", "name": "办公设备购置", "amount": "20000"}
    return BudgetLine.objects.get(pk=actions["costs.register_line"].run(town.clerk, row))


def case(town: Town, **answer: Any) -> Case:
    answers = {budget.KEY: answer} if answer else {}
    context = context_for(town.clerk, on=TODAY, request_key="QQ-1")
    return Case(BUY, context, BUY.prepare(context, [line()]).rows, answers)


def test_nobody_buys_without_a_request(town: Town) -> None:
    with pytest.raises(NeedsRequest):
        BUY.run(town.clerk, line())
    assert not OrderLine.objects.exists()


def test_a_stranger_cannot_even_ask(town: Town) -> None:
    with pytest.raises(Forbidden):
        BUY.run(town.stranger, line(), request_key="QQ-1")


def test_what_was_granted_is_an_order_and_what_comes_is_a_card_a_piece(town: Town, order: OrderLine) -> None:
    receipt = receive(town, order, serials="S1，S2, S3")
    cards = Asset.objects.filter(receipts=receipt).order_by("number")
    assert [card.serial for card in cards] == ["S1", "S2", "S3"]
    assert [card.number for card in cards] == [f"YC-SW-2026-0000{n}" for n in (1, 2, 3)]
    assert {(card.cost, card.booking, card.acquisition) for card in cards} == {(Decimal(5000), "unbooked", "purchase")}
    order.refresh_from_db()
    assert (order.state, order.outstanding) == ("received", 0)


def test_furniture_may_be_one_card_with_a_quantity(town: Town, order: OrderLine) -> None:
    card = Asset.objects.get(receipts=receive(town, order, one_card=True))
    assert (card.quantity, card.cost) == (3, Decimal(15000))


def test_more_than_was_ordered_or_dearer_is_refused(town: Town, order: OrderLine) -> None:
    receive(town, order, quantity="2")
    for wrong, field in ({"quantity": "2"}, "quantity"), ({"quantity": "1", "unit_price": "5001"}, "unit_price"):
        with pytest.raises(Refused) as refusal:
            receive(town, order, **wrong)
        assert [problem.field for problem in refusal.value.problems] == [field]
    assert Asset.objects.count() == 2


def test_serial_numbers_are_as_many_as_the_pieces(town: Town, order: OrderLine) -> None:
    with pytest.raises(Refused, match="2 个序列号"):
        receive(town, order, serials="S1,S2")


def test_a_card_number_that_the_unit_uses_is_passed_over(town: Town, order: OrderLine) -> None:
    actions["ledger.register_asset"].run(town.clerk, {"number": "YC-SW-2026-00002", "name": "旧", "unit": "YC-SW"})
    receive(town, order)
    assert sorted(Asset.objects.exclude(name="旧").values_list("number", flat=True)) == [f"YC-SW-2026-0000{n}" for n in (1, 3, 4)]


def test_a_plan_must_be_adopted_before_it_is_bought_from(town: Town) -> None:
    what = {"code": "P1", "unit": "YC-SW", "year": 2026, "category": "A02010105", "name": "计算机", "quantity": "2", "unit_price": "5000"}
    plan = PlanLine.objects.get(pk=actions["acquisition.plan_asset"].run(town.clerk, what))
    with pytest.raises(Refused, match="还没有批准"):
        ask(town, line(plan="P1"))
    actions["acquisition.adopt_plan"].run(town.clerk, {"id": plan.pk}, request_key="QQ-0")
    assert ask(town, line(plan="P1", quantity="2")).ids


def test_a_plan_is_claimed_only_for_what_is_left_of_it(town: Town) -> None:
    what = {"code": "P1", "unit": "YC-SW", "year": 2026, "category": "A02010105", "name": "计算机", "quantity": "5", "unit_price": "5000"}
    actions["acquisition.plan_asset"].run(town.clerk, what)
    actions["acquisition.adopt_plan"].run(town.clerk, {"id": PlanLine.objects.get().pk}, request_key="QQ-0")
    ask(town, line(plan="P1"))
    context = context_for(town.clerk, request_key="QQ-2")
    claims = BUY.claims(context, BUY.prepare(context, [line(plan="P1", quantity="1")]).rows) if BUY.claims else []
    assert [(claim.amount, claim.capacity) for claim in claims] == [(1, 2)]


def test_the_budget_asks_which_line_pays(town: Town, budget_line: BudgetLine) -> None:
    assert budget.judge(case(town)).verdict == "question"
    judged = budget.judge(case(town, line=budget_line.pk))
    assert judged.verdict == "clear"
    assert [(claim.amount, claim.capacity) for claim in judged.claims] == [(Decimal(15000), Decimal(20000))]


def test_without_a_line_or_beyond_it_nothing_is_bought(town: Town, budget_line: BudgetLine) -> None:
    actions["costs.edit_line"].run(town.clerk, {"id": budget_line.pk, "amount": "14999.99"})
    judged = budget.judge(case(town, line=budget_line.pk))
    assert (judged.verdict, "超出 0.01" in judged.text) == ("blocked", True)
    BudgetLine.objects.update(year=2025)
    assert budget.judge(case(town)).verdict == "blocked"


def test_the_budget_is_used_at_the_grant_and_given_back_for_what_does_not_come(town: Town, budget_line: BudgetLine) -> None:
    budget.settle(case(town, line=budget_line.pk))
    order = OrderLine.objects.get(pk=ask(town, line()).ids[0])
    receive(town, order, quantity="1", unit_price="4800")
    actions["acquisition.cancel_order"].run(town.clerk, {"id": order.pk, "reason": "停产"})
    budget_line.refresh_from_db()
    assert budget_line.used == total_used(budget_line.pk) == Decimal(4800)


def test_the_foreseen_cards_are_taken_back(town: Town) -> None:
    with case(town).applied() as ids:
        assert Asset.objects.filter(pk__in=ids).values_list("cost", "quantity")[0] == (Decimal(15000), 3)
    assert not Asset.objects.exists()
