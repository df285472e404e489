"""Every verb on a route with parallel countersigning: the head, then assets (half of them) beside finance, then the chief."""

from __future__ import annotations

import pytest

from gongjia.approvals.models import Decision, Notice, Request, Seat, Step
from gongjia.approvals.seeing import visible_requests, waiting_for
from gongjia.approvals.services.deciding import earlier_steps
from gongjia.core.action import actions, context_for
from gongjia.core.problems import Conflict, Forbidden, Refused
from gongjia.core.resource import NotFound
from gongjia.ledger.models import Asset
from tests.approvals.working import Office, act, approve, draft, serve, staff, step_for, submitted
from tests.people import Town, user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def office(town: Town) -> Office:
    serve("reform")
    return staff(town)


def open_steps(request: Request) -> set[str]:
    return set(Step.objects.filter(request=request, state="open").values_list("spec", flat=True))


def again(request: Request) -> Request:
    return Request.objects.get(pk=request.pk)


def test_the_parallel_branches_open_together_and_join(office: Office) -> None:
    request = approve(office.head, submitted(office))
    assert open_steps(request) == {"assets", "finance"}
    approve(office.finance, request)
    assert open_steps(request) == {"assets"}
    approve(office.assets, request)
    assert open_steps(request) == {"chief"}, "half of the two seats is one"
    assert approve(office.chief, request).state == "done"
    assert Asset.objects.count() == 1


def test_a_refusal_ends_the_request_and_closes_what_is_open(office: Office) -> None:
    request = approve(office.head, submitted(office))
    act(office.finance, "refuse_step", {"id": step_for(office.finance, request).pk, "note": "没有预算"})
    assert again(request).state == "refused" and open_steps(request) == set()
    assert not Asset.objects.exists() and not waiting_for(office.assets).exists()


def test_one_refusal_of_two_still_leaves_half(office: Office) -> None:
    request = approve(office.head, submitted(office))
    act(office.second_assets, "refuse_step", {"id": step_for(office.second_assets, request).pk, "note": "不必买"})
    assert again(request).state == "running"
    approve(office.assets, request)
    assert open_steps(request) == {"finance"}


def test_a_refusal_says_why(office: Office) -> None:
    request = submitted(office)
    with pytest.raises(Refused, match="意见"):
        act(office.head, "refuse_step", {"id": step_for(office.head, request).pk, "note": ""})


def test_returned_to_the_applicant_it_is_edited_and_signed_anew(office: Office) -> None:
    request = approve(office.head, submitted(office))
    act(office.finance, "return_step", {"id": step_for(office.finance, request).pk, "note": "价格偏高"})
    assert again(request).state == "returned" and open_steps(request) == set()
    act(office.asker, "edit_draft", {"id": request.pk, "rows": [{"number": "A-1", "name": "打印机", "unit": "YC-SW", "cost": "900"}]})
    act(office.asker, "submit_request", {"id": request.pk})
    assert (again(request).round, open_steps(request)) == (2, {"head"})
    assert [step.state for step in Step.objects.filter(request=request, spec="head").order_by("pk")] == ["done", "open"]


def test_returned_to_a_branch_the_other_branch_keeps_its_signature(office: Office) -> None:
    request = approve(office.head, submitted(office))
    approve(office.finance, request)
    approve(office.assets, request)
    step = step_for(office.chief, request)
    assert list(earlier_steps(step.pk)) == ["head", "finance", "assets"]
    act(office.chief, "return_step", {"id": step.pk, "to": "finance", "note": "再看预算"})
    assert open_steps(request) == {"finance"} and again(request).round == 2
    approve(office.finance, request)
    assert open_steps(request) == {"chief"} and approve(office.chief, request).state == "done"


def test_returned_from_a_branch_to_the_head_both_branches_start_anew(office: Office) -> None:
    request = approve(office.head, submitted(office))
    approve(office.finance, request)
    act(office.assets, "return_step", {"id": step_for(office.assets, request).pk, "to": "head", "note": "重核"})
    assert open_steps(request) == {"head"}
    approve(office.head, request)
    assert open_steps(request) == {"assets", "finance"}
    assert Decision.objects.filter(request=request, verb="approve").count() == 3, "nothing of the history is gone"


