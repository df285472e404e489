"""Share before buying: what suits is found, must be taken or refused, and is carried over when the purchase is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from gongjia.core.action import actions, context_for
from gongjia.core.gate import Case, gates_of
from gongjia.core.inputs import Input
from gongjia.core.reservations import reserve
from gongjia.domains.warehouse.gates import SHARE_FIRST, judge_purchase, settle_purchase
from gongjia.domains.warehouse.models import StockCheck
from tests.domains.warehouse.stock import Stock, asset, card, do, published, state


class Row(Input):
    """What a purchase asks for, by the names that the gate reads."""

    unit: int
    category: int
    name: str
    quantity: Decimal
    use: str = ""


def case(stock: Stock, *answers: dict[str, Any], quantity: int = 3) -> Case:
    row = Row(unit=stock.archive.pk, category=stock.printer.pk, name="打印机", quantity=Decimal(quantity), use="新设窗口")
    context = context_for(stock.archivist, "request", request_key="SQ-BUY")
    return Case(actions["warehouse.reallocate_item"], context, [row], {SHARE_FIRST: list(answers)})


def take(pk: int) -> dict[str, Any]:
    return {"line": 1, "item": pk, "take": True}


def refuse(pk: int, reason: str = "", **more: Any) -> dict[str, Any]:
    return {"line": 1, "item": pk, "take": False, "reason": reason, **more}


def test_the_gate_stands_before_every_purchase():
    assert SHARE_FIRST in [gate.key for gate in gates_of("acquisition.purchase_asset")]


def test_an_empty_warehouse_lets_the_purchase_pass(stock: Stock):
    assert judge_purchase(case(stock)).verdict == "clear"


def test_two_idle_printers_are_a_question(stock: Stock):
    found = published(stock, "P-1", "P-2")
    word = judge_purchase(case(stock))
    assert word.verdict == "question"
    assert [each["pk"] for each in word.data["lines"][0]["candidates"]] == found
    assert {each["ring"] for each in word.data["lines"][0]["candidates"]} == {"town"}


def test_what_is_taken_is_reserved(stock: Stock):
    first, second = published(stock, "P-1", "P-2")
    word = judge_purchase(case(stock, take(first), take(second)))
    assert (word.verdict, [claim.subject_id for claim in word.claims]) == ("clear", [first, second])


def test_a_refusal_needs_its_reason_and_the_approver_sees_it(stock: Stock):
    (pk,) = published(stock, "P-1")
    assert judge_purchase(case(stock, refuse(pk))).verdict == "question"
    word = judge_purchase(case(stock, refuse(pk, "需要彩色打印")))
    assert (word.verdict, word.data["lines"][0]["candidates"][0]["reason"]) == ("warning", "需要彩色打印")


def test_no_more_is_taken_than_is_wanted(stock: Stock):
    first, second = published(stock, "P-1", "P-2")
    assert judge_purchase(case(stock, take(first), take(second), quantity=1)).data["lines"][0]["too_many"]


def test_of_three_two_are_taken_and_one_is_bought(stock: Stock):
    first, second = published(stock, "P-1", "P-2")
    asked = case(stock, take(first), take(second))
    reserve("SQ-BUY", judge_purchase(asked).claims)
    (row,) = settle_purchase(asked)
    assert row.quantity == 1
    assert {asset(pk).unit for pk in (first, second)} == {stock.archive}
    assert {state(pk) for pk in (first, second)} == {"out"}
    check = StockCheck.objects.get()
    assert (check.request_key, check.wanted, check.found, check.taken, check.refused) == ("SQ-BUY", 3, 2, 2, 0)


def test_nothing_is_bought_where_everything_was_found(stock: Stock):
    first, second = published(stock, "P-1", "P-2")
    assert settle_purchase(case(stock, take(first), take(second), quantity=2)) == []


def test_an_item_that_went_meanwhile_is_asked_about_again(stock: Stock):
    (pk,) = published(stock, "P-1")
    do("warehouse.withdraw_item", stock.keeper, {"id": pk})
    word = judge_purchase(case(stock, take(pk)))
    assert (word.verdict, word.data["lines"][0]["gone"]) == ("question", [pk])


def test_what_another_request_holds_is_not_offered(stock: Stock):
    first, second = published(stock, "P-1", "P-2")
    reserve("SQ-OTHER", judge_purchase(case(stock, take(first), refuse(second, "旧"))).claims)
    assert [each["pk"] for each in judge_purchase(case(stock)).data["lines"][0]["candidates"]] == [second]


def test_what_is_published_after_the_search_is_a_word_and_no_new_question(stock: Stock):
    (pk,) = published(stock, "P-1")
    answer = refuse(pk, "需要彩色打印", seen_at=judge_purchase(case(stock)).data["searched_at"])
    published(stock, "P-2")
    word = judge_purchase(case(stock, answer))
    assert (word.verdict, [each["fresh"] for each in word.data["lines"][0]["candidates"]]) == ("warning", [False, True])


def test_an_idle_card_of_the_own_unit_comes_first(stock: Stock):
    published(stock, "P-1")
    own = card(stock, "A-1", unit=stock.archive.pk, place=stock.there.pk, status="idle")
    first = judge_purchase(case(stock)).data["lines"][0]["candidates"][0]
    assert (first["pk"], first["kind"]) == (own, "own")
    settle_purchase(case(stock, take(own)))
    assert asset(own).status == "in_use"


def test_idle_cards_elsewhere_are_counted_and_not_named(stock: Stock):
    card(stock, "W-1", status="idle")
    line = judge_purchase(case(stock)).data["lines"][0]
    assert (line["elsewhere"], line["candidates"]) == (1, [])


def test_only_what_is_good_enough_is_a_match(stock: Stock):
    published(stock, "P-1", grade="d")
    assert judge_purchase(case(stock)).verdict == "clear"


@pytest.mark.parametrize(("quantity", "questions"), [(1, 1), (2, 2)])
def test_no_more_is_asked_about_than_is_wanted(stock: Stock, quantity: int, questions: int):
    published(stock, "P-1", "P-2", "P-3")
    candidates = judge_purchase(case(stock, quantity=quantity)).data["lines"][0]["candidates"]
    assert sum(each["open"] for each in candidates) == questions
