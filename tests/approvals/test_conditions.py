"""What conditions read: the request, and the standards of its unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongjia.approvals.engine.expressions import Undecided, parsed
from gongjia.approvals.models import Request, Route, Step
from gongjia.approvals.reckoning import asked_of, total_of
from gongjia.approvals.services.publishing import publish
from gongjia.core.action import actions
from gongjia.core.problems import Refused
from gongjia.org.models import Unit
from tests.approvals.drawing import flows, node, process, task
from tests.approvals.working import REGISTER, Office, act, approve, draft, serve, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.data]
LIMIT = "request.total >= limit('finance_countersign', 'amount')"


def value(office: Office, condition: str, **more: object) -> object:
    asked = asked_of(Request.objects.get(pk=draft(office, **more)))
    return parsed(condition).value(asked.names, asked.functions)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("request.total", Decimal("1200.50")),
        ("request.total > 1200 and request.total < 1201", True),
        ("count(request.rows) == 1", True),
        ("sum(request.rows.cost) * 2", Decimal("2401.00")),
        ("max(request.rows.cost) >= 1200.5", True),
        ("'打印机' in request.rows.name", True),
        ("request.unit == 'YC-SW' or request.tier == 'county'", True),
        ("not request.action == 'x'", True),
        ("'YC-SW' in request.rows.unit and 'YC-DA' not in request.rows.unit", True),
        ("1 < 2 < 3", True),
        ("limit('finance_countersign', 'amount')", Decimal(50000)),
        (LIMIT, False),
    ],
)
def test_a_condition_is_reckoned_over_the_request(office: Office, condition: str, expected: object) -> None:
    assert value(office, condition) == expected


@pytest.mark.parametrize(
    "condition", ["max(request.rows.brand) == 'x'", "request.total > request.nothing", "request.total > 'x'", "request.total / 0 > 1"]
)
def test_what_nobody_knows_is_told_never_passed(office: Office, condition: str) -> None:
    with pytest.raises(Undecided):
        value(office, condition)


def test_a_limit_that_no_table_sets_stops_the_request_with_a_sentence(office: Office) -> None:
    Unit.objects.update(tier="central", nature="enterprise")
    gate = node("exclusiveGateway", "gate", default="gate_end")
    ways = flows("start > head", "head > gate", "gate > b ? request.total > limit('disposal_approval', 'amount')", "gate > end", "b > end")
    publish(
        "limits", "限额", [REGISTER], office.town.water.pk, process(task("head", role="unit_head"), gate, task("b", role="chief"), ways)
    )
    request = submitted(office)
    with pytest.raises(Refused, match="无法判断"):
        approve(office.head, request)
    assert Request.objects.get(pk=request.pk).state == "running"


@pytest.mark.parametrize(("cost", "state"), [("49999.99", "done"), ("50000", "running")])
def test_finance_signs_from_the_threshold_on(office: Office, cost: str, state: str) -> None:
    serve("three_step")
    actions["approvals.retire_route"].run(office.assets, {"id": Route.objects.get(key="test-simple").pk})
    request = approve(office.assets, approve(office.head, submitted(office, cost=cost)))
    assert request.state == state
    assert Step.objects.filter(request=request, spec="finance").exists() is (state == "running")


def test_the_total_of_what_is_changed_is_its_cost_and_of_what_is_bought_price_times_number(office: Office) -> None:
    card = actions[REGISTER].run(office.town.clerk, {"number": "C-1", "name": "桌", "unit": "YC-SW", "cost": "800"})
    assert total_of(actions["ledger.transfer_asset"], [{"id": card, "unit": 1}]) == 800
    assert total_of(actions["acquisition.purchase_asset"], [{"unit_price": "12.5", "quantity": "4"}, {"unit_price": "1"}]) == 51


def test_a_request_keeps_the_version_that_it_started_with(office: Office) -> None:
    request = submitted(office)
    serve("reform")
    publish("test-simple", "simple", [REGISTER], None, process(task("b", role="chief"), flows("start > b", "b > end")))
    act(office.head, "return_step", {"id": Step.objects.get(request=request).pk, "note": "改"})
    act(office.asker, "submit_request", {"id": request.pk})
    assert Step.objects.filter(request=request, state="open").get().spec == "head"


def test_the_route_of_the_nearer_unit_wins(office: Office) -> None:
    publish("nearer", "本单位", [REGISTER], office.town.water.pk, process(task("b", role="chief"), flows("start > b", "b > end")))
    assert Step.objects.get(request=submitted(office)).spec == "b"
