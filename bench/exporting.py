"""Export: 100,000 cards as a workbook, through the job that the list page starts."""

from __future__ import annotations

from typing import Any

from bench import world
from bench.figures import Figure, timed

from django.utils import timezone  # isort: skip

from gongjia.core import jobs
from gongjia.core.models import Job
from gongjia.core.resource import resources

ROWS = 100_000


def export(root: Any, shape: str) -> float:
    """Return the seconds of the whole job, from claimed to stored result."""
    columns = [column.name for column in resources["ledger.asset"].by_name.values() if column.shown]
    row = jobs.enqueue("web.export", root, resource="ledger.asset", query="", columns=columns, shape=shape)
    Job.objects.filter(pk=row.pk).update(state=Job.State.RUNNING, heartbeat_at=timezone.now())
    with timed() as clock:
        jobs.perform(Job.objects.get(pk=row.pk))
    done = Job.objects.get(pk=row.pk)
    world.note(f"{shape}: {done.state} {done.result} in {clock.seconds:.2f} s")
    assert done.state == Job.State.DONE
    return clock.seconds


def main() -> None:
    root = world.filled(ROWS)
    for shape in ("xlsx", "csv"):
        seconds = export(root, shape)
        world.emit(
            Figure(
                "export",
                f"{ROWS:,} assets as {shape}, shown columns",
                seconds,
                "s",
                at_most=3,
                peer="NetBox 51 s (its own figure, another machine)",
            )
        )


if __name__ == "__main__":
    main()
