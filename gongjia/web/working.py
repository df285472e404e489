"""A job as its page shows it: state, count, rate, time left, result."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjia.core.jobs import job_kinds
from gongjia.core.models import Job
from gongjia.core.resource import resources
from gongjia.web import wording
from gongjia.web.shapes import Tone

TONES: dict[str, Tone] = {
    Job.State.DONE: "order",
    Job.State.FAILED: "breach",
    Job.State.LOST: "breach",
    Job.State.RUNNING: "info",
    Job.State.WAITING: "plain",
    Job.State.CANCELLED: "plain",
}


def _title(row: Job, label: Any) -> Any:
    """Return what the job does, and to which table."""
    table = resources.get(str(row.params.get("resource", "")))
    return _("%(act)s：%(name)s") % {"act": label, "name": table.label} if table is not None else label


class JobPage:
    """Everything that `web/job.html` draws; a result with a `url` is offered as a page."""

    def __init__(self, row: Job) -> None:
        kind = job_kinds.get(row.kind)
        self.row, self.id = row, row.pk
        self.title: Any = _title(row, kind.label if kind else row.kind)
        self.says = _("%(at)s 提交") % {"at": wording.instant_words(row.created_at)}
        self.trail = ((_("我的任务"), reverse("web:jobs")),)
        self.url, self.cancel_url = reverse("web:job", args=[row.pk]), reverse("web:cancel_job", args=[row.pk])
        self.state, self.over, self.cancelling = row.state, row.is_over, row.cancel_requested
        self.state_label = row.get_state_display()
        self.tone: Tone = TONES.get(row.state, "plain")
        self.message = row.message
        self.done, self.total = wording.number(row.done), wording.number(row.total) if row.total else ""
        self.ratio = 1.0 if row.state == Job.State.DONE else min(1.0, row.done / row.total) if row.total else None
        self.file_url = reverse("web:job_file", args=[row.pk]) if row.result_file_id else ""
        self.file_name = row.result_file.name if row.result_file else ""
        self.result_url = row.result.get("url", "") if isinstance(row.result, dict) else ""

    @property
    def seconds(self) -> float:
        end = self.row.finished_at or timezone.now()
        return (end - self.row.started_at).total_seconds() if self.row.started_at else 0.0

    @property
    def spent(self) -> str:
        return wording.span_words(self.seconds) if self.seconds else ""

    @property
    def per_second(self) -> float:
        return self.row.done / self.seconds if self.seconds > 0.2 else 0.0

    @property
    def rate(self) -> str:
        return _("%(n)s 条/秒") % {"n": wording.number(round(self.per_second))} if self.per_second >= 1 else ""

    @property
    def remaining(self) -> str:
        if self.over or not self.per_second or not self.row.total:
            return ""
        return wording.span_words((self.row.total - self.row.done) / self.per_second)
