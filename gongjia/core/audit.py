"""Writing and reading the audit: one entry a changed row, with its state before and after."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.utils import timezone

from gongjia.core import bulk
from gongjia.core.models import AuditEntry, Batch

_ENCODE = msgspec.json.Encoder(decimal_format="string", enc_hook=str).encode


@dataclass(slots=True)
class Trail:
    """Collects what one action changes; written with it, in its transaction."""

    subjects: list[str] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    units: list[int | None] = field(default_factory=list)
    befores: list[str | None] = field(default_factory=list)
    afters: list[str | None] = field(default_factory=list)

    def add(self, subject: str, subject_id: int, unit_id: int | None, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        """Note one change; `before` is None for a new row, `after` is None for a closed one."""
        self.subjects.append(subject)
        self.ids.append(subject_id)
        self.units.append(unit_id)
        self.befores.append(None if before is None else _ENCODE(before).decode())
        self.afters.append(None if after is None else _ENCODE(after).decode())


def open_batch(action: str, actor_id: int | None, origin: str, job_id: int | None, request_key: str = "") -> Batch:
    """Start the batch under which one commit is recorded, and by which it can be undone."""
    return Batch.objects.create(action=action, actor_id=actor_id, origin=origin, job_id=job_id, request_key=request_key)


def write(trail: Trail, batch: Batch, action: str, actor_id: int | None) -> None:
    """Append the collected entries."""
    if not trail.ids:
        return
    bulk.insert(
        AuditEntry,
        len(trail.ids),
        at=timezone.now(),
        actor_id=actor_id,
        action=action,
        batch_id=batch.pk,
        subject=trail.subjects,
        subject_id=trail.ids,
        unit_id=trail.units,
        before=bulk.Encoded(trail.befores),
        after=bulk.Encoded(trail.afters),
    )
