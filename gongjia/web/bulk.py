"""Acts on many marked rows: actions that take an id, and jobs that make something of them (label sheets)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongjia.core.access import Access
from gongjia.core.action import actions
from gongjia.core.asking import way
from gongjia.core.registry import Registry
from gongjia.core.resource import Resource
from gongjia.web.offering import label_of
from gongjia.web.shapes import Link

LIMIT = 20_000


@dataclass(frozen=True)
class BulkJob:
    """A job over marked rows: given `resource`, `ids`, `origin` (our own address) and `params`, it leaves a result file."""

    key: str
    label: Any
    resource: str
    job: str
    permission: str = ""
    params: tuple[tuple[str, Any], ...] = ()


bulk_jobs: Registry[BulkJob] = Registry("bulk job")


def declare_bulk_job(made: BulkJob) -> BulkJob:
    """Declare a job that the selection bar of a list offers."""
    return bulk_jobs.add(f"{made.resource}/{made.key}", made)


def bulk_job(resource: Resource, key: str) -> BulkJob | None:
    return bulk_jobs.get(f"{resource.key}/{key}")


def bulk_acts(resource: Resource, rights: Access) -> list[Link]:
    """Return what this person may do with marked rows."""
    declared = [actions[key] for key in resource.bulk_actions if key in actions]
    ways = [(action, way(rights, action)) for action in declared if action.is_edit]
    links = [Link(label_of(action, how), "", key=action.key) for action, how in ways if how]
    jobs = [job for job in bulk_jobs if job.resource == resource.key and rights.can(job.permission or resource.view_permission)]
    return links + [Link(job.label, "", key=job.key) for job in jobs]


def read_ids(text: str) -> list[int]:
    """Return the distinct ids of a comma-separated text, in order, at most LIMIT."""
    found = dict.fromkeys(int(part) for part in text.split(",") if part.strip().isdigit())
    return list(found)[:LIMIT]
