"""The reconciliation of a unit from its own rows: imported balances, cards of the day, the last round."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from gongjia.core.action import actions
from gongjia.domains.inventory.gathering import reconciled
from gongjia.domains.inventory.models import Round
from tests.people import Town

pytestmark = [pytest.mark.django_db, pytest.mark.data]
ON = dt.date(2026, 11, 24)


@pytest.fixture
def kept(town: Town) -> Town:
    """Three cards, of which one is not booked, one is missing; a thing without a card; finance knows two and one more."""
    for number, booking in (("A-1", "booked"), ("A-2", "unbooked"), ("A-3", "booked")):
        row = {"number": number, "name": "打印机", "unit": "YC-SW", "cost": "100", "booking": booking, "acquired_on": "2026-01-05"}
        actions["ledger.register_asset"].run(town.clerk, row)
    do(town, "open_round", title="年度盘点", unit="YC-SW", due_on="2026-12-10")
    for number in ("A-1", "A-2"):
        do(town, "count_asset", round="PD-2026-00001", code=number)
    do(town, "record_surplus", round="PD-2026-00001", name="饮水机", value="60")
    do(town, "stop_counting", id=Round.objects.get().pk)
    for detail, amount in (("A-1", "100"), ("A-3", "100"), ("A-9", "40")):
        do(town, "register_balance", unit="YC-SW", on="2026-11-24", subject="160101", detail=detail, amount=amount)
    return town


def do(town: Town, key: str, **row: Any) -> int:
    return actions[f"inventory.{key}"].run(town.clerk, row, on=ON)


def test_the_three_are_held_against_each_other(kept: Town) -> None:
    made = reconciled(kept.water, ON)
    assert [(one.ground, one.amount) for one in made.accounts[0].differences] == [("unbooked", 10_000), ("only_in_accounts", -4_000)]
    assert made.things and [(one.ground, one.amount) for one in made.things.differences] == [("missing", -10_000), ("surplus", 6_000)]
    assert [side.unexplained for side in (*made.accounts, made.things)] == [0, 0]


def test_a_disposal_without_a_voucher_is_still_with_finance(kept: Town) -> None:
    card = {"id": "A-1", "reason": "beyond_repair", "opinion": "坏", "explanation": "坏", "decision": "纪要", "decided_on": "2026-11-20"}
    actions["disposal.scrap_asset"].run(kept.clerk, card, request_key="QQ-1", on=ON)
    actions["disposal.complete"].run(kept.clerk, {"id": "CHZ-2026-00001", "done_on": "2026-11-24"}, on=ON)
    assert ("not_written_off", -10_000) in [(one.ground, one.amount) for one in reconciled(kept.water, ON).accounts[0].differences]


def test_the_page_says_each_ground_and_what_to_do(kept: Town, client: Client) -> None:
    client.force_login(kept.clerk)
    page = client.get("/inventory/reconciliation/").content.decode()
    assert "卡片已建，财务未入账" in page and "差异全部说明" in page and page.count('data-testid="side"') == 2
    rows = client.get("/inventory/reconciliation/differences.csv").content.decode()
    assert rows.count("\n") == 5 and "饮水机" in rows


def test_a_stranger_reads_no_reconciliation(kept: Town, client: Client) -> None:
    client.force_login(kept.stranger)
    assert client.get("/inventory/reconciliation/").status_code == 403


def test_units_that_give_totals_and_units_that_give_lists_stand_side_by_side(kept: Town, django_user_model: Any) -> None:
    root = django_user_model.objects.create_superuser("root", password="a-long-password-1")
    for number in ("B-1", "B-2"):
        row = {"number": number, "name": "桌", "unit": "YC-DA", "cost": "50", "booking": "booked", "acquired_on": "2026-01-05"}
        actions["ledger.register_asset"].run(root, row)
    total = {"unit": "YC-DA", "on": "2026-11-24", "subject": "1601", "amount": "100"}
    actions["inventory.register_balance"].run(root, total)
    [side] = reconciled(kept.city, ON).accounts
    assert [(one.ground, one.number) for one in side.differences] == [("unbooked", "A-2"), ("only_in_accounts", "A-9")]
    assert (side.first, side.second, side.unexplained) == (34_000, 40_000, 0)
