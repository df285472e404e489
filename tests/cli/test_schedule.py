"""What the worker starts by the clock."""

from __future__ import annotations

import datetime as dt

import pytest

from gongjia.cli.schedule import start_what_is_due
from gongjia.core.periods import SHANGHAI

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def at(hour: int, minute: int = 0) -> list[str]:
    return sorted(job.kind for job in start_what_is_due(dt.datetime(2026, 11, 24, hour, minute, tzinfo=SHANGHAI)))


def test_before_its_hour_only_the_hourly_work_is_started() -> None:
    assert at(1) == ["approvals.keep_deadlines"]


def test_from_its_hour_on_the_nightly_work_is_started_once_a_day() -> None:
    assert "standards.sweep" in at(2) and at(2, 30) == []
    assert at(3) == ["approvals.keep_deadlines"]


def test_nothing_is_started_where_it_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGJIA_NIGHTLY", "off")
    assert at(3) == []
