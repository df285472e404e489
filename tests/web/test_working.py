"""A job as its page shows it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from gongjia.core.models import Job
from gongjia.web.working import JobPage

pytestmark = pytest.mark.django_db


def page(**more: Any) -> JobPage:
    return JobPage(Job(pk=7, kind="web.export", created_at=timezone.now(), **more))


def running(done: int, total: int | None, seconds: float = 10) -> JobPage:
    """A job as it stood `seconds` after its start."""
    now = timezone.now()
    return page(state="running", done=done, total=total, started_at=now - dt.timedelta(seconds=seconds), finished_at=now)


def test_a_running_job_tells_its_share_rate_and_time_left():
    found = running(500, 1000)
    assert found.ratio == 0.5
    assert found.rate == "50 条/秒"
    assert found.remaining == "10 秒"


def test_while_the_total_is_unknown_no_share_and_no_time_is_invented():
    found = running(500, None)
    assert (found.ratio, found.remaining) == (None, "")


def test_a_job_that_has_not_begun_tells_nothing():
    found = page(state="waiting")
    assert (found.rate, found.remaining, found.spent, found.ratio) == ("", "", "", None)


def test_more_than_all_is_not_shown():
    assert running(1200, 1000).ratio == 1.0


def test_a_finished_job_is_whole_and_says_how_long_it_took():
    end = timezone.now()
    found = page(state="done", done=3, total=3, started_at=end - dt.timedelta(seconds=90), finished_at=end)
    assert (found.ratio, found.spent, found.remaining, found.tone) == (1.0, "1 分 30 秒", "", "order")


@pytest.mark.parametrize(("state", "tone"), [("failed", "breach"), ("lost", "breach"), ("cancelled", "plain"), ("running", "info")])
def test_each_end_has_its_colour(state: str, tone: str):
    assert page(state=state).tone == tone


def test_a_job_names_the_table_it_works_on():
    assert page(state="waiting", params={"resource": "ledger.asset"}).title == "导出：资产"
    assert str(page(state="waiting").title) == "导出"


def test_a_result_with_an_address_is_offered():
    assert page(state="done", result={"url": "/imports/3/"}).result_url == "/imports/3/"
    assert page(state="done", result={"rows": 3}).result_url == ""
