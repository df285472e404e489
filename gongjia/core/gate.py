"""Gate: what stands between a request and its approval. Declared from above for actions that know nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import msgspec
from django.db import transaction

from gongjia.core.action import Action, Context, Prepared
from gongjia.core.audit import Trail
from gongjia.core.inputs import Input
from gongjia.core.models import AuditEntry
from gongjia.core.registry import Registry
from gongjia.core.reservations import Claim

_DECODE = msgspec.json.decode
Verdict = Literal["clear", "warning", "question", "blocked"]


@dataclass(frozen=True)
class Touched:
    """One record that an action changes, as it was and as it is after."""

    subject: str
    pk: int
    unit_id: int | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass
class Case:
    """What gates judge: the action, its validated rows, and what the applicant answered so far.

    `answers` holds, by gate, the answer as plain values with its references resolved to keys, or a list where it takes many.
    """

    action: Action
    context: Context
    rows: Sequence[Any]
    answers: Mapping[str, Any] = field(default_factory=dict)
    touched: Sequence[Touched] = ()
    """What `applied` changed the last time."""

    @contextmanager
    def applied(self) -> Iterator[list[int]]:
        """Carry the action out, yield the keys it wrote, and take everything back: how the state after the request is seen.

        Where the action has a foresight, that is carried out instead.
        """
        with transaction.atomic():
            point = transaction.savepoint()
            try:
                yield self._carry_out(replace(self.context, batch=None, trail=Trail()))
            finally:
                transaction.savepoint_rollback(point)

    def _carry_out(self, context: Context) -> list[int]:
        if self.action.foresight is not None:
            ids = self.action.foresight(context, self.rows)
            self.touched = _noted(context.trail)
            return ids
        ids = self.action.commit(context, Prepared(list(self.rows)))
        entries = AuditEntry.objects.filter(batch=context.batch).values_list("subject", "subject_id", "unit_id", "before", "after")
        self.touched = [Touched(*entry) for entry in entries]
        return ids


def _noted(trail: Trail) -> list[Touched]:
    """Return what a trail has noted of records."""
    states = ([None if text is None else _DECODE(text) for text in texts] for texts in (trail.befores, trail.afters))
    return [Touched(*one) for one in zip(trail.subjects, trail.ids, trail.units, *states, strict=True)]


@dataclass(frozen=True)
class Judgement:
    """What a gate found: `data` is JSON that the gate's template draws and that the request keeps as it was seen.

    "clear" and "warning" let the request pass, "question" waits for the applicant's answer, "blocked" stops it. `claims` are
    reserved when the request is submitted.
    """

    verdict: Verdict
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    claims: Sequence[Claim] = ()


@dataclass(frozen=True)
class Gate:
    """One gate. `judge` is asked at the draft, at submission, before each approval and at execution; a slow one that is `patient` is
    not asked again at the click of an approval, whose page has shown what it says now.

    `actions` are keys of the actions it guards, or ("*",). `template` draws the judgement's data. `answer` is the input of the
    applicant's answer, one a line where `many_answers`. `settle`, in the transaction that carries the request out and before its
    action, does what was answered (takes the item found, say) and returns the rows that are still to be done.
    """

    key: str
    label: Any
    actions: tuple[str, ...]
    judge: Callable[[Case], Judgement | None]
    template: str = ""
    answer: type[Input] | None = None
    many_answers: bool = False
    settle: Callable[[Case], Sequence[Any]] | None = None
    order: int = 50
    patient: bool = False

    def guards(self, action: str) -> bool:
        return "*" in self.actions or action in self.actions


gates: Registry[Gate] = Registry("gate")


def declare_gate(made: Gate) -> Gate:
    """Declare a gate under its key."""
    return gates.add(made.key, made)


def gates_of(action: str) -> list[Gate]:
    """Return the gates of an action in their order."""
    return sorted((gate for gate in gates if gate.guards(action)), key=lambda gate: gate.order)