@pytest.mark.parametrize("to", ["chief", "finance", "moon"])
def test_only_an_earlier_step_can_be_returned_to(office: Office, to: str) -> None:
    request = approve(office.head, submitted(office))
    approve(office.finance, request)
    with pytest.raises(Refused, match="不是这一步之前"):
        act(office.assets, "return_step", {"id": step_for(office.assets, request).pk, "to": to, "note": "退"})


def test_withdrawn_it_waits_for_nobody(office: Office) -> None:
    request = submitted(office)
    act(office.asker, "withdraw_request", {"id": request.pk, "note": "不买了"})
    assert again(request).state == "withdrawn" and not waiting_for(office.head).exists()
    with pytest.raises(Refused):
        act(office.asker, "withdraw_request", {"id": request.pk})


def test_void_is_for_the_applicants_draft_and_for_the_office_at_any_time(office: Office) -> None:
    request = submitted(office)
    with pytest.raises(Refused):
        act(office.asker, "void_request", {"id": request.pk, "note": "误"})
    with pytest.raises(Forbidden):
        act(office.head, "void_request", {"id": request.pk, "note": "误"})
    act(office.assets, "void_request", {"id": request.pk, "note": "重复申请"})
    act(office.asker, "void_request", {"id": draft(office, number="A-9"), "note": "误"})
    assert list(Request.objects.values_list("state", flat=True)) == ["void", "void"]


def test_a_co_signer_before_goes_first(office: Office) -> None:
    request, expert = submitted(office), user("expert", "unit_head", office.town.archive)
    step = step_for(office.head, request)
    act(office.head, "add_signer", {"id": step.pk, "user": "expert", "place": "before"})
    with pytest.raises(Refused, match="还没有轮到"):
        act(office.head, "approve_step", {"id": step.pk})
    approve(expert, request)
    assert open_steps(request) == {"head"} and open_steps(approve(office.head, request)) == {"assets", "finance"}


def test_a_co_signer_after_goes_last(office: Office) -> None:
    request, expert = submitted(office), user("expert", "unit_head", office.town.archive)
    act(office.head, "add_signer", {"id": step_for(office.head, request).pk, "user": "expert", "place": "after"})
    assert not waiting_for(expert).exists()
    approve(office.head, request)
    assert open_steps(request) == {"head"}
    assert open_steps(approve(expert, request)) == {"assets", "finance"}


def test_the_applicant_cannot_be_made_a_co_signer(office: Office) -> None:
    request = submitted(office)
    with pytest.raises(Refused, match="申请人"):
        act(office.head, "add_signer", {"id": step_for(office.head, request).pk, "user": "asker"})


def test_a_proxy_signs_on_behalf_and_only_in_his_days(office: Office) -> None:
    request, proxy = submitted(office), office.other_head
    Seat.objects.filter(user=proxy).delete()
    assert not waiting_for(proxy).exists()
    pk = act(office.head, "delegate", {"proxy": "other_head", "valid_from": "2020-01-01", "valid_to": "2099-01-01", "reason": "出差"})
    approve(proxy, request)
    signed = Decision.objects.get(request=request, verb="approve")
    assert (signed.actor, signed.on_behalf_of) == (proxy, office.head)
    act(office.head, "end_delegation", {"id": pk})
    assert not waiting_for(proxy).filter(request=submitted(office, number="A-2")).exclude(seats__user=proxy).exists()


def test_nobody_approves_his_own_request_not_even_as_a_proxy(office: Office) -> None:
    request = submitted(office)
    act(office.head, "delegate", {"proxy": "asker", "valid_from": "2020-01-01", "valid_to": "2099-01-01"})
    assert not waiting_for(office.asker).exists()
    with pytest.raises((Forbidden, Refused)):
        act(office.asker, "approve_step", {"id": step_for(office.head, request).pk})


def test_a_head_who_asks_is_signed_for_by_another_head_or_the_level_above(office: Office) -> None:
    pk = act(office.head, "draft_request", {"action": "ledger.register_asset", "rows": {"number": "B-1", "name": "椅", "unit": "YC-SW"}})
    act(office.head, "submit_request", {"id": pk})
    assert set(Seat.objects.filter(step__request=pk).values_list("user__username", flat=True)) == {"other_head"}


