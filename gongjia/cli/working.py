"""`gongjia worker`: takes jobs, tells that it lives, puts right what a killed worker left, and starts what is due."""

from __future__ import annotations

import datetime as dt
import fcntl
import logging
import sys
import threading
from pathlib import Path
from typing import IO, Any

import click
from django.conf import settings
from django.db import OperationalError, close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import is_locked_database_exception

from gongjia.cli.ending import DONE
from gongjia.cli.home import ready
from gongjia.cli.schedule import start_what_is_due
from gongjia.core.jobs import reap, run_job
from gongjia.core.models import Job

log = logging.getLogger(__name__)
BEAT = 15.0  # seconds; a job is believed lost after twelve beats without a sign of life
POLL = 0.3


class JobWorker(Worker):
    """The tasks package's worker; while a job runs, a thread beside it keeps the heartbeat going."""

    def run_task(self, db_task_result: DBTaskResult) -> None:
        over = threading.Event()
        beat = threading.Thread(target=_beat, args=(_job_id(db_task_result), over), daemon=True)
        beat.start()
        try:
            super().run_task(db_task_result)
        finally:
            over.set()
            beat.join()


def _job_id(row: DBTaskResult) -> int | None:
    args = row.args_kwargs.get("args", [])
    return args[0] if args and row.task_path == run_job.module_path else None


def _beat(job_id: int | None, over: threading.Event) -> None:
    """Say every few seconds that a job lives, even while its code has nothing to report."""
    while job_id is not None and not over.wait(BEAT):
        try:
            Job.objects.filter(pk=job_id, state=Job.State.RUNNING).update(heartbeat_at=timezone.now())
        except OperationalError:
            log.debug("no heartbeat: the database is taken by the job's own commit")
        finally:
            connections.close_all()


def put_right(alone: bool) -> None:
    """Mark what a killed worker left, and hand out again what it had taken but not begun."""
    reap(dt.timedelta(0)) if alone else reap()
    if alone:
        taken = set(Job.objects.filter(state=Job.State.WAITING).values_list("pk", flat=True))
        for row in DBTaskResult.objects.ready():
            taken.discard(_job_id(row))
        for pk in taken:
            run_job.enqueue(pk)


def claim_home() -> tuple[IO[str], bool]:
    """Return a lock held while this worker lives, and whether it is the only one of this home."""
    lock = Path(settings.GONGJIA_HOME, ".worker").open("w")  # noqa: SIM115 - closed when the worker ends
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        fcntl.flock(lock, fcntl.LOCK_SH)
        return lock, False
    fcntl.flock(lock, fcntl.LOCK_SH)
    # Several machines may share one PostgreSQL, each with a home of its own: there only silence tells.
    return lock, connections["default"].vendor == "sqlite"


def _keep_house(over: threading.Event) -> None:
    """Every half minute: reap jobs that fell silent, start what is due."""
    while not over.wait(30):
        close_old_connections()
        try:
            reap()
            start_what_is_due()
        except OperationalError:
            log.warning("the database was busy; the next round tries again")
        finally:
            connections.close_all()


def work(worker: JobWorker) -> None:
    """Run the worker; a database that is taken for longer than its time-out is no reason to end."""
    while worker.running:
        try:
            worker.run()
            return
        except OperationalError as busy:
            if not is_locked_database_exception(busy):
                raise
            log.warning("the database was busy; the worker goes on")


def _made(until_empty: bool) -> JobWorker:
    options: dict[str, Any] = {"queue_names": ["default"], "excluded_queue_names": [], "backend_name": "default"}
    options |= {"interval": POLL, "batch": until_empty, "startup_delay": False, "max_tasks": None}
    return JobWorker(worker_id=get_random_string(32), **options)


@click.command("worker")
@click.option("--until-empty", is_flag=True, help="Do the jobs that wait, then end.")
def worker(until_empty: bool) -> int:
    """Do the jobs that pages and commands hand out: imports, sweeps, exports; and the nightly ones."""
    ready()
    lock, alone = claim_home()
    put_right(alone)
    over = threading.Event()
    if not until_empty:
        start_what_is_due()
        threading.Thread(target=_keep_house, args=(over,), daemon=True).start()
    made = _made(until_empty)
    made.configure_signals()
    click.echo(_("任务进程已就绪"))
    sys.stdout.flush()
    try:
        work(made)
    finally:
        over.set()
        lock.close()
    return DONE
