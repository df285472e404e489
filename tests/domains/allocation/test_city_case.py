"""The invented city's case: a rented building is in use while owned ones have empty rooms."""

from __future__ import annotations

import pytest

from gongjia.demo.allocation import ROOT, chosen, write_plan
from gongjia.demo.seeding import SETUP, Keys
from gongjia.domains.allocation.gathering import Gatherer
from gongjia.domains.allocation.models import RoomPlan
from gongjia.domains.allocation.planning import told
from gongjia.domains.allocation.solver.problem import Problem
from gongjia.domains.allocation.solver.solve import solve
from gongjia.domains.allocation.terms import weights_of
from gongjia.org.models import User
from tests.city import City
from tests.domains.allocation.checker import is_lawful, points

pytestmark = [pytest.mark.data, pytest.mark.django_db]


def test_the_rented_building_is_planned_with_a_bound(demo_city: City):
    unit = demo_city.unit(ROOT)
    field = Gatherer(unit, chosen(), demo_city.today).field(weights_of(unit, demo_city.today), [])
    problem: Problem = field.problem
    result = solve(problem, 15)
    figures = told(field, result)
    assert problem.leases and problem.people
    assert is_lawful(problem, result.plan)
    assert result.points == pytest.approx(points(problem, result.plan))
    assert result.gap <= 0.03
    assert figures["plans"]["plan"]["leased_area"] < figures["plans"]["today"]["leased_area"]


def test_the_plan_of_the_city_is_kept_with_its_moves_and_is_the_same_each_time(demo_city: City):
    keys, actor = Keys(units={ROOT: demo_city.unit(ROOT).pk}), User.objects.get(username=SETUP)
    moves = [write_plan(actor, keys), write_plan(actor, keys)]
    second, first = RoomPlan.objects.order_by("-pk")[:2]
    assert moves == [first.moves.count(), second.moves.count()]
    assert list(first.moves.values_list("person", "target")) == list(second.moves.values_list("person", "target"))
    assert (first.state, second.state) == ("dropped", "proposed")