def test_no_decision_on_a_closed_step(office: Office) -> None:
    request = submitted(office)
    step = step_for(office.head, request)
    approve(office.head, request)
    for who in (office.head, office.other_head):
        with pytest.raises(Refused, match="已经办结"):
            act(who, "approve_step", {"id": step.pk})


def test_reminding_copying_and_commenting_tell_the_right_people(office: Office) -> None:
    request = submitted(office)
    act(office.asker, "remind", {"id": request.pk})
    assert not visible_requests(office.archive_head).exists()
    act(office.asker, "copy_request", {"id": request.pk, "user": "archive_head"})
    assert visible_requests(office.archive_head).get() == request
    act(office.archive_head, "comment", {"id": request.pk, "text": "我们有一台闲置的"})
    told = set(Notice.objects.values_list("kind", "user__username"))
    assert {("reminded", "head"), ("copied", "archive_head"), ("comment", "asker"), ("comment", "head")} <= told
    assert ("comment", "archive_head") not in told


def test_forty_items_are_decided_in_one_go_and_a_bad_one_among_them_is_told(office: Office) -> None:
    requests = [submitted(office, number=f"N-{n}") for n in range(40)]
    steps = [step_for(office.head, request).pk for request in requests]
    approve(office.head, requests[7])
    outcome = actions["approvals.approve_step"].run_many(office.head, [{"id": pk} for pk in steps], all_or_nothing=False)
    assert (len(outcome.ids), [problem.row for problem in outcome.problems]) == (39, [7])
    assert Step.objects.filter(spec="finance", state="open").count() == 40


def test_a_stranger_and_a_foreign_unit_do_nothing(office: Office) -> None:
    request = submitted(office)
    step = step_for(office.head, request)
    for who in (office.town.stranger, office.archive_head):
        for verb in ("approve_step", "refuse_step", "return_step", "add_signer"):
            with pytest.raises((Forbidden, NotFound, Refused)):
                act(who, verb, {"id": step.pk, **({"user": "finance"} if verb == "add_signer" else {"note": "x"})})
        for verb in ("edit_draft", "submit_request", "withdraw_request", "void_request", "remind", "copy_request", "comment"):
            with pytest.raises((Forbidden, NotFound)):
                act(who, verb, _input(verb, request.pk))
    assert Decision.objects.count() == 1


def _input(verb: str, pk: int) -> dict:
    more = {"void_request": {"note": "x"}, "copy_request": {"user": "head"}, "comment": {"text": "x"}}
    return {"id": pk, **more.get(verb, {})}


def test_a_decision_under_the_feet_of_another_is_a_conflict(office: Office) -> None:
    request = submitted(office)
    raw = {"id": step_for(office.head, request).pk}
    action = actions["approvals.approve_step"]
    context = context_for(office.other_head)
    prepared = action.prepare(context, [raw])
    approve(office.head, request)
    with pytest.raises(Conflict, match="已由别人办理"):
        action.commit(context, prepared)


def test_a_request_is_seen_by_who_has_a_part_in_it_and_by_nobody_else(office: Office) -> None:
    request = submitted(office)
    inside = (office.asker, office.head, office.other_head, office.assets, office.town.clerk, office.chief)
    assert all(visible_requests(one).filter(pk=request.pk).exists() for one in inside)
    assert not any(visible_requests(one).exists() for one in (office.archive_head, office.town.stranger))
    act(office.head, "delegate", {"proxy": "archive_head", "valid_from": "2020-01-01", "valid_to": "2099-01-01"})
    assert visible_requests(office.archive_head).exists(), "who may sign for somebody sees what waits for him"


def test_who_signed_once_goes_on_seeing_it(office: Office) -> None:
    request, expert = submitted(office), user("expert", "unit_head", office.town.archive)
    act(office.head, "add_signer", {"id": step_for(office.head, request).pk, "user": "expert", "place": "before"})
    approve(expert, request)
    assert visible_requests(expert).get() == request and not waiting_for(expert).exists()
    with pytest.raises(Refused, match="已经在这一步"):
        act(office.head, "add_signer", {"id": step_for(office.head, request).pk, "user": "expert", "place": "before"})
