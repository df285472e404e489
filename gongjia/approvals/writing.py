"""What a batch of decisions has to write, collected and written one statement a table."""

from __future__ import annotations

from typing import Any

from gongjia.approvals.models import Decision, Notice, Request, Seat, Step
from gongjia.approvals.sending import wake
from gongjia.core import bulk
from gongjia.core.action import Context

_AUDITED = ("state", "title", "reason", "rows", "answers", "round")


class Pending:
    """New and changed rows of approvals."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.requests: dict[int, tuple[Request, dict[str, Any]]] = {}
        self.new_steps: list[Step] = []
        self.steps: dict[int, Step] = {}
        self.new_seats: list[Seat] = []
        self.seats: dict[int, Seat] = {}
        self.decisions: list[Decision] = []
        self.notices: list[Notice] = []

    def change_request(self, request: Request, values: dict[str, Any]) -> None:
        """Set attributes of a request; what they were before the batch is kept for the audit."""
        before = self.requests.setdefault(request.pk, (request, {}))[1]
        for name, value in values.items():
            before.setdefault(name, getattr(request, name))
            setattr(request, name, value)

    def write(self) -> None:
        """Write and note what changed in the trail."""
        self._write_requests()
        self._write_steps()
        _insert(Decision, self.decisions)
        _insert(Notice, self.notices)
        if self.notices:
            wake()

    def _write_requests(self) -> None:
        if not self.requests:
            return
        rows = [request for request, _before in self.requests.values()]
        names = sorted({name for _request, before in self.requests.values() for name in before})
        columns = {attname(Request, name): [getattr(row, attname(Request, name)) for row in rows] for name in names}
        bulk.update(Request, [row.pk for row in rows], **columns, version=[row.version + 1 for row in rows])
        for request, before in self.requests.values():
            changed = {name: value for name, value in before.items() if name in _AUDITED and value != getattr(request, name)}
            if changed:
                after = {name: getattr(request, name) for name in changed}
                self.context.record("approvals.request", request.pk, request.unit_id, changed, after)

    def _write_steps(self) -> None:
        fresh = {id(step) for step in self.new_steps}
        _insert(Step, self.new_steps)
        seats = [seat for step in self.new_steps for seat in step.signers] + self.new_seats
        for seat in seats:
            seat.step_id = seat.step.pk
        _insert(Seat, seats)
        old = [step for key, step in self.steps.items() if key not in fresh]
        _update(Step, old, "task", "state", "closed_at", "escalated_at")
        _update(Seat, [seat for seat in self.seats.values() if seat.pk], "state", "signed_at")


def attname(model: Any, name: str) -> str:
    return model._meta.get_field(name).attname


def _insert(model: Any, rows: list[Any]) -> None:
    """Insert model instances as columns and give them their keys."""
    if not rows:
        return
    for row in rows:
        _follow(model, row)
    names = [field.attname for field in model._meta.local_concrete_fields if not field.primary_key]
    ids = bulk.insert(model, len(rows), **{name: [getattr(row, name) for row in rows] for name in names})
    for row, pk in zip(rows, ids, strict=True):
        row.pk = pk


def _follow(model: Any, row: Any) -> None:
    """Take the key of a related row that has been written only now."""
    for field in model._meta.local_concrete_fields:
        if field.is_relation and getattr(row, field.attname) is None and field.is_cached(row):
            related = getattr(row, field.name)
            setattr(row, field.attname, getattr(related, "pk", None))


def _update(model: Any, rows: list[Any], *names: str) -> None:
    if rows:
        bulk.update(model, [row.pk for row in rows], **{name: [getattr(row, name) for row in rows] for name in names})
