"""A reform moves everything at once and to the cent, keeps what is pending, and can be taken back until it is signed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.apps import apps

from gongjia.approvals.models import Request
from gongjia.core.action import actions
from gongjia.core.problems import NeedsRequest, Refused
from gongjia.core.reservations import Claim, reserve
from gongjia.domains.reform.models import Plan
from gongjia.domains.vehicles.models import Quota
from gongjia.ledger.models import Asset, Entry
from gongjia.ledger.rules import fold
from gongjia.org.models import AuthorisedPosts, Person, Place, Post, Unit, User
from tests.people import Town

pytestmark = [pytest.mark.django_db, pytest.mark.data]
ON = dt.date(2026, 11, 24)
DAY = dt.date(2026, 11, 1)
FOLLOWED = ("ledger.Asset", "org.Unit", "org.Person", "org.Place", "org.Post", "org.AuthorisedPosts", "vehicles.Quota", "approvals.Request")


@pytest.fixture
def root(django_user_model: Any) -> User:
    return django_user_model.objects.create_superuser("root", password="a-long-password-1")


@pytest.fixture
def two(town: Town, root: User) -> Town:
    """Two bureaux with cards, people, posts, quotas, a room and a pending request."""
    for number, unit, cost in (("A-1", "YC-SW", "100.10"), ("A-2", "YC-SW", "200.20"), ("A-1", "YC-DA", "50.05")):
        actions["ledger.register_asset"].run(root, {"number": number, "name": "桌", "unit": unit, "cost": cost})
    for unit in (town.water, town.archive):
        AuthorisedPosts.objects.create(unit=unit, level="staff", count=3, valid_from=dt.date(2020, 1, 1))
        Quota.objects.create(unit=unit, purpose="general", count=2, valid_from=dt.date(2020, 1, 1))
    Post.objects.create(person=town.person, unit=town.water, level="staff", valid_from=dt.date(2020, 1, 1))
    department = {"code": "YC-SW-1", "name": "供水科", "parent": "YC-SW", "kind": "department", "tier": "municipal", "division": "340900"}
    actions["org.register_unit"].run(root, department)
    card = Asset.objects.get(number="A-2")
    rows = [{"id": card.pk, "unit": town.water.pk}]
    Request.objects.create(
        key="QQ-9", title="待批", action="ledger.transfer_asset", unit=town.water, applicant=root, rows=rows, state="running"
    )
    reserve("QQ-9", [Claim("ledger.asset", card.pk)])
    return town


def do(root: User, key: str, request: str = "", **row: Any) -> int:
    return actions[f"reform.{key}"].run(root, row, on=ON, request_key=request)


def plan(root: User, **step: Any) -> Plan:
    made = do(root, "draft_plan", title="机构改革", unit="YC", document="云编〔2026〕1号", effective_on="2026-11-01")
    found = Plan.objects.get(pk=made)
    do(root, "add_step", plan=found.number, **step)
    return found


def merged(root: User) -> Plan:
    found = plan(root, verb="merge", unit="YC-SW", target="YC-DA")
    do(root, "carry_out_plan", "QQ-1", id=found.pk)
    found.refresh_from_db()
    return found


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return the live rows of every followed kind, without their versions."""
    found = {}
    for label in FOLLOWED:
        model = apps.get_model(label)
        rows = model.objects.filter(superseded_at__isnull=True) if hasattr(model, "superseded_at") else model.objects.all()
        found[label] = [{k: v for k, v in row.items() if k != "version"} for row in rows.order_by("pk").values()]
    return found


def test_nobody_reforms_without_a_request(two: Town, root: User) -> None:
    found = plan(root, verb="merge", unit="YC-SW", target="YC-DA")
    with pytest.raises(NeedsRequest):
        do(root, "carry_out_plan", id=found.pk)


def test_everything_goes_to_the_other_bureau_and_the_balance_is_even(two: Town, root: User) -> None:
    found = merged(root)
    assert found.before == found.after and found.before["ledger.asset"]["cost"] == "350.35"
    assert set(Asset.objects.values_list("unit__code", flat=True)) == {"YC-DA"}
    assert (Person.objects.get().unit, Place.objects.get().unit) == (two.archive, two.archive)
    water = Unit.objects.get(code="YC-SW")
    assert (water.closed_on, Unit.objects.get(code="YC-SW-1").parent) == (DAY, two.archive)


