"""The way of a request from the draft to the deed."""

from __future__ import annotations

import pytest

from gongjia.approvals.models import Decision, Request
from gongjia.core.models import AuditEntry
from gongjia.ledger.models import Asset
from tests.approvals.working import Office, approve, draft, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def test_a_draft_keeps_its_rows_and_has_a_key_a_title_and_a_unit(office: Office) -> None:
    request = Request.objects.get(pk=draft(office))
    assert request.key.startswith("SQ") and "打印机" in request.title
    assert (request.unit, request.applicant, request.state) == (office.town.water, office.asker, "draft")
    assert request.rows[0]["unit"] == office.town.water.pk


def test_the_last_approval_carries_the_request_out_as_the_applicant(office: Office) -> None:
    request = approve(office.head, submitted(office), "同意")
    assert (request.state, Asset.objects.get().name) == ("done", "打印机")
    assert request.outcome["ids"] == [Asset.objects.get().pk] and request.batch.actor == office.asker
    assert request.batch.request_key == request.key
    assert list(Decision.objects.values_list("verb", flat=True)) == ["submit", "approve", "carry_out"]
    assert AuditEntry.objects.filter(subject="approvals.request", subject_id=request.pk).count() == 3
