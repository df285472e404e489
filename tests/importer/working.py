"""Runs what waits, as the worker would, so that a page's next state can be looked at."""

from gongjia.core.jobs import perform
from gongjia.core.models import Job


def work() -> list[str]:
    """Perform every waiting job and return how each ended."""
    ended = []
    for row in Job.objects.filter(state=Job.State.WAITING).order_by("pk"):
        Job.objects.filter(pk=row.pk).update(state=Job.State.RUNNING)
        perform(Job.objects.get(pk=row.pk))
        ended.append(Job.objects.get(pk=row.pk).state)
    return ended
