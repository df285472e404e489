"""What a request reserves, how it is carried out, and what happens when it cannot be."""

from __future__ import annotations

import pytest

from gongjia.approvals import executing
from gongjia.approvals.models import Decision, Request
from gongjia.approvals.remembering import diff_since
from gongjia.core.action import actions
from gongjia.core.jobs import perform
from gongjia.core.models import AuditEntry, Job, Reservation
from gongjia.core.problems import NeedsRequest, Refused
from gongjia.ledger.models import Asset, Entry
from gongjia.org.models import RoleGrant, Unit
from tests.approvals.working import REGISTER, Office, act, approve, draft, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.data]
TRANSFER = "ledger.transfer_asset"


@pytest.fixture
def card(office: Office) -> Asset:
    pk = actions[REGISTER].run(office.town.clerk, {"number": "C-1", "name": "会议桌", "unit": "YC-SW", "cost": "800"})
    return Asset.objects.get(pk=pk)


def transfer(office: Office, card: Asset, to: str = "YC-DA") -> int:
    return act(office.asker, "draft_request", {"action": TRANSFER, "rows": {"id": card.pk, "unit": to}})


def sent(office: Office, card: Asset) -> Request:
    pk = transfer(office, card)
    act(office.asker, "submit_request", {"id": pk})
    return Request.objects.get(pk=pk)


def signed(office: Office, request: Request) -> Request:
    for who in (office.head, office.archive_head, office.assets):
        request = approve(who, request)
    return request


def held() -> list[str]:
    return list(Reservation.objects.filter(released_at__isnull=True).values_list("holder", flat=True))


def test_what_is_done_only_by_request_is_done_by_no_other_door(office: Office, card: Asset) -> None:
    with pytest.raises(NeedsRequest):
        actions[TRANSFER].run(office.town.clerk, {"id": card.pk, "unit": "YC-DA"})


def test_giver_receiver_and_office_sign_a_transfer_and_the_card_moves(office: Office, card: Asset) -> None:
    request = signed(office, sent(office, card))
    card.refresh_from_db()
    assert (request.state, card.unit.code, held()) == ("done", "YC-DA", [])
    assert Entry.objects.filter(asset=card).latest("id").request_key == request.key


def test_submission_reserves_and_a_second_request_for_the_same_card_is_told(office: Office, card: Asset) -> None:
    second, request = transfer(office, card), sent(office, card)
    assert held() == [request.key]
    with pytest.raises(Refused, match=request.key):
        act(office.asker, "submit_request", {"id": second})
    with pytest.raises(Refused, match=request.key):
        actions["ledger.change_status"].run(office.town.clerk, {"id": card.pk, "status": "idle"})


@pytest.mark.parametrize("ending", ["withdraw", "refuse", "void"])
def test_whatever_ends_a_request_frees_what_it_held(office: Office, card: Asset, ending: str) -> None:
    request = sent(office, card)
    if ending == "withdraw":
        act(office.asker, "withdraw_request", {"id": request.pk})
    elif ending == "refuse":
        act(office.head, "refuse_step", {"id": request.steps.get().pk, "note": "不同意"})
    else:
        act(office.assets, "void_request", {"id": request.pk, "note": "作废"})
    assert held() == [] and Reservation.objects.count() == 1
    assert sent(office, card).state == "running"


def test_a_returned_request_goes_on_holding(office: Office, card: Asset) -> None:
    request = sent(office, card)
    act(office.head, "return_step", {"id": request.steps.get().pk, "note": "补充说明"})
    assert held() == [request.key]
    act(office.asker, "submit_request", {"id": request.pk})
    assert held() == [request.key] and signed(office, request).state == "done"


def test_who_has_lost_his_post_is_told_so_and_the_request_can_be_tried_again(office: Office, card: Asset) -> None:
    request = sent(office, card)
    approve(office.head, request), approve(office.archive_head, request)
    RoleGrant.objects.filter(user=office.asker).update(valid_to="2021-01-01")
    stuck = approve(office.assets, request)
    assert stuck.state == "stuck" and "权限" in stuck.outcome["reason"] and held() == [request.key]
    RoleGrant.objects.filter(user=office.asker).update(valid_to=None)
    act(office.assets, "retry_request", {"id": request.pk})
    assert Request.objects.get(pk=request.pk).state == "done" and held() == []


def test_a_stuck_request_can_be_voided(office: Office, card: Asset) -> None:
    request = sent(office, card)
    approve(office.head, request), approve(office.archive_head, request)
    Unit.objects.filter(code="YC-DA").update(closed_on="2026-01-01")
    assert approve(office.assets, request).state == "stuck"
    act(office.asker, "void_request", {"id": request.pk, "note": "单位已撤销"})
    assert held() == [] and Asset.objects.get(pk=card.pk).unit.code == "YC-SW"


def test_the_approver_sees_what_has_changed_since(office: Office, card: Asset) -> None:
    request = sent(office, card)
    assert diff_since(request) == []
    actions["ledger.edit_asset"].run(office.town.clerk, {"id": card.pk, "name": "会议桌（旧）"})
    [change] = [one for one in diff_since(request) if one.pk == card.pk and one.resource == "ledger.asset"]
    assert (change.before, change.now) == ("会议桌", "会议桌（旧）")


def test_rows_that_the_action_refuses_make_no_draft_and_name_their_field(office: Office) -> None:
    with pytest.raises(Refused) as refusal:
        act(
            office.asker,
            "draft_request",
            {"action": REGISTER, "rows": [{"number": "A-1", "name": "桌", "unit": "YC-SW"}, {"name": "椅", "unit": "没有"}]},
        )
    assert {problem.field for problem in refusal.value.problems} == {"unit"} | {p.field for p in refusal.value.problems}
    assert any("第 2 行" in problem.message for problem in refusal.value.problems) and not Request.objects.exists()


def test_what_has_become_invalid_since_the_draft_is_not_submitted(office: Office) -> None:
    pk = draft(office, number="A-7")
    actions[REGISTER].run(office.town.clerk, {"number": "A-7", "name": "别人的", "unit": "YC-SW"})
    with pytest.raises(Refused):
        act(office.asker, "submit_request", {"id": pk})
    assert Request.objects.get(pk=pk).state == "draft"


def test_an_action_without_a_route_cannot_be_submitted_and_says_so(office: Office, card: Asset) -> None:
    pk = act(office.asker, "draft_request", {"action": "ledger.change_status", "rows": {"id": card.pk, "status": "idle"}})
    with pytest.raises(Refused, match="没有可走的审批流程"):
        act(office.asker, "submit_request", {"id": pk})


def test_where_nobody_may_sign_it_is_not_submitted(office: Office) -> None:
    RoleGrant.objects.filter(role="unit_head").delete()
    with pytest.raises(Refused, match="没有人可以签署"):
        act(office.asker, "submit_request", {"id": draft(office)})


def test_a_large_request_is_carried_out_by_a_job_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executing, "LARGE", 0)
    request = approve(office.head, submitted(office))
    job = Job.objects.get(kind="approvals.carry_out")
    assert (request.state, job.key) == ("granted", request.key)
    for _twice in range(2):
        perform(job)
    assert Request.objects.get(pk=request.pk).state == "done" and Asset.objects.count() == 1
    assert AuditEntry.objects.filter(subject="ledger.asset").count() == 1


def test_every_act_stays_in_the_record(office: Office, card: Asset) -> None:
    request = signed(office, sent(office, card))
    verbs = list(Decision.objects.filter(request=request).values_list("verb", flat=True))
    assert verbs == ["submit", "approve", "approve", "approve", "carry_out"]
