"""Who holds what: every change has its paper and its entry; nobody leaves with open items."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from gongjia.core.action import actions, context_for
from gongjia.core.problems import Forbidden, NeedsRequest, Refused
from gongjia.core.resource import NotFound
from gongjia.domains.custody.models import HandOver, Letting, Repair
from gongjia.ledger.models import Asset, Entry
from gongjia.org.models import Person
from tests.people import Town

pytestmark = [pytest.mark.django_db, pytest.mark.data]
TODAY = dt.date(2026, 11, 24)


def do(town: Town, key: str, **row: Any) -> int:
    return actions[f"custody.{key}"].run(town.clerk, row, on=TODAY)


@pytest.fixture
def card(town: Town) -> Asset:
    what = {"number": "A-1", "name": "笔记本电脑", "unit": "YC-SW", "cost": "6000", "status": "idle", "depreciation_months": 72}
    return Asset.objects.get(pk=actions["ledger.register_asset"].run(town.clerk, what))


@pytest.fixture
def other(town: Town) -> Person:
    return Person.objects.create(staff_code="P002", name="吴明", unit=town.water)


def fresh(card: Asset) -> Asset:
    card.refresh_from_db()
    return card


def test_what_is_issued_is_in_use_and_has_its_paper(town: Town, card: Asset) -> None:
    do(town, "issue_asset", id=card.pk, custodian="P001", place="0612")
    assert (fresh(card).custodian, card.status, card.idle_since, card.place) == (town.person, "in_use", None, town.room)
    paper = HandOver.objects.get(assets=card)
    assert (paper.number, paper.kind, paper.giver, paper.receiver) == ("JJ-2026-00001", "issue", None, town.person)
    assert Entry.objects.get(asset=card, kind="hand_over").custodian_to == town.person


def test_what_is_held_is_handed_over_and_given_back(town: Town, card: Asset, other: Person) -> None:
    do(town, "issue_asset", id=card.pk, custodian="P001")
    with pytest.raises(Refused, match="周立新"):
        do(town, "issue_asset", id=card.pk, custodian="P002")
    do(town, "hand_over_asset", id=card.pk, custodian="P002")
    do(town, "return_asset", id=card.pk)
    assert (fresh(card).custodian, card.status, card.idle_since) == (None, "idle", TODAY)
    papers = HandOver.objects.filter(assets=card).order_by("pk").values_list("giver__name", "receiver__name")
    assert list(papers) == [(None, "周立新"), ("周立新", "吴明"), ("吴明", None)]


def test_one_paper_serves_all_cards_between_the_same_two(town: Town, card: Asset) -> None:
    second = actions["ledger.register_asset"].run(town.clerk, {"number": "A-2", "name": "显示器", "unit": "YC-SW", "status": "idle"})
    rows = [{"id": pk, "custodian": "P001"} for pk in (card.pk, second)]
    actions["custody.issue_asset"].run_many(town.clerk, rows)
    assert HandOver.objects.get().assets.count() == 2


def test_another_units_person_receives_by_transfer_only(town: Town, card: Asset, django_user_model: Any) -> None:
    root = django_user_model.objects.create_superuser("root", password="a-long-password-1")
    Person.objects.create(staff_code="P003", name="郑外", unit=town.archive)
    with pytest.raises(Refused, match="申请调拨"):
        actions["custody.issue_asset"].run(root, {"id": card.pk, "custodian": "P003"})


def test_a_stranger_and_a_foreign_clerk_move_nothing(town: Town, card: Asset) -> None:
    with pytest.raises(Forbidden):
        actions["custody.issue_asset"].run(town.stranger, {"id": card.pk, "custodian": "P001"})
    foreign = actions["custody.issue_asset"]
    Asset.objects.filter(pk=card.pk).update(unit=town.archive)
    with pytest.raises(NotFound):
        foreign.run(town.clerk, {"id": card.pk, "custodian": "P001"})


def test_nobody_leaves_with_open_items(town: Town, card: Asset) -> None:
    do(town, "issue_asset", id=card.pk, custodian="P001")
    with pytest.raises(Refused, match="1 项未交接：A-1 笔记本电脑"):
        do(town, "leave_person", id="P001", left_on="2026-11-24")
    with pytest.raises(Refused, match="未交接"):
        actions["org.edit_person"].run(town.clerk, {"id": "P001", "status": "retired"})
    do(town, "return_asset", id=card.pk)
    do(town, "leave_person", id="P001", status="retired", left_on="2026-11-24")
    town.person.refresh_from_db()
    assert (town.person.status, town.person.left_on) == ("retired", TODAY)


def test_a_file_that_tells_what_has_happened_is_warned_only(town: Town, card: Asset) -> None:
    do(town, "issue_asset", id=card.pk, custodian="P001")
    context = context_for(town.clerk, "import")
    prepared = actions["org.edit_person"].prepare(context, [{"id": "P001", "status": "left"}])
    assert [(p.code, p.level) for p in prepared.problems] == [("still_holds", "warning")] and len(prepared.rows) == 1


LENT = {"kind": "lend", "party": "某活动筹备组", "starts_on": "2026-11-01", "due_on": "2026-11-20"}


def let(town: Town, card: Asset, **more: Any) -> Letting:
    actions["custody.let_asset"].run(town.clerk, {"id": card.pk, **LENT, **more}, request_key="QQ-1", on=TODAY)
    return Letting.objects.get(asset=card)


def test_nothing_leaves_the_house_without_a_request(town: Town, card: Asset) -> None:
    with pytest.raises(NeedsRequest):
        do(town, "let_asset", id=card.pk, **LENT)


def test_what_is_lent_comes_back_idle_and_is_lent_once_at_a_time(town: Town, card: Asset) -> None:
    letting = let(town, card)
    assert (fresh(card).status, letting.number, letting.request_key) == ("lent", "CZ-2026-00001", "QQ-1")
    with pytest.raises(Refused, match="出借"):
        let(town, card)
    do(town, "end_letting", id=letting.pk, returned_on="2026-11-24", condition="damaged")
    letting.refresh_from_db()
    assert (fresh(card).status, letting.condition) == ("idle", "damaged")


def test_rent_comes_from_leases_only(town: Town, card: Asset) -> None:
    with pytest.raises(Refused, match="出借不收租金"):
        let(town, card, rent="10")
    letting = let(town, card, kind="lease", rent="1200")
    do(town, "record_income", letting=letting.number, amount="1200", received_on="2026-11-24")
    with pytest.raises(Refused, match="大于 0"):
        do(town, "record_income", letting=letting.number, amount="0", received_on="2026-11-24")


def test_a_repair_that_counts_as_cost_makes_the_card_grow(town: Town, card: Asset) -> None:
    what = {"asset": "A-1", "fault": "屏坏", "work": "换屏并扩内存", "done_on": "2026-11-20", "cost": "900"}
    do(town, "record_repair", **what)
    assert fresh(card).cost == Decimal(6000)
    do(town, "record_repair", **what, capitalised="true", months_added="12")
    assert (fresh(card).cost, card.depreciation_months) == (Decimal(6900), 84)
    assert Entry.objects.get(asset=card, kind="revalue").cost_delta == Decimal(900) and Repair.objects.count() == 2


def test_a_repair_that_is_no_cost_lengthens_nothing(town: Town, card: Asset) -> None:
    with pytest.raises(Refused, match="不延长折旧年限"):
        do(town, "record_repair", asset="A-1", fault="无", work="保养", done_on="2026-11-20", cost="1", months_added="6")
