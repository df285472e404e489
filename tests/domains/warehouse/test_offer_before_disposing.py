"""What is still of use is offered to others before it is disposed of; what leaves the stock leaves its books."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gongjia.core.action import actions, context_for
from gongjia.core.gate import Case, Judgement
from gongjia.core.inputs import Input
from gongjia.domains.warehouse.gates import OFFER_FIRST, judge_disposal, judge_transfer, settle_disposal
from gongjia.domains.warehouse.models import Passage, StockItem
from tests.domains.warehouse.stock import Stock, card, do, published, state, taken_in


class Row(Input):
    """A card that is to go, and on which ground."""

    id: int
    reason: str = ""


def judged(stock: Stock, pk: int, *answers: dict[str, Any]) -> Judgement:
    word = judge_disposal(case(stock, pk, *answers))
    assert word is not None
    return word


def case(stock: Stock, pk: int, *answers: dict[str, Any]) -> Case:
    context = context_for(stock.keeper, "request", request_key="SQ-SCRAP")
    return Case(actions["warehouse.take_in"], context, [Row(id=pk)], {OFFER_FIRST: list(answers)})


def test_a_young_printer_that_nobody_was_offered_is_a_question(stock: Stock):
    assert judged(stock, card(stock, "P-1")).verdict == "question"


def test_a_reason_turns_the_question_into_a_warning_that_shows_it(stock: Stock):
    pk = card(stock, "P-1")
    word = judged(stock, pk, {"item": pk, "reason": "主板烧毁，无修复价值"})
    assert (word.verdict, word.data["rows"][0]["reason"]) == ("warning", "主板烧毁，无修复价值")


def test_what_stood_open_to_all_may_go(stock: Stock):
    (pk,) = published(stock, "P-1")
    assert judged(stock, pk).verdict == "clear"


def test_what_is_still_held_for_the_own_unit_was_not_offered_yet(stock: Stock):
    (pk,) = published(stock, "P-1", at_once=False)
    assert judged(stock, pk).verdict == "question"
    StockItem.objects.filter(pk=pk).update(level_until=dt.date.today() - dt.timedelta(days=1))
    assert judged(stock, pk).verdict == "clear"


def test_what_an_expert_found_of_no_use_may_go(stock: Stock):
    (pk,) = taken_in(stock, "P-1", grade="e")
    assert judged(stock, pk).verdict == "clear"


def test_what_served_its_least_life_may_go_unless_it_was_found_good(stock: Stock):
    old = {"acquired_on": dt.date(2015, 1, 1)}
    assert judged(stock, card(stock, "P-1", **old)).verdict == "clear"
    (good,) = taken_in(stock, "P-2", grade="c", **old)
    assert judged(stock, good).verdict == "question"


def test_what_is_lent_is_not_disposed_of(stock: Stock):
    (pk,) = published(stock, "P-1")
    due = dt.date.today() + dt.timedelta(days=3)
    do("warehouse.lend_item", stock.archivist, {"id": pk, "unit": stock.archive.pk, "due_on": due, "purpose": "会议"})
    assert judged(stock, pk).verdict == "blocked"


def test_what_is_disposed_of_leaves_the_stock_and_its_book(stock: Stock):
    (pk,) = published(stock, "P-1")
    rows = settle_disposal(case(stock, pk))
    assert ([row.id for row in rows], state(pk)) == ([pk], "out")
    assert Passage.objects.last().kind == "dispose"


def test_a_transfer_of_what_is_in_stock_is_sent_to_the_warehouse(stock: Stock):
    (pk,) = published(stock, "P-1")
    assert judge_transfer(case(stock, pk)).verdict == "blocked"
    assert judge_transfer(case(stock, card(stock, "P-2"))) is None


def test_what_is_beyond_repair_is_left_to_the_experts_opinion(stock: Stock):
    asked = case(stock, card(stock, "P-1"))
    asked.rows = [Row(id=asked.rows[0].id, reason="beyond_repair")]
    word = judge_disposal(asked)
    assert word is not None
    assert (word.verdict, word.data["rows"][0]["broken"]) == ("clear", True)
