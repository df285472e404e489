"""The gate of the standards: what a request would break is told before anybody signs, and nothing of it stays."""

from __future__ import annotations

from typing import Any

import pytest

from gongjia.core.action import actions, context_for
from gongjia.core.gate import Case, Judgement, gates
from gongjia.core.models import AuditEntry
from gongjia.ledger.models import Asset, Category
from gongjia.org.models import Unit
from gongjia.standards.gates import kept_answer
from tests.city import City

pytestmark = [pytest.mark.django_db, pytest.mark.data]
PRINTER = "A02021003"


def judged(city: City, action: str, *rows: dict[str, Any], user: str = "assets") -> Judgement:
    """What the gate says of an action's rows."""
    made, context = actions[action], context_for(city.user(user), "request", request_key="-")
    prepared = made.prepare(context, rows)
    assert not prepared.problems
    found = gates["standards.after"].judge(Case(made, context, prepared.rows))
    assert found is not None
    return found


def purchase(unit: Unit, price: str, quantity: str = "1") -> dict[str, Any]:
    category = Category.objects.get(code=PRINTER, edition="2022")
    return {"unit": unit.pk, "category": category.pk, "name": "激光打印机", "quantity": quantity, "unit_price": price, "use": "办公"}


@pytest.fixture
def bureau(demo_city: City) -> Unit:
    return demo_city.unit("YC-JG")


def test_a_purchase_over_the_price_limit_is_told_with_clause_and_excess(demo_city: City, bureau: Unit) -> None:
    found = judged(demo_city, "acquisition.purchase_asset", purchase(bureau, "9000"))
    price = next(one for one in found.data["verdicts"] if one["check_key"] == "ledger.price")
    assert price["name"] and price["table_version"] and (kept_answer(price).over or 0) > 0
    assert found.verdict in ("warning", "blocked")


def test_a_purchase_within_every_limit_is_clear(demo_city: City, bureau: Unit) -> None:
    found = judged(demo_city, "acquisition.purchase_asset", purchase(bureau, "100"))
    assert not [one for one in found.data["verdicts"] if one["check_key"] == "ledger.price"]


def test_nothing_of_the_state_after_stays(demo_city: City, bureau: Unit) -> None:
    before = Asset.objects.count(), AuditEntry.objects.count()
    judged(demo_city, "acquisition.purchase_asset", purchase(bureau, "9000", "30"))
    assert (Asset.objects.count(), AuditEntry.objects.count()) == before


def test_what_is_broken_already_is_not_held_against_a_request(demo_city: City, bureau: Unit) -> None:
    made, context = actions["ledger.register_asset"], context_for(demo_city.user("assets"), "form")
    category = Category.objects.get(code=PRINTER, edition="2022")
    row = {"number": "DEAR-1", "name": "激光打印机", "unit": bureau.pk, "category": category.pk, "cost": "9000"}
    [card] = made.commit(context, made.prepare(context, [row]))
    assert judged(demo_city, "ledger.edit_asset", {"id": card, "brand": "清溪牌"}).data["new"] == 0
