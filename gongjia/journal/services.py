"""Sealing, checking and exporting as jobs: at night by the worker, or when somebody asks."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.jobs import Running, enqueue, job
from gongjia.core.models import Job
from gongjia.core.periods import today
from gongjia.core.permissions import page_permissions
from gongjia.core.problems import Forbidden
from gongjia.journal.checking import check_rows
from gongjia.journal.exporting import journal_lines, sealed_entries
from gongjia.journal.sealing import seal

KEEP, EXPORT = "journal.keep", "journal.export"
page_permissions.add(KEEP, _("存证与核验日志"))
page_permissions.add(EXPORT, _("导出全部日志"))
_NEEDED = {"journal.seal": KEEP, "journal.verify": KEEP, "journal.export": EXPORT}


@job("journal.seal", _("日志存证"))
def seal_job(running: Running) -> dict[str, Any]:
    """Seal what is settled; the result says how many entries."""
    made = seal(progress=running.progress)
    return {"seals": len(made), "entries": sum(each.entries for each in made), "url": reverse("journal:seals")}


@job("journal.verify", _("核验日志"))
def verify_job(running: Running) -> dict[str, Any]:
    """Check every sealed row against its seal; what was altered is named in the result."""
    total = sealed_entries()
    found = check_rows(progress=lambda done: running.progress(done, total))
    return {**found.as_json(), "at": timezone.now().isoformat(), "url": reverse("journal:seals")}


@job("journal.export", _("导出日志"))
def export_job(running: Running) -> dict[str, Any]:
    """Write the whole journal into the job's file."""
    total = sealed_entries()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "journal"
        with file.open("wb") as target:
            target.writelines(journal_lines(progress=lambda done: running.progress(done, total)))
        running.keep(file, f"gongjia-journal-{today().isoformat()}.txt", "text/plain")
    return {"entries": total}


def start(kind: str, actor: Any) -> Job:
    """Enqueue one of the journal's jobs for somebody who may; raises Forbidden."""
    if not access(actor).can(_NEEDED[kind]):
        raise Forbidden(_NEEDED[kind])
    return enqueue(kind, actor, key="now")


def last_check() -> Job | None:
    """Return the last check that came to its end."""
    return Job.objects.filter(kind="journal.verify", state=Job.State.DONE).order_by("-finished_at", "-pk").first()
