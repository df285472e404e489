"""What the worker starts by the clock: once a business day, from an hour on, or every hour; caught up with when it was down."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from gongjia.cli.home import system_user
from gongjia.core.jobs import enqueue, job_kinds
from gongjia.core.models import Job
from gongjia.core.periods import SHANGHAI

NIGHTLY: dict[str, dict[str, Any]] = {
    "standards.sweep": {},
    "warehouse.release": {},
    "maintenance.issue": {},
    "journal.seal": {},
    "journal.verify": {},
}


HOURLY: dict[str, dict[str, Any]] = {"approvals.keep_deadlines": {}}


def hour() -> dt.time | None:
    """Return the time that GONGJIA_NIGHTLY names (02:00 unless given), or None when it says `off`."""
    text = os.environ.get("GONGJIA_NIGHTLY", "02:00")
    return None if text == "off" else dt.time.fromisoformat(text)


def start_what_is_due(now: dt.datetime | None = None) -> list[Job]:
    """Enqueue what is due today and was not started yet; drop the records of old tasks."""
    local = (now or timezone.now()).astimezone(SHANGHAI)
    at = hour()
    if at is None:
        return []
    due = [(kind, f"hourly {local:%Y-%m-%dT%H}", params) for kind, params in HOURLY.items()]
    if local.time() >= at:
        due += [(kind, f"nightly {local.date().isoformat()}", params) for kind, params in NIGHTLY.items()]
    started = []
    for kind, key, params in due:
        if kind in job_kinds and not Job.objects.filter(kind=kind, key=key).exists():
            started.append(enqueue(kind, system_user(), key=key, **params))
    if started:
        call_command("prune_db_task_results", verbosity=0)
    return started
