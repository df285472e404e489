"""A month and a report as jobs: done in the name of who asked, and a reason where they cannot be done."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from gongjia.core import jobs
from gongjia.core.models import Batch, Job
from gongjia.domains.accounting.models import FiledReport, Posting
from tests.domains.accounting.books import card
from tests.people import Town

pytestmark = pytest.mark.django_db


def done(kind: str, actor: Any, **params: Any) -> Job:
    """Run a job to its end, as the worker does."""
    row = jobs.enqueue(kind, actor, **params)
    Job.objects.filter(pk=row.pk).update(state=Job.State.RUNNING, heartbeat_at=timezone.now())
    jobs.perform(Job.objects.get(pk=row.pk))
    return Job.objects.get(pk=row.pk)


def test_a_month_is_posted_by_a_job(town: Town) -> None:
    card(town)
    row = done("accounting.post_depreciation", town.clerk, unit=town.water.pk, month="2026-10")
    url = f"/accounting/depreciation/?month=2026-10&within={town.water.pk}"
    assert (row.state, row.result) == ("done", {"postings": 1, "cards": 1, "amount": "100.00", "url": url})
    assert Batch.objects.get(pk=Posting.objects.get().batch_id).job_id == row.pk


def test_a_job_that_may_not_post_says_why_and_writes_nothing(town: Town) -> None:
    card(town)
    row = done("accounting.post_depreciation", town.clerk, unit=town.water.pk, month="2999-01")
    assert row.state == "failed" and "还没有到" in row.message
    assert not Posting.objects.exists()


def test_a_report_is_filed_by_a_job(town: Town) -> None:
    card(town)
    row = done("accounting.file_report", town.clerk, unit=town.water.pk, year=2026, known="", note="n")
    filed = FiledReport.objects.get()
    assert row.result == {"report": filed.pk, "digest": filed.digest, "url": f"/accounting/filedreport/{filed.pk}/"}
