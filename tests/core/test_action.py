"""One way to write: permission, one validator, one transaction with audit, index and undo."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from gongjia.core.action import actions, context_for
from gongjia.core.models import AuditEntry, Batch
from gongjia.core.problems import Conflict, Forbidden, Refused
from gongjia.core.query import Query, page
from gongjia.core.resource import NotFound, resources
from gongjia.core.undo import undo_batch
from gongjia.ledger.models import Asset, Entry
from gongjia.org.models import User
from tests.people import Town

pytestmark = pytest.mark.django_db
REGISTER, EDIT, TRANSFER = "ledger.register_asset", "ledger.edit_asset", "ledger.transfer_asset"


def card(**more: Any) -> dict[str, Any]:
    return {"number": "A-1", "name": "台式计算机", "unit": "YC-SW", "cost": "4800.50", "category": "A02010105", **more}


def test_a_registered_card_has_its_entry_and_its_audit(town: Town) -> None:
    pk = actions[REGISTER].run(town.clerk, card())
    assert Asset.objects.get(pk=pk).cost == Decimal("4800.50")
    entry = Entry.objects.get(asset=pk)
    assert (entry.kind, entry.cost_delta, entry.unit_to) == ("register", Decimal("4800.50"), town.water)
    audit = AuditEntry.objects.get(subject="ledger.asset", subject_id=pk)
    assert audit.before is None and audit.after["number"] == "A-1" and audit.actor == town.clerk


def test_what_is_wrong_is_said_per_field_and_nothing_is_written(town: Town) -> None:
    with pytest.raises(Refused) as refusal:
        actions[REGISTER].run(town.clerk, {"name": "桌", "unit": "没有", "acquired_on": "2019/13/5", "status": "坏了"})
    assert {problem.field for problem in refusal.value.problems} >= {"unit", "status"}
    assert not Asset.objects.exists() and not AuditEntry.objects.exists() and not Batch.objects.exists()


def test_a_stranger_and_a_foreign_unit_are_refused(town: Town) -> None:
    with pytest.raises(Forbidden):
        actions[REGISTER].run(town.stranger, card())
    with pytest.raises((Forbidden, Refused)):
        actions[REGISTER].run(town.clerk, card(unit="YC-DA"))
    assert not Asset.objects.exists()


def test_a_foreign_card_is_not_found(root: User, town: Town) -> None:
    pk = actions[REGISTER].run(root, card(unit="YC-DA"))
    with pytest.raises(NotFound):
        actions[EDIT].run(town.clerk, {"id": pk, "name": "改名"})


def test_an_edit_carries_only_what_was_given(town: Town) -> None:
    pk = actions[REGISTER].run(town.clerk, card(brand="某牌"))
    actions[EDIT].run(town.clerk, {"id": pk, "name": "台式机"})
    row = Asset.objects.get(pk=pk)
    assert (row.name, row.brand, row.version) == ("台式机", "某牌", 2)
    assert AuditEntry.objects.latest("id").before == {"name": "台式计算机"}


def test_a_transfer_moves_the_card_and_leaves_an_entry(root: User, town: Town) -> None:
    pk = actions[REGISTER].run(root, card())
    actions[TRANSFER].run(root, {"id": pk, "unit": "YC-DA"}, request_key="QQ-1")
    entry = Entry.objects.filter(asset=pk).latest("id")
    assert (entry.kind, entry.seq, entry.unit_from_id, entry.unit_to_id) == ("transfer", 2, town.water.pk, town.archive.pk)


def test_somebody_elses_newer_work_is_not_overwritten(town: Town) -> None:
    pk = actions[REGISTER].run(town.clerk, card())
    actions[EDIT].run(town.clerk, {"id": pk, "name": "第一次"})
    with pytest.raises(Conflict):
        actions[EDIT].run(town.clerk, {"id": pk, "name": "第二次"}, expected={pk: 1})


def test_a_batch_is_undone_as_one_and_its_numbers_are_free_again(town: Town) -> None:
    outcome = actions[REGISTER].run_many(town.clerk, [card(number=f"A-{n}") for n in range(5)])
    undo_batch(town.clerk, outcome.batch)
    assert not resources["ledger.asset"].queryset(town.clerk).exists()
    assert sum(Entry.objects.values_list("cost_delta", flat=True)) == 0
    assert len(actions[REGISTER].run_many(town.clerk, [card(number=f"A-{n}") for n in range(5)]).ids) == 5


def test_a_batch_that_was_built_upon_is_not_undone(town: Town) -> None:
    outcome = actions[REGISTER].run_many(town.clerk, [card()])
    actions[EDIT].run(town.clerk, {"id": outcome.ids[0], "name": "后来"})
    with pytest.raises(Refused, match="1"):
        undo_batch(town.clerk, outcome.batch)


def test_good_rows_need_not_wait_for_bad_ones(town: Town) -> None:
    rows = [card(number="A-1"), card(number="A-1"), card(number="A-2", cost="很多"), card(number="A-3")]
    outcome = actions[REGISTER].run_many(town.clerk, rows, all_or_nothing=False)
    assert len(outcome.ids) == 2
    assert [(problem.row, problem.field) for problem in outcome.problems] == [(2, "cost"), (1, "number")]


@pytest.mark.parametrize("text", ["台式", "计算机", "tsjsj", "jsj", "A-1", "lenovo"])
def test_a_card_is_found_by_part_of_its_name_its_initials_or_its_number(town: Town, text: str) -> None:
    actions[REGISTER].run(town.clerk, card(brand="Lenovo"))
    actions[REGISTER].run(town.clerk, card(number="B-2", name="文件柜"))
    found = page(resources["ledger.asset"], town.clerk, Query(q=text)).rows
    assert [row["name"] for row in found] == ["台式计算机"]


@pytest.mark.parametrize("sort", ["", "cost", "-cost", "acquired_on", "-acquired_on", "name"])
def test_pages_follow_one_another_without_gap_or_repeat(town: Town, sort: str) -> None:
    rows = [card(number=f"A-{n}", cost=n % 3, acquired_on=None if n % 4 else f"2020-01-{n + 1:02d}") for n in range(13)]
    actions[REGISTER].run_many(town.clerk, rows)
    seen, after = [], ""
    for _turn in range(7):
        got = page(resources["ledger.asset"], town.clerk, Query(sort=sort, after=after, size=2))
        seen += [row["number"] for row in got.rows]
        after = got.next
    assert len(seen) == 13 == len(set(seen)) and after == ""


@pytest.fixture
def root(town: Town) -> User:
    return User.objects.create_superuser("root", password="a-long-password-1")


def test_a_text_longer_than_its_column_is_refused_with_both_lengths(town: Town) -> None:
    with pytest.raises(Refused) as refusal:
        actions[REGISTER].run(town.clerk, card(name="桌" * 161))
    [problem] = refusal.value.problems
    assert (problem.code, problem.field) == ("string_too_long", "name") and "161" in problem.message and "160" in problem.message


def test_a_number_taken_while_the_rows_were_being_prepared_is_a_conflict_and_nothing_is_written(town: Town) -> None:
    context = context_for(town.clerk)
    prepared = actions[REGISTER].prepare(context, [card(), card(number="A-2")])
    actions[REGISTER].run(town.clerk, card())
    with pytest.raises(Conflict, match="编号"):
        actions[REGISTER].commit(context, prepared)
    assert Asset.objects.count() == 1


def test_a_foreign_row_among_ones_own_is_left_out_and_said(town: Town) -> None:
    outcome = actions[REGISTER].run_many(town.clerk, [card(), card(number="A-2", unit=town.archive.pk)], all_or_nothing=False)
    assert len(outcome.ids) == 1 and [problem.row for problem in outcome.problems] == [1]


def test_a_text_with_a_nul_is_refused_on_every_database(town: Town) -> None:
    with pytest.raises(Refused, match="控制字符"):
        actions[REGISTER].run(town.clerk, card(name="桌\x00子"))
