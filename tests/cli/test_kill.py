"""kill -9 in the middle of a commit leaves all or nothing, and the job says so after a restart. Real processes, a real file."""

from __future__ import annotations

import sqlite3
import subprocess
import time

import pytest

from tests.cli.conftest import Home

ROWS = 40_000
BEGIN = """
from pathlib import Path
from gongjia.cli.home import system_user
from gongjia.core.files import store_path
from gongjia.importer import services
from gongjia.importer.models import ImportSession
stored = store_path(Path(sys.argv[1]), "cards.csv")
session = ImportSession.objects.create(file=stored, name="cards.csv", into="ledger.asset", actor=system_user())
services.commit(session)
print(session.job_id)
"""


@pytest.fixture
def waiting(filled: Home) -> tuple[Home, int]:
    """A home in which the import of a large file waits for a worker."""
    cards = filled.folder.parent / "cards.csv"
    cards.write_text("资产编号,资产名称,原值\n" + "".join(f"B-{n},台式计算机 {n},{n}.50\n" for n in range(ROWS)), encoding="utf-8")
    return filled, int(filled.python(BEGIN, str(cards)))


def connect(home: Home) -> sqlite3.Connection:
    return sqlite3.connect(home.folder / "gongjia.sqlite3", timeout=0, isolation_level=None)


def counts(home: Home) -> tuple[int, ...]:
    """Return cards, entries, indexed rows, audited rows and batches."""
    tables = ("ledger_asset", "ledger_entry", "search_ledger_asset", "core_auditentry WHERE subject = 'ledger.asset'")
    return tuple(home.select(f"SELECT count(*) FROM {table}")[0][0] for table in (*tables, "core_batch WHERE origin = 'import'"))


def told(home: Home, job: int) -> tuple[str, str]:
    return home.select(f"SELECT state, message FROM core_job WHERE id = {job}")[0]  # type: ignore[return-value]


def locked(home: Home) -> bool:
    """Say whether somebody is writing."""
    database = connect(home)
    try:
        database.execute("BEGIN IMMEDIATE")
        database.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    finally:
        database.close()
    return False


def wait_for_the_commit(home: Home, job: int) -> None:
    """Return when one transaction has held the write lock longer than any report of progress does."""
    held, deadline = 0, time.monotonic() + 120
    while held < 12:
        assert time.monotonic() < deadline, "the worker never committed"
        held = held + 1 if locked(home) else 0
        time.sleep(0.01)


def kill_in_the_commit(home: Home, job: int, later: float) -> None:
    worker = home.start("worker")
    try:
        wait_for_the_commit(home, job)
        time.sleep(later)
    finally:
        worker.kill()
        worker.wait()


@pytest.mark.slow
@pytest.mark.parametrize("later", [0.0, 0.4])
def test_a_worker_killed_in_the_commit_leaves_nothing_and_the_job_says_so(waiting: tuple[Home, int], later: float):
    home, job = waiting
    before = counts(home)
    kill_in_the_commit(home, job, later)
    found = counts(home)
    assert found in (before, (*(count + ROWS for count in before[:4]), before[4] + 1)), "all or nothing"
    assert home.gongjia("worker", "--until-empty").code == 0
    state, words = told(home, job)
    assert state in ("lost", "done")
    assert ("没有写入" in words) == (found == before)
    assert counts(home) == found, "a lost import is not begun again by itself"


@pytest.mark.slow
def test_a_job_that_was_taken_but_not_begun_is_done_after_the_restart(waiting: tuple[Home, int]):
    home, job = waiting
    home.python("from django_tasks_db.models import DBTaskResult; DBTaskResult.objects.update(status='RUNNING')")
    assert home.gongjia("worker", "--until-empty").code == 0
    assert told(home, job)[0] == "done"
    assert counts(home)[0] == 50 + ROWS


def test_the_worker_ends_when_it_is_told_to(home: Home):
    worker = home.start("worker", stdout=subprocess.PIPE)
    assert worker.stdout is not None
    assert worker.stdout.readline().strip()
    worker.terminate()
    assert worker.wait(60) == 0
