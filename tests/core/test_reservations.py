"""What a pending request holds is granted to nobody else, does not move, and is let go exactly once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from gongjia.core.action import actions
from gongjia.core.problems import Refused
from gongjia.core.reservations import Claim, live, release, release_overdue, reserve
from gongjia.ledger.models import Asset
from tests.people import Town

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def card(town: Town) -> int:
    return actions["ledger.register_asset"].run(town.clerk, {"number": "A-1", "name": "打印机", "unit": "YC-SW", "quantity": "5"})


def of(card: int, amount: str | None = None) -> list[Claim]:
    part = Decimal(amount) if amount else None
    return [Claim("ledger.asset", card, part, Decimal(5) if part else None, "打印机")]


def test_two_requests_never_hold_one_item(card: int) -> None:
    reserve("QQ-1", of(card))
    with pytest.raises(Refused, match="QQ-1"):
        reserve("QQ-2", of(card))


def test_amounts_share_a_record_up_to_its_capacity(card: int) -> None:
    reserve("QQ-1", of(card, "3"))
    reserve("QQ-2", of(card, "2"))
    with pytest.raises(Refused, match="只剩 0"):
        reserve("QQ-3", of(card, "1"))


def test_a_whole_and_an_amount_exclude_each_other(card: int) -> None:
    reserve("QQ-1", of(card, "1"))
    with pytest.raises(Refused):
        reserve("QQ-2", of(card))


def test_what_is_released_is_free_again_and_only_once(card: int) -> None:
    reserve("QQ-1", of(card))
    assert (release("QQ-1"), release("QQ-1")) == (1, 0)
    reserve("QQ-2", of(card))
    assert [row.holder for row in live("ledger.asset", [card])] == ["QQ-2"]


def test_an_overdue_reservation_lapses(card: int) -> None:
    reserve("QQ-1", of(card), until=dt.date(2026, 3, 1))
    assert release_overdue(dt.date(2026, 3, 1)) == 0
    assert release_overdue(dt.date(2026, 3, 2)) == 1


def test_the_ledger_does_not_move_what_is_reserved(town: Town, card: int) -> None:
    reserve("QQ-1", of(card))
    with pytest.raises(Refused, match="QQ-1"):
        actions["ledger.change_status"].run(town.clerk, {"id": card, "status": "idle"})
    assert Asset.objects.get(pk=card).status == "in_use"
    release("QQ-1")
    actions["ledger.change_status"].run(town.clerk, {"id": card, "status": "idle"})
