"""The to-do desk: what waits, for whom, and deciding many at once."""

from __future__ import annotations

import pytest

from gongjia.approvals.models import Delegation, Request
from gongjia.core.periods import today
from tests.approvals.working import Office, act, step_for, submitted
from tests.approvals_pages.conftest import Enter

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def batch(office: Office, enter: Enter, verb: str, ids: list[int], note: str = "") -> str:
    typed = {"action": verb, "id": ",".join(map(str, ids)), "note": note}
    return enter(office.head).post("/approvals/batch/", typed, follow=True).content.decode()


def test_what_waits_is_listed_with_age_deadline_and_amount_and_counted_in_the_menu(office: Office, enter: Enter) -> None:
    submitted(office)
    page = enter(office.head).get("/approvals/waiting/").content.decode()
    assert "1,200.5 元" in page and "刚到" in page and "配置标准" in page
    assert 'data-testid="nav-approvals.waiting"' in page and "<b>1</b>" in page


def test_nothing_waits_for_the_applicant_whose_own_requests_are_listed(office: Office, enter: Enter) -> None:
    request, client = submitted(office), enter(office.asker)
    assert request.key not in client.get("/approvals/waiting/").content.decode()
    assert request.key in client.get("/approvals/mine/").content.decode()


def test_marked_requests_are_approved_at_once_and_each_refusal_is_named(office: Office, enter: Enter) -> None:
    good, bad = submitted(office), submitted(office, number="A-2", name="扫描仪")
    Request.objects.filter(pk=bad.pk).update(state="withdrawn")
    ids = [step_for(office.head, one).pk for one in (good, bad)]
    page = batch(office, enter, "approve", ids)
    assert Request.objects.get(pk=good.pk).state == "done"
    assert 'data-testid="done"' in page and 'data-testid="refused"' in page and "扫描仪" in page


def test_a_batch_is_not_returned_without_a_word(office: Office, enter: Enter) -> None:
    request = submitted(office)
    ids = [step_for(office.head, request).pk]
    assert "退回要写明意见" in batch(office, enter, "return", ids)
    batch(office, enter, "return", ids, "缺报价单")
    assert Request.objects.get(pk=request.pk).state == "returned"


def test_what_is_not_ones_own_is_left_alone_in_a_batch(office: Office, enter: Enter) -> None:
    request = submitted(office)
    step = step_for(office.head, request).pk
    enter(office.finance).post("/approvals/batch/", {"action": "approve", "id": str(step)})
    assert Request.objects.get(pk=request.pk).state == "running"


def test_a_proxy_sees_for_whom_he_signs(office: Office, enter: Enter) -> None:
    submitted(office)
    Delegation.objects.create(principal=office.head, proxy=office.finance, valid_from=today(), valid_to=today())
    assert "代 head" in enter(office.finance).get("/approvals/waiting/").content.decode()


def test_the_desk_says_what_waits(office: Office, enter: Enter) -> None:
    submitted(office)
    assert 'data-testid="desk-approvals-waiting"' in enter(office.head).get("/").content.decode()
    assert 'data-testid="desk-approvals-mine"' in enter(office.asker).get("/").content.decode()


def test_what_was_decided_and_what_was_copied_are_found_again(office: Office, enter: Enter) -> None:
    request = submitted(office)
    act(office.asker, "copy_request", {"id": request.pk, "user": "archive_head"})
    assert request.key in enter(office.archive_head).get("/approvals/copies/").content.decode()
    act(office.head, "approve_step", {"id": step_for(office.head, request).pk})
    assert request.key in enter(office.head).get("/approvals/signed/").content.decode()


def test_every_list_opens_for_one_who_signs_nothing(office: Office, enter: Enter) -> None:
    client = enter(office.asker)
    assert {client.get(f"/approvals/{name}/").status_code for name in ("waiting", "mine", "copies", "signed")} == {200}
