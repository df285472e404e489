"""The page of a request: what is asked, where it stands, and the verbs that each person is offered."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongjia.approvals.models import Notice, Request
from gongjia.core.models import Attachment
from tests.approvals.working import Office, draft, step_for, submitted
from tests.approvals_pages.conftest import Enter

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def read(client: Client, pk: int, code: int = 200) -> str:
    answer = client.get(f"/approvals/request/{pk}/")
    assert answer.status_code == code
    return answer.content.decode()


def test_a_draft_shows_its_rows_by_name_and_offers_to_submit(office: Office, enter: Enter) -> None:
    page = read(enter(office.asker), draft(office))
    assert "市水务局" in page and "1,200.50" in page and "旧机已报废" in page
    assert 'data-testid="submit-request"' in page and 'data-testid="approve"' not in page


def test_title_and_reason_are_kept_and_the_draft_is_sent_on_its_way(office: Office, enter: Enter) -> None:
    pk = draft(office)
    enter(office.asker).post(f"/approvals/request/{pk}/save/", {"title": "换一台打印机", "reason": "坏了", "submit": "1"})
    request = Request.objects.get(pk=pk)
    assert (request.title, request.reason, request.state) == ("换一台打印机", "坏了", "running")


def test_who_may_sign_is_offered_the_verbs_and_what_he_was_told_is_read(office: Office, enter: Enter) -> None:
    request = submitted(office)
    page = read(enter(office.head), request.pk)
    assert all(f'data-testid="{verb}"' in page for verb in ("approve", "return", "refuse", "add-signer"))
    assert not Notice.objects.filter(request=request, user=office.head, read_at__isnull=True).exists()


def test_the_applicant_is_offered_no_verdict_on_his_own_request(office: Office, enter: Enter) -> None:
    page = read(enter(office.asker), submitted(office).pk)
    assert 'data-testid="approve"' not in page
    assert 'data-testid="withdraw"' in page and 'data-testid="remind"' in page


def test_agreeing_on_the_page_carries_the_request_out_and_shows_the_opinion(office: Office, enter: Enter) -> None:
    request, client = submitted(office), enter(office.head)
    client.post(f"/approvals/request/{request.pk}/verb/approve/", {"step": step_for(office.head, request).pk, "note": "按计划购置"})
    page = read(client, request.pk)
    assert 'data-state="done"' in page and "按计划购置" in page


def test_a_return_without_words_is_refused_with_a_sentence(office: Office, enter: Enter) -> None:
    request, client = submitted(office), enter(office.head)
    step = step_for(office.head, request).pk
    answer = client.post(f"/approvals/request/{request.pk}/verb/return/", {"step": step}, follow=True)
    assert "意见" in answer.content.decode() and Request.objects.get(pk=request.pk).state == "running"
    client.post(f"/approvals/request/{request.pk}/verb/return/", {"step": step, "note": "请附报价"})
    assert "请附报价" in read(enter(office.asker), request.pk)


def test_somebody_else_cannot_sign_through_the_address(office: Office, enter: Enter) -> None:
    request = submitted(office)
    step = step_for(office.head, request).pk
    enter(office.finance).post(f"/approvals/request/{request.pk}/verb/approve/", {"step": step})
    assert Request.objects.get(pk=request.pk).state == "running"


def test_a_stranger_does_not_find_the_request(office: Office, enter: Enter) -> None:
    pk = draft(office)
    read(enter(office.archive_head), pk, 404)
    assert enter(office.archive_head).post(f"/approvals/request/{pk}/save/", {"title": "x"}).status_code == 404


def test_a_comment_and_a_copy_are_shown_and_told(office: Office, enter: Enter) -> None:
    request, client = submitted(office), enter(office.asker)
    client.post(f"/approvals/request/{request.pk}/verb/comment/", {"text": "报价已附"})
    client.post(f"/approvals/request/{request.pk}/verb/copy/", {"user": "archive_head"})
    page = read(enter(office.archive_head), request.pk)
    assert "报价已附" in page and "archive_head" in page
    assert Notice.objects.filter(user=office.archive_head, kind="copied").exists()


def test_a_file_hangs_on_the_request(office: Office, enter: Enter) -> None:
    pk, client = draft(office), enter(office.asker)
    client.post(f"/approvals/request/{pk}/attach/", {"file": SimpleUploadedFile("报价.pdf", b"%PDF-1.4")})
    assert Attachment.objects.filter(subject="approvals.request", subject_id=pk).exists()
    assert "报价.pdf" in read(client, pk)


def test_the_route_is_handed_out_as_bpmn(office: Office, enter: Enter) -> None:
    answer = enter(office.asker).get(f"/approvals/request/{draft(office)}/route/")
    assert answer["Content-Type"].startswith("application/xml") and b"bpmn:userTask" in answer.content


def test_a_row_is_changed_by_the_actions_own_form(office: Office, enter: Enter) -> None:
    pk, client = draft(office), enter(office.asker)
    form = client.get(f"/approvals/request/{pk}/rows/0/").content.decode()
    assert 'value="打印机"' in form and "YC-SW" in form
    client.post(f"/approvals/request/{pk}/rows/0/", {"number": "A-1", "name": "激光打印机", "unit": "YC-SW", "cost": "900"})
    assert Request.objects.get(pk=pk).rows[0]["name"] == "激光打印机"


def test_a_row_is_added_and_dropped_but_never_the_last(office: Office, enter: Enter) -> None:
    pk, client = draft(office), enter(office.asker)
    client.post(f"/approvals/request/{pk}/rows/1/", {"number": "A-2", "name": "扫描仪", "unit": "YC-SW"})
    assert len(Request.objects.get(pk=pk).rows) == 2
    client.post(f"/approvals/request/{pk}/rows/0/drop/")
    client.post(f"/approvals/request/{pk}/rows/0/drop/")
    assert [row["name"] for row in Request.objects.get(pk=pk).rows] == ["扫描仪"]
