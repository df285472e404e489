"""What stays too long is found, what came and went is counted, and both returns come from one entry."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from gongjia.core import files
from gongjia.core.indicator import indicators
from gongjia.core.jobs import Running, job_kinds
from gongjia.core.models import Job
from gongjia.domains.warehouse.export import template
from gongjia.domains.warehouse.models import Loan, Occasion, OccasionCard, StockCheck, StockItem, WishMatch
from gongjia.standards.asking import verdicts_of
from tests.domains.warehouse.stock import Stock, card, do, published, taken_in

TODAY = dt.date.today()
YEAR = dt.date(TODAY.year, 12, 31)


def outcome(subject: str, pk: int, check: str) -> list[str]:
    return [answer.outcome for answer in verdicts_of(subject, pk, keys=[check])]


def lent(stock: Stock, due_on: dt.date) -> Loan:
    (pk,) = published(stock, "P-1")
    do("warehouse.lend_item", stock.archivist, {"id": pk, "unit": stock.archive.pk, "due_on": TODAY, "purpose": "会议"})
    Loan.objects.update(lent_on=due_on - dt.timedelta(days=9), due_on=due_on)
    return Loan.objects.get()


@pytest.mark.parametrize(("late", "found"), [(1, ["doubt"]), (0, ["compliant"])])
def test_a_loan_is_overdue_from_the_day_after(stock: Stock, late: int, found: list[str]):
    loan = lent(stock, TODAY - dt.timedelta(days=late))
    assert outcome("warehouse.loan", loan.pk, "warehouse.loan_overdue") == found


def test_what_came_back_is_not_overdue(stock: Stock):
    loan = lent(stock, TODAY - dt.timedelta(days=3))
    do("warehouse.return_item", stock.keeper, {"id": loan.pk, "grade_in": "b", "damage": "none"})
    assert outcome("warehouse.loan", loan.pk, "warehouse.loan_overdue") == []


@pytest.mark.parametrize(("days", "found"), [(366, ["doubt"]), (365, ["compliant"])])
def test_an_item_lies_too_long_after_the_parameter(stock: Stock, days: int, found: list[str]):
    (pk,) = taken_in(stock, "P-1")
    StockItem.objects.filter(pk=pk).update(stored_on=TODAY - dt.timedelta(days=days))
    assert outcome("warehouse.item", pk, "warehouse.long_in_stock") == found


def test_what_was_bought_for_an_occasion_comes_in_when_it_is_over(stock: Stock):
    over = Occasion.objects.create(
        code="HD", name="节", unit=stock.water, kind="event", starts_on="2026-01-01", ends_on=TODAY - dt.timedelta(days=31)
    )
    pk = card(stock, "W-1")
    OccasionCard.objects.create(occasion=over, asset_id=pk)
    assert outcome("ledger.asset", pk, "warehouse.occasion_not_returned") == ["doubt"]
    do("warehouse.register_idle", stock.keeper, {"asset": pk})
    StockItem.objects.filter(pk=pk).update(state="stored", stored_on=TODAY)
    assert outcome("ledger.asset", pk, "warehouse.occasion_not_returned") == []


def figure(name: str, stock: Stock, unit: Any = None) -> Any:
    found = {each.unit_id: each for each in indicators[f"warehouse.{name}_by_unit"].figures(stock.town.inspector, YEAR, "")}
    return found.get((unit or stock.water).pk)


def test_what_came_and_went_is_counted_by_unit(stock: Stock):
    first, _second = published(stock, "P-1", "P-2")
    do("warehouse.reallocate_item", stock.archivist, {"id": first, "unit": stock.archive.pk})
    assert (figure("in", stock).value, figure("in_cost", stock).value) == (2, Decimal(2400))
    assert (figure("out", stock).value, figure("stock", stock).value) == (1, 1)
    assert figure("turnover", stock).value == Decimal("2.00"), "one went out of a mean stock of a half"
    assert figure("days", stock).value == 0
    assert figure("saved", stock, stock.archive).value > 0


def test_a_wish_half_met_is_half_the_demand(stock: Stock):
    do("warehouse.make_wish", stock.archivist, {"unit": stock.archive.pk, "name": "打印机", "category": stock.printer.pk, "quantity": 2})
    (pk,) = published(stock, "P-1")
    do("warehouse.reallocate_item", stock.archivist, {"id": pk, "unit": stock.archive.pk})
    assert figure("met", stock, stock.archive).value == Decimal("50.0")


def test_every_purchase_that_searched_counts(stock: Stock):
    StockCheck.objects.create(request_key="SQ-1", unit=stock.archive, on=TODAY, wanted=3, found=2, taken=2, refused=0)
    assert figure("checked", stock, stock.archive).value == Decimal(100)


@pytest.mark.parametrize("name", ["in", "in_cost", "out", "stock", "turnover", "days", "met", "checked", "saved"])
def test_a_stranger_counts_nothing(stock: Stock, name: str):
    published(stock, "P-1")
    assert list(indicators[f"warehouse.{name}_by_unit"].figures(stock.town.stranger, YEAR, "")) == []


def running(stock: Stock, kind: str) -> Running:
    return Running(Job.objects.create(kind=kind, actor=stock.keeper))


@pytest.mark.parametrize("key", ["affairs", "finance"])
def test_one_entry_feeds_both_returns(stock: Stock, settings: Any, tmp_path: Path, key: str):
    settings.GONGJIA_HOME = tmp_path
    ids, job = published(stock, "P-1", "P-2"), running(stock, "warehouse.return")
    job_kinds["warehouse.return"].run(job, resource="warehouse.item", ids=ids, template_key=key)
    job.row.refresh_from_db()
    rows = CalamineWorkbook.from_path(str(files.path_of(job.row.result_file))).get_sheet_by_index(0).to_python()
    assert rows[0] == [heading for heading, _name in template(key)["columns"]]
    assert [row[rows[0].index("资产编号")] for row in rows[1:]] == ["P-1", "P-2"]
    assert "待核" in template(key)["title"]


def test_who_wished_is_told_when_the_hold_window_ends(stock: Stock):
    do("warehouse.make_wish", stock.archivist, {"unit": stock.archive.pk, "name": "打印机", "category": stock.printer.pk})
    (pk,) = published(stock, "P-1", at_once=False)
    assert not WishMatch.objects.exists()
    yesterday = TODAY - dt.timedelta(days=1)
    StockItem.objects.filter(pk=pk).update(own_until=yesterday, level_until=yesterday)
    assert job_kinds["warehouse.release"].run(running(stock, "warehouse.release")) == {"released": 1, "matches": 1}
