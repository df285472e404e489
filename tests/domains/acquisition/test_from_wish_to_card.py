"""The whole way of a purchase through its request: gates, three signatures, the order, the budget, the receipt."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from gongjia.approvals.models import Request, Step
from gongjia.approvals.seeing import waiting_for
from gongjia.core.action import actions
from gongjia.core.models import Reservation
from gongjia.core.problems import Forbidden, Refused
from gongjia.domains.acquisition.models import OrderLine
from gongjia.domains.costs.models import BudgetLine
from gongjia.org.models import User
from tests.people import Town, user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def signers(town: Town) -> list[User]:
    made = [("head", "unit_head", town.water), ("office", "asset_office", town.city), ("finance", "finance_office", town.city)]
    return [user(name, role, at) for name, role, at in made]


@pytest.fixture
def line(town: Town) -> BudgetLine:
    row = {"code": "ZB-1", "unit": "YC-SW", "year": 2026, "subject": "31002", "name": "办公设备购置", "amount": "900000"}
    return BudgetLine.objects.get(pk=actions["costs.register_line"].run(town.clerk, row))


def do(actor: User, verb: str, **row: Any) -> int:
    return actions[f"approvals.{verb}"].run(actor, row)


def draft(town: Town, price: str = "5000", **answer: Any) -> Request:
    what = {"unit": "YC-SW", "category": "A02010105", "name": "台式计算机", "quantity": "3", "unit_price": price, "use": "更新"}
    pk = do(town.clerk, "draft_request", action="acquisition.purchase_asset", rows=[what])
    if answer:
        do(town.clerk, "answer_gate", id=pk, gate="costs.budget", answer=answer)
    return Request.objects.get(pk=pk)


def sign_all(request: Request, signers: list[User]) -> Request:
    for signer in signers:
        for step in waiting_for(signer).filter(request=request):
            do(signer, "approve_step", id=step.pk, note="同意")
    request.refresh_from_db()
    return request


def test_a_purchase_without_a_budget_line_is_not_submitted(town: Town, signers: list[User], line: BudgetLine) -> None:
    request = draft(town)
    with pytest.raises(Refused, match="预算指标"):
        do(town.clerk, "submit_request", id=request.pk)
    assert not Reservation.objects.exists()


def test_a_granted_purchase_is_an_order_and_its_money_is_used(town: Town, signers: list[User], line: BudgetLine) -> None:
    request = draft(town, line="ZB-1")
    do(town.clerk, "submit_request", id=request.pk)
    assert Reservation.objects.get(subject="costs.budgetline", released_at=None).amount == Decimal(15000)
    request = sign_all(request, signers)
    line.refresh_from_db()
    assert (request.state, line.used, Reservation.objects.filter(released_at=None).count()) == ("done", Decimal(15000), 0)
    assert OrderLine.objects.get().request_key == request.key


def test_nobody_signs_for_himself(town: Town, signers: list[User], line: BudgetLine) -> None:
    request = draft(town, line="ZB-1")
    do(town.clerk, "submit_request", id=request.pk)
    step = Step.objects.get(request=request, state="open")
    with pytest.raises((Forbidden, Refused)):
        do(town.clerk, "approve_step", id=step.pk)
    assert not OrderLine.objects.exists()
