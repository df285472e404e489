"""Long work: enqueued with the business transaction, reporting, cancellable, and honest after a crash."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from gongjia.core import files
from gongjia.core.models import Batch, Job, StoredFile
from gongjia.core.problems import Conflict, Refused
from gongjia.core.registry import Registry

log = logging.getLogger(__name__)
SILENCE = dt.timedelta(minutes=3)
_REPORT_EVERY = dt.timedelta(milliseconds=300)


class Cancelled(Exception):
    """Raised inside a job whose person asked to stop; nothing after it is done."""


@dataclass(frozen=True)
class JobKind:
    """One declared kind of long work."""

    key: str
    label: Any
    run: Callable[..., Any]


job_kinds: Registry[JobKind] = Registry("job kind")


class Running:
    """What the code of a job holds: it reports progress, asks whether to go on, and keeps a result file."""

    def __init__(self, row: Job) -> None:
        self.row = row
        self._reported = timezone.now() - _REPORT_EVERY

    @property
    def actor(self) -> Any:
        return self.row.actor

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        """Report, at most three times a second; raises Cancelled when the person asked to stop."""
        now = timezone.now()
        if now - self._reported < _REPORT_EVERY and done != total:
            return
        self._reported = now
        values: dict[str, Any] = {"done": done, "heartbeat_at": now}
        if total is not None:
            values["total"] = total
        if message:
            values["message"] = str(message)[:400]
        Job.objects.filter(pk=self.row.pk).update(**values)
        self.check_cancelled()

    def check_cancelled(self) -> None:
        if Job.objects.filter(pk=self.row.pk, cancel_requested=True).exists():
            raise Cancelled

    def keep(self, path: Path, name: str, content_type: str) -> StoredFile:
        """Store a file as the job's result."""
        stored = files.store_path(path, name, content_type)
        Job.objects.filter(pk=self.row.pk).update(result_file=stored)
        return stored


def job(key: str, label: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare `function(running, **params) -> JSON-able result` as a kind of job."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        job_kinds.add(key, JobKind(key, label, function))
        return function

    return declare


def enqueue(kind: str, actor: Any, *, key: str = "", unit_id: int | None = None, **params: Any) -> Job:
    """Write the job in the current transaction; a worker takes it after the commit. A second one under a live key returns the first."""
    job_kinds[kind]
    with transaction.atomic():
        if key:
            running = Job.objects.filter(kind=kind, key=key, state__in=[Job.State.WAITING, Job.State.RUNNING]).first()
            if running is not None:
                return running
        row = Job.objects.create(kind=kind, key=key, actor=actor if getattr(actor, "pk", None) else None, unit_id=unit_id, params=params)
        run_job.enqueue(row.pk)
    return row


@task()
def run_job(job_id: int) -> None:
    """Run one job to its end; the worker calls this."""
    started = Job.objects.filter(pk=job_id, state=Job.State.WAITING).update(
        state=Job.State.RUNNING, started_at=timezone.now(), heartbeat_at=timezone.now()
    )
    if started:
        perform(Job.objects.get(pk=job_id))


def perform(row: Job) -> None:
    """Run the code of a started job and record how it ended."""
    running = Running(row)
    try:
        running.check_cancelled()
        result = job_kinds[row.kind].run(running, **row.params)
    except Cancelled:
        _finish(
            row,
            Job.State.CANCELLED,
            _("已按要求停止；已写入的批次仍然有效。") if _committed(row) else _("已按要求停止，没有写入任何记录。"),
        )
    except Refused as refusal:
        _finish(row, Job.State.FAILED, _("；").join(str(problem.message) for problem in refusal.problems[:3]))
    except Conflict as conflict:
        _finish(row, Job.State.FAILED, str(conflict))
    except Exception as failure:
        log.exception("job %s (%s) failed", row.pk, row.kind)
        _finish(row, Job.State.FAILED, _("没有完成：%(reason)s") % {"reason": failure or type(failure).__name__})
    else:
        Job.objects.filter(pk=row.pk).update(result=result)
        _finish(row, Job.State.DONE)


def _finish(row: Job, state: str, message: str | None = None) -> None:
    values: dict[str, Any] = {"state": state, "finished_at": timezone.now()}
    if message is not None:
        values["message"] = str(message)[:400]
    Job.objects.filter(pk=row.pk).update(**values)


def _committed(row: Job) -> bool:
    return Batch.objects.filter(job_id=row.pk).exists()


def cancel(row: Job) -> None:
    """Ask a job to stop; one that has not begun ends at once."""
    waiting = Job.objects.filter(pk=row.pk, state=Job.State.WAITING)
    if not waiting.update(state=Job.State.CANCELLED, finished_at=timezone.now(), message=_("还未开始就已取消。")):
        Job.objects.filter(pk=row.pk, state=Job.State.RUNNING).update(cancel_requested=True)


def reap(silence: dt.timedelta = SILENCE) -> int:
    """Mark running jobs that have been silent too long as lost, and say whether their batch had been committed."""
    silent = Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__lt=timezone.now() - silence)
    count = 0
    for row in silent:
        written = _committed(row)
        text = _("程序中断，但这一批已经完整写入。") if written else _("程序中断；这一批没有写入任何记录，可以重新提交。")
        _finish(row, Job.State.LOST, text)
        count += 1
    return count
