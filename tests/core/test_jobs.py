"""Long work: it reports, can be cancelled, and is honest about how it ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from gongjia.core import jobs
from gongjia.core.models import Batch, Job
from gongjia.core.problems import Problem, Refused
from tests.people import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind() -> Iterator[dict[str, Any]]:
    """A job kind whose body the test supplies as `body`."""
    held: dict[str, Any] = {}

    @jobs.job("tests.work", "试验")
    def work(running: jobs.Running, **params: Any) -> Any:
        return held["body"](running, **params)

    yield held
    jobs.job_kinds.remove("tests.work")


def started(town: Town, **params: Any) -> Job:
    job = jobs.enqueue("tests.work", town.clerk, **params)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, heartbeat_at=timezone.now())
    return Job.objects.get(pk=job.pk)


def run(job: Job) -> Job:
    jobs.perform(job)
    return Job.objects.get(pk=job.pk)


def test_a_job_reports_and_returns_its_result(town: Town, kind: dict[str, Any]) -> None:
    kind["body"] = lambda running, rows: running.progress(rows, rows, "读取") or {"rows": rows}
    done = run(started(town, rows=7))
    assert (done.state, done.done, done.total, done.message, done.result) == ("done", 7, 7, "读取", {"rows": 7})


def test_a_cancelled_job_stops_at_its_next_report(town: Town, kind: dict[str, Any]) -> None:
    job = started(town)
    jobs.cancel(job)
    kind["body"] = lambda running: pytest.fail("went on")
    assert run(job).state == "cancelled"


def test_a_waiting_job_is_cancelled_at_once(town: Town, kind: dict[str, Any]) -> None:
    job = jobs.enqueue("tests.work", town.clerk)
    jobs.cancel(job)
    assert Job.objects.get(pk=job.pk).state == "cancelled"


def test_a_failure_is_kept_as_a_sentence(town: Town, kind: dict[str, Any]) -> None:
    def body(running: jobs.Running) -> None:
        raise Refused([Problem("x", "第 3 行没有编号。")])

    kind["body"] = body
    failed = run(started(town))
    assert (failed.state, failed.message) == ("failed", "第 3 行没有编号。")


def test_a_job_is_enqueued_with_its_transaction_or_not_at_all(town: Town, kind: dict[str, Any]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.enqueue("tests.work", town.clerk)
        raise ZeroDivisionError
    assert not Job.objects.exists()


def test_a_second_job_under_a_live_key_is_the_first(town: Town, kind: dict[str, Any]) -> None:
    first = jobs.enqueue("tests.work", town.clerk, key="one")
    assert jobs.enqueue("tests.work", town.clerk, key="one").pk == first.pk


@pytest.mark.parametrize(("committed", "words"), [(False, "没有写入"), (True, "已经完整写入")])
def test_a_silent_job_is_lost_and_says_whether_it_wrote(town: Town, kind: dict[str, Any], committed: bool, words: str) -> None:
    job = started(town)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - dt.timedelta(hours=1))
    if committed:
        Batch.objects.create(action="x", origin="import", job_id=job.pk)
    assert jobs.reap() == 1
    lost = Job.objects.get(pk=job.pk)
    assert lost.state == "lost" and words in lost.message


def test_a_reporting_job_is_left_alone(town: Town, kind: dict[str, Any]) -> None:
    started(town)
    assert jobs.reap() == 0
