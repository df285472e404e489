"""A plan is reckoned from the books, obeys what people say of it, and becomes requests."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from gongjia.core.jobs import Running, job_kinds
from gongjia.core.models import Job
from gongjia.core.problems import Refused
from gongjia.core.reservations import Claim, reserve
from gongjia.domains.warehouse.models import MatchPair, MatchPlan, Wish
from gongjia.domains.warehouse.plotting import field_of
from tests.domains.warehouse.stock import Stock, do, published


def wish(stock: Stock, **more: Any) -> int:
    given = {"unit": stock.archive.pk, "name": "打印机", "category": stock.printer.pk, **more}
    return do("warehouse.make_wish", stock.archivist, given)[0]


def reckoned(stock: Stock) -> MatchPlan:
    running = Running(Job.objects.create(kind="warehouse.match", actor=stock.keeper))
    return MatchPlan.objects.get(pk=job_kinds["warehouse.match"].run(running, unit=stock.town.city.pk)["plan"])


def pairs(plan: MatchPlan) -> list[tuple[int, int, str]]:
    return list(MatchPair.objects.filter(plan=plan).order_by("wish", "item").values_list("wish", "item", "state"))


def test_wishes_and_items_become_demands_and_things(stock: Stock):
    wanted, loose = wish(stock, quantity=2, urgency="3", bundle="窗口"), wish(stock, category=None)
    (pk,) = published(stock, "P-1")
    found = field_of(stock.town.city.path)
    assert [(d.key, d.quantity, d.urgency, d.bundle) for d in found.demands] == [(wanted, 2, 3, f"{stock.archive.pk}/窗口")]
    assert [thing.key for thing in found.things] == [pk]
    assert (found.without_class, Wish.objects.get(pk=loose).category) == (1, None)


def test_what_is_reserved_or_still_held_is_no_thing_to_give(stock: Stock):
    (taken,) = published(stock, "P-1")
    published(stock, "P-2", at_once=False)
    reserve("SQ-OTHER", [Claim("ledger.asset", taken)])
    assert field_of(stock.town.city.path).things == []


def test_a_plan_says_what_first_come_would_have_reached(stock: Stock):
    wish(stock)
    urgent = wish(stock, urgency="3")
    (pk,) = published(stock, "P-1")
    plan = reckoned(stock)
    assert pairs(plan) == [(urgent, pk, "proposed")]
    assert plan.figures["worth"] > plan.figures["first_worth"]
    assert plan.figures["bound"] >= plan.figures["worth"]


def test_what_is_pinned_stays_and_what_is_forbidden_goes(stock: Stock):
    usual, urgent = wish(stock), wish(stock, urgency="3")
    (pk,) = published(stock, "P-1")
    plan = reckoned(stock)
    do("warehouse.mark_pair", stock.keeper, {"id": plan.pk, "wish": usual, "item": pk, "state": "pinned"})
    again = reckoned(stock)
    assert (usual, pk, "pinned") in pairs(again)
    do("warehouse.mark_pair", stock.keeper, {"id": again.pk, "wish": usual, "item": pk, "state": "forbidden"})
    assert pairs(reckoned(stock)) == [(usual, pk, "forbidden"), (urgent, pk, "proposed")]


def test_one_item_is_not_pinned_twice(stock: Stock):
    usual, urgent = wish(stock), wish(stock, urgency="3")
    (pk,) = published(stock, "P-1")
    plan = reckoned(stock)
    do("warehouse.mark_pair", stock.keeper, {"id": plan.pk, "wish": usual, "item": pk, "state": "pinned"})
    with pytest.raises(Refused, match="已经固定"):
        do("warehouse.mark_pair", stock.keeper, {"id": plan.pk, "wish": urgent, "item": pk, "state": "pinned"})


def test_a_new_plan_takes_the_place_of_the_old(stock: Stock):
    wish(stock)
    published(stock, "P-1")
    old, _new = reckoned(stock), reckoned(stock)
    old.refresh_from_db()
    assert old.state == "dropped"
    with pytest.raises(Refused, match="重新计算"):
        do("warehouse.accept_plan", stock.keeper, {"id": old.pk})


def test_an_accepted_plan_becomes_a_request(stock: Stock, client: Client):
    wish(stock)
    published(stock, "P-1")
    plan = reckoned(stock)
    client.force_login(stock.keeper)
    answer = client.post(f"/warehouse/matching/{plan.pk}/accept/")
    plan.refresh_from_db()
    assert (answer.status_code, plan.state) == (302, "accepted")
    assert "/approvals/request/" in answer.headers["Location"]
