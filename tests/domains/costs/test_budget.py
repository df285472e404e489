"""A budget line is used by movements alone, never beyond its amount, and never below what was used."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from gongjia.core.action import actions, context_for
from gongjia.core.models import AuditEntry
from gongjia.core.problems import Forbidden, Refused
from gongjia.core.reservations import Claim, reserve
from gongjia.domains.costs.models import BudgetLine, total_used
from gongjia.domains.costs.services import move
from tests.people import Town

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def register(town: Town, **more: Any) -> BudgetLine:
    row = {"code": "ZB-1", "unit": "YC-SW", "year": 2026, "subject": "31002", "name": "办公设备购置", "amount": "20000", **more}
    return BudgetLine.objects.get(pk=actions["costs.register_line"].run(town.clerk, row))


def test_a_movement_is_recorded_and_adds_up(town: Town) -> None:
    line, context = register(town), context_for(town.clerk, request_key="QQ-1")
    with transaction.atomic():
        move(context, line.pk, Decimal("120.50"))
        move(context, line.pk, Decimal("-20.50"))
    line.refresh_from_db()
    assert line.used == total_used(line.pk) == Decimal(100)
    assert context.trail.subjects == ["costs.budgetline", "costs.budgetuse"] * 2


def test_nothing_goes_beyond_the_amount(town: Town) -> None:
    line = register(town)
    with pytest.raises(Refused, match="只剩 20000"), transaction.atomic():
        move(context_for(town.clerk), line.pk, Decimal("20000.01"))
    assert total_used(line.pk) == 0


def test_more_is_never_given_back_than_was_used(town: Town) -> None:
    line = register(town)
    with pytest.raises(Refused, match="不超过已使用"):
        actions["costs.return_budget"].run(town.clerk, {"id": line.pk, "amount": "1"})


def test_a_line_that_a_request_counts_on_is_not_cut(town: Town) -> None:
    line = register(town)
    reserve("QQ-1", [Claim("costs.budgetline", line.pk, Decimal(100), line.amount)])
    with pytest.raises(Refused, match="QQ-1"):
        actions["costs.edit_line"].run(town.clerk, {"id": line.pk, "amount": "50"})


def test_a_line_is_not_cut_below_what_was_used(town: Town) -> None:
    line = register(town)
    with transaction.atomic():
        move(context_for(town.clerk), line.pk, Decimal(100))
    with pytest.raises(Refused, match="已使用的 100"):
        actions["costs.edit_line"].run(town.clerk, {"id": line.pk, "amount": "99.99"})


def test_a_code_is_registered_once_and_only_at_home(town: Town) -> None:
    register(town)
    with pytest.raises(Refused, match="已经用过"):
        register(town)
    with pytest.raises((Forbidden, Refused)):
        register(town, unit="YC-DA")
    assert AuditEntry.objects.filter(subject="costs.budgetline").count() == 1
