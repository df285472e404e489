"""Writing and reading the audit: one entry a changed row, with its state before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.utils import timezone

from gongjia.core import bulk
from gongjia.core.models import AuditEntry, Batch

_ENCODER = msgspec.json.Encoder(decimal_format="string", enc_hook=str)


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
        self.befores.append(None if before is None else _ENCODER.encode(before).decode())
        self.afters.append(None if after is None else _ENCODER.encode(after).decode())

    def add_new(self, subject: str, ids: Sequence[int], units: Sequence[int | None], columns: Mapping[str, Sequence[Any]]) -> None:
        """Note many new rows by their columns; empty cells are left out of what is kept."""
        self.subjects += [subject] * len(ids)
        self.ids += ids
        self.units += units
        self.befores += [None] * len(ids)
        members = [found for name, cells in columns.items() if (found := _members(name, cells))]
        self.afters += ["{" + "".join(row)[1:] + "}" for row in zip(*members, strict=True)] if members else ["{}"] * len(ids)


def _members(name: str, cells: Sequence[Any]) -> list[str]:
    """Write each cell as `,"name":value`, an empty one as nothing; return no list where all are empty."""
    if not _repeats(cells):
        return ["" if value is None or value == "" else text for value, text in zip(cells, _written(name, cells), strict=True)]
    distinct = set(cells) - {None, ""}
    known: dict[Any, str] = {None: "", "": "", **dict(zip(distinct, _written(name, distinct), strict=True))}
    return [known[value] for value in cells] if distinct else []


def _repeats(cells: Sequence[Any]) -> bool:
    """Say whether a column is worth encoding by its distinct values; lists and objects have none that could be looked up."""
    try:
        return len(set(cells[:10_000])) <= min(len(cells), 10_000) // 2
    except TypeError:
        return False


def _written(name: str, values: Iterable[Any]) -> list[str]:
    key = f",{_ENCODER.encode(name).decode()}:"
    lines = _ENCODER.encode_lines(values).decode().split("\n")[:-1]
    return [key + line for line in lines]


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