def test_a_number_that_both_use_keeps_where_it_came_from(two: Town, root: User) -> None:
    merged(root)
    assert sorted(Asset.objects.values_list("number", flat=True)) == ["A-1", "A-2", "YC-SW-A-1"]


def test_dated_rows_end_on_the_day_and_authorised_numbers_add_up(two: Town, root: User) -> None:
    merged(root)
    assert list(Post.objects.known().order_by("pk").values_list("unit__code", "valid_to")) == [("YC-SW", DAY), ("YC-DA", None)]
    assert AuthorisedPosts.objects.known().get(valid_to=None).count == 6
    assert Quota.objects.known().get(valid_to=None).count == 4


def test_what_is_pending_goes_along_and_keeps_its_card(two: Town, root: User) -> None:
    merged(root)
    pending = Request.objects.get(key="QQ-9")
    assert (pending.unit, pending.rows[0]["unit"]) == (two.archive, two.archive.pk)
    with pytest.raises(Refused, match="QQ-9"):
        actions["ledger.change_status"].run(root, {"id": Asset.objects.get(number="A-2").pk, "status": "idle"})


def test_a_reform_is_taken_back_to_the_cent(two: Town, root: User) -> None:
    before = everything()
    found = merged(root)
    do(root, "reverse_plan", id=found.pk, reason="暂缓")
    assert everything() == before
    for card in Asset.objects.all():
        state = fold(Entry.objects.filter(asset=card).values(), dt.date.max, dt.datetime.now(dt.UTC))
        assert (state.cost, state.quantity) == (card.cost, card.quantity)


def test_what_was_built_upon_is_not_taken_back(two: Town, root: User) -> None:
    found = merged(root)
    actions["ledger.edit_asset"].run(root, {"id": Asset.objects.get(number="YC-SW-A-1").pk, "name": "改"})
    with pytest.raises(Refused, match="1 条记录又有变动"):
        do(root, "reverse_plan", id=found.pk, reason="x")


def test_what_is_signed_stands(two: Town, root: User) -> None:
    found = merged(root)
    do(root, "sign_plan", id=found.pk, signed_on="2026-11-24", signed_by="局长")
    with pytest.raises(Refused, match="已签署"):
        do(root, "reverse_plan", id=found.pk, reason="x")


def test_a_unit_is_renamed_or_hung_elsewhere(two: Town, root: User) -> None:
    do(root, "carry_out_plan", "QQ-2", id=plan(root, verb="rename", unit="YC-SW", new_name="市水利局").pk)
    do(root, "carry_out_plan", "QQ-3", id=plan(root, verb="split", unit="YC-SW-1", target="YC-DA").pk)
    assert Unit.objects.get(code="YC-SW").name == "市水利局"
    moved = Unit.objects.get(code="YC-SW-1")
    assert moved.path == f"{two.archive.path}{moved.pk}."


def test_a_unit_that_holds_something_is_not_abolished_into_nothing(two: Town, root: User) -> None:
    with pytest.raises(Refused, match="撤销前要写接收单位"):
        do(root, "carry_out_plan", "QQ-4", id=plan(root, verb="abolish", unit="YC-SW").pk)


def test_only_a_place_and_what_stands_in_it_may_go(two: Town, root: User) -> None:
    actions["ledger.edit_asset"].run(root, {"id": Asset.objects.get(number="A-1", unit=two.water).pk, "place": "0612"})
    do(root, "carry_out_plan", "QQ-5", id=plan(root, verb="split", unit="YC-SW", target="YC-DA", place="0612").pk)
    assert Place.objects.get().unit == two.archive
    assert sorted(Asset.objects.values_list("number", "unit__code")) == [("A-1", "YC-DA"), ("A-2", "YC-SW"), ("YC-SW-A-1", "YC-DA")]


@pytest.mark.parametrize(
    ("step", "field"),
    [
        ({"verb": "merge", "unit": "YC-SW"}, "target"),
        ({"verb": "rename", "unit": "YC-SW"}, "new_name"),
        ({"verb": "merge", "unit": "YC", "target": "YC-SW"}, "target"),
    ],
)
def test_a_step_without_what_it_needs_is_refused(two: Town, root: User, step: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        plan(root, **step)
    assert field in {problem.field for problem in refusal.value.problems}
