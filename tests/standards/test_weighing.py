"""A form's case as typed gets the same verdict as in the ledger, and silence while too little is known."""

from __future__ import annotations

from typing import Any

import pytest

from gongjia.standards.choices import Outcome
from gongjia.web.weighing import weighers
from tests.people import Town

pytestmark = pytest.mark.django_db


def outcomes(user: Any, action: str, **typed: Any) -> list[str]:
    said = weighers[action].weigh(user, typed)
    return [verdict.e.outcome for verdict in said["verdicts"]] if said else []


def card(**more: Any) -> dict[str, Any]:
    return {"unit": "YC-SW", "category": "A02010105", "cost": "9000", "quantity": "1", **more}


def test_a_dear_computer_is_doubted_where_the_central_table_only_serves_as_reference(town: Town):
    assert outcomes(town.clerk, "ledger.register_asset", **card()) == [Outcome.DOUBT]


def test_three_computers_are_weighed_by_the_price_of_one(town: Town):
    assert outcomes(town.clerk, "ledger.register_asset", **card(quantity="3")) == [Outcome.COMPLIANT]


@pytest.mark.parametrize("missing", ["unit", "category", "cost"])
def test_while_something_is_missing_nothing_is_said(town: Town, missing: str):
    assert outcomes(town.clerk, "ledger.register_asset", **card(**{missing: ""})) == []


@pytest.mark.parametrize("wrong", [{"cost": "viel"}, {"quantity": "0"}, {"unit": "YC-DA"}, {"category": "nonsense"}])
def test_what_cannot_be_read_or_seen_is_not_weighed(town: Town, wrong: dict[str, str]):
    assert outcomes(town.clerk, "ledger.register_asset", **card(**wrong)) == []


def vehicle(**more: Any) -> dict[str, Any]:
    return {"unit": "YC-SW", "purpose": "confidential", "body": "sedan", "energy": "fuel", "special_need": "false", **more}


def test_a_dear_and_strong_vehicle_breaks_two_limits(town: Town):
    typed = vehicle(price="260000", displacement="2.4")
    assert outcomes(town.inspector, "vehicles.register_vehicle", **typed) == [Outcome.BREACH, Outcome.BREACH]


def test_only_the_limit_that_can_be_judged_is_told(town: Town):
    assert len(outcomes(town.inspector, "vehicles.register_vehicle", **vehicle(price="100000"))) == 1
