"""What is only asked for becomes a draft, whichever door it comes through."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from gongjia.approvals.models import Request
from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.asking import ask, askers, way
from gongjia.core.problems import NeedsRequest
from gongjia.org.models import RoleGrant
from tests import people
from tests.approvals.working import Office
from tests.approvals_pages.conftest import Enter

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def cards(office: Office) -> list[int]:
    register = actions["ledger.register_asset"]
    rows = [{"number": f"A-{n}", "name": "打印机", "unit": "YC-SW"} for n in (1, 2)]
    return register.run_many(office.town.clerk, rows).ids


def draft() -> Request:
    return Request.objects.get()


def test_the_button_says_that_it_is_asked_for(office: Office, enter: Enter, cards: list[int]) -> None:
    page = enter(office.asker).get(f"/ledger/asset/{cards[0]}/").content.decode()
    assert "申请调拨" in page and "申请变更使用状况" in page


def test_who_may_do_it_does_it(office: Office, cards: list[int]) -> None:
    status = actions["ledger.change_status"]
    assert (way(access(office.town.clerk), status), way(access(office.asker), status)) == ("do", "ask")
    assert way(access(office.town.clerk), actions["ledger.transfer_asset"]) == "ask"
    assert way(access(office.town.stranger), status) == ""


def test_the_form_of_an_action_by_request_opens_a_draft(office: Office, enter: Enter, cards: list[int]) -> None:
    address = f"/ledger/asset/{cards[0]}/do/ledger.transfer_asset/"
    answer = enter(office.asker).post(address, {"unit": "YC-DA"})
    assert answer.status_code == 302 and answer["Location"] == f"/approvals/request/{draft().pk}/"
    assert draft().rows == [{"id": cards[0], "unit": office.town.archive.pk}]


def test_a_form_that_the_action_would_refuse_makes_no_draft(office: Office, enter: Enter, cards: list[int]) -> None:
    page = enter(office.asker).post(f"/ledger/asset/{cards[0]}/do/ledger.transfer_asset/", {"unit": "NOWHERE"}).content.decode()
    assert "NOWHERE" in page and not Request.objects.exists()


def test_marked_rows_become_one_request(office: Office, enter: Enter, cards: list[int]) -> None:
    typed = {"id": ",".join(map(str, cards)), "action": "ledger.transfer_asset", "sure": "1", "unit": "YC-DA"}
    enter(office.asker).post("/bulk/ledger.asset/", typed)
    assert [row["id"] for row in draft().rows] == cards


def test_json_answers_202_with_the_request(office: Office, enter: Enter, cards: list[int]) -> None:
    answer = json_post(enter(office.asker), "ledger.transfer_asset", {"id": cards[0], "unit": "YC-DA"})
    assert answer.status_code == 202
    assert answer.json() == {"request": draft().key, "url": f"/approvals/request/{draft().pk}/"}


def test_json_without_the_right_to_ask_is_forbidden(office: Office, enter: Enter, cards: list[int]) -> None:
    answer = json_post(enter(office.town.inspector), "ledger.transfer_asset", {"id": cards[0], "unit": "YC-DA"})
    assert answer.status_code == 403 and not Request.objects.exists()


def test_where_nobody_keeps_requests_asking_stays_forbidden(office: Office, monkeypatch: pytest.MonkeyPatch, cards: list[int]) -> None:
    monkeypatch.setattr(askers, "_items", {})
    with pytest.raises(NeedsRequest):
        ask(office.asker, actions["ledger.transfer_asset"], [{"id": cards[0], "unit": "YC-DA"}])
    assert way(access(office.asker), actions["ledger.transfer_asset"]) == ""


def test_a_reference_field_finds_units_outside_ones_rights_but_no_secret_ones(office: Office, enter: Enter) -> None:
    client = enter(office.asker)
    assert [hit["value"] for hit in client.get("/directory/org.unit/?q=档案").json()["hits"]] == ["YC-DA"]
    type(office.town.archive).objects.filter(pk=office.town.archive.pk).update(secret=True)
    assert client.get("/directory/org.unit/?q=档案").json()["hits"] == []
    assert client.get("/directory/ledger.asset/?q=A").status_code == 404


def json_post(client: Client, key: str, row: dict[str, object]):  # type: ignore[no-untyped-def]
    return client.post(f"/api/actions/{key}", json.dumps(row), content_type="application/json")


def test_who_sees_a_foreign_unit_cannot_ask_for_anything_there(office: Office, enter: Enter, cards: list[int]) -> None:
    both = people.user("both", "auditor", office.town.city)
    RoleGrant.objects.create(user=both, role="requester", unit=office.town.archive, valid_from=people.SINCE)
    answer = json_post(enter(both), "ledger.transfer_asset", {"id": cards[0], "unit": "YC-DA"})
    assert answer.status_code == 403 and not Request.objects.exists()
