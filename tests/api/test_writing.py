"""POST /api/actions/<key>: the same action as every door, with answers that a program can act on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from gongjia.core.models import AuditEntry, Batch
from gongjia.ledger.models import Asset
from tests.api.conftest import Program
from tests.people import Town

pytestmark = pytest.mark.django_db
REGISTER, EDIT = "actions/ledger.register_asset", "actions/ledger.edit_asset"


def card(**more: Any) -> dict[str, Any]:
    return {"number": "A-1", "name": "台式计算机", "unit": "YC-SW", "cost": "4800.50", "category": "A02010105", **more}


def test_one_object_is_one_record(clerk: Program, town: Town) -> None:
    done = clerk.post(REGISTER, card())
    assert done.status_code == 200
    pk = done.json()["ids"][0]
    assert Asset.objects.get(pk=pk).cost == Decimal("4800.50")
    assert AuditEntry.objects.get(subject="ledger.asset", subject_id=pk).actor == town.clerk
    assert Batch.objects.get(pk=done.json()["batch"]).origin == "json"


def test_a_list_is_one_batch(clerk: Program) -> None:
    done = clerk.post(REGISTER, [card(number=f"A-{n}") for n in range(30)])
    assert len(done.json()["ids"]) == 30
    assert Batch.objects.filter(origin="json").count() == 1


def test_a_number_keeps_every_digit(clerk: Program) -> None:
    body = b'{"number": "A-1", "name": "x", "unit": "YC-SW", "cost": 1234567890123.45}'
    pk = clerk.post(REGISTER, body).json()["ids"][0]
    assert Asset.objects.get(pk=pk).cost == Decimal("1234567890123.45")


def test_every_problem_of_every_row_comes_back_and_nothing_is_written(clerk: Program) -> None:
    no = clerk.post(REGISTER, [card(), card(number="A-2", cost="很多"), card(number="A-3", unit="没有"), {"number": "A-4"}])
    assert no.status_code == 422
    assert not Asset.objects.exists()
    found = {(problem["row"], problem["field"]) for problem in no.json()["problems"]}
    assert found >= {(1, "cost"), (2, "unit"), (3, "name"), (3, "unit")}


def test_good_rows_need_not_wait_for_bad_ones(clerk: Program) -> None:
    done = clerk.post(REGISTER, [card(), card(number="A-2", cost="很多")], "?partial=1")
    assert done.status_code == 200
    assert done.json()["refused"] == 1
    assert len(done.json()["ids"]) == 1


def test_when_no_row_is_good_partial_is_a_refusal_too(clerk: Program) -> None:
    assert clerk.post(REGISTER, [card(cost="很多")], "?partial=1").status_code == 422


def test_an_unknown_field_is_named(clerk: Program) -> None:
    problems = clerk.post(REGISTER, card(colour="red")).json()["problems"]
    assert [(problem["field"], problem["code"]) for problem in problems] == [("colour", "extra_forbidden")]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"3", b"[1]", b'"x"', b"\xff", b"null"])
def test_what_is_no_object_is_refused_in_words(clerk: Program, body: bytes) -> None:
    no = clerk.post(REGISTER, body)
    assert no.status_code == 422
    assert no.json()["problems"][0]["message"]


def test_who_may_not_is_told_which_permission_is_lacking(stranger: Program) -> None:
    no = stranger.post(REGISTER, card())
    assert no.status_code == 403
    assert no.json()["permission"] == "ledger.register_asset"


def test_a_foreign_unit_is_closed(clerk: Program) -> None:
    assert clerk.post(REGISTER, card(unit="YC-DA")).status_code in (403, 422)
    assert not Asset.objects.exists()


def test_an_unknown_action_is_not_there(clerk: Program) -> None:
    assert clerk.post("actions/ledger.burn_asset", card()).status_code == 404


def test_a_record_that_is_not_there_is_not_found(clerk: Program) -> None:
    assert clerk.post(EDIT, {"id": 999_999, "name": "x"}).status_code == 404


@pytest.mark.parametrize("name", ["pk", "code"])
def test_somebody_elses_newer_work_is_not_overwritten(clerk: Program, name: str) -> None:
    pk = clerk.post(REGISTER, card()).json()["ids"][0]
    key = pk if name == "pk" else "A-1"
    assert clerk.post(EDIT, {"id": key, "name": "一", "version": 1}).status_code == 200
    assert clerk.post(EDIT, {"id": key, "name": "二", "version": 1}).status_code == 409
    assert Asset.objects.get().name == "一"


def test_too_much_at_once_is_said(clerk: Program, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    assert clerk.post(REGISTER, card()).status_code == 413
