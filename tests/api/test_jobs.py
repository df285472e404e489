"""Jobs over JSON: a person follows and stops her own."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongjia.core import files
from gongjia.core.jobs import enqueue, job_kinds
from gongjia.core.models import Job
from tests.api.conftest import Program
from tests.people import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(town: Town) -> Job:
    return enqueue(job_kinds.keys()[0], town.clerk)


def test_a_job_says_how_far_it_is(clerk: Program, waiting: Job) -> None:
    told = clerk.get(f"jobs/{waiting.pk}").json()
    assert (told["state"], told["done"], told["file"], told["result"]) == ("waiting", 0, None, None)


def test_a_job_that_has_not_begun_is_cancelled_at_once(clerk: Program, waiting: Job) -> None:
    assert clerk.post(f"jobs/{waiting.pk}/cancel", b"").json()["state"] == "cancelled"


def test_somebody_elses_job_is_not_there(stranger: Program, waiting: Job) -> None:
    assert stranger.get(f"jobs/{waiting.pk}").status_code == 404
    assert stranger.post(f"jobs/{waiting.pk}/cancel", b"").status_code == 404
    assert Job.objects.get().state == "waiting"


def test_what_a_job_made_is_handed_over(clerk: Program, waiting: Job, tmp_path: Path) -> None:
    assert clerk.get(f"jobs/{waiting.pk}/file").status_code == 404
    (tmp_path / "x").write_bytes(b"made")
    Job.objects.update(result_file=files.store_path(tmp_path / "x", "结果.csv", "text/csv"))
    path = clerk.get(f"jobs/{waiting.pk}").json()["file"]
    assert b"".join(clerk.get(path.removeprefix("/api/")).streaming_content) == b"made"
