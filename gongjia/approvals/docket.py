"""The requests of one batch of decisions: locked, changed in memory, written set-wise at the end."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from gongjia.approvals.choices import OPEN_STATES, RequestState, SeatKind, SeatState, StepState, Verb
from gongjia.approvals.engine.expressions import NotAllowed, Undecided
from gongjia.approvals.engine.reading import Compiled, compiled
from gongjia.approvals.engine.running import Asked, Item, Run
from gongjia.approvals.models import Decision, Notice, Request, RouteVersion, Seat, Step
from gongjia.approvals.reckoning import asked_of
from gongjia.approvals.rules import outcome
from gongjia.approvals.seating import Nobody, Seating
from gongjia.approvals.writing import Pending
from gongjia.core.action import Context
from gongjia.core.problems import Problem, Refused
from gongjia.core.reservations import release

REQUEST = "approvals.request"


@dataclass
class File:
    """One request with its open steps; a step's seats hang on it as `signers`."""

    request: Request
    steps: list[Step]
    route: Compiled | None = None
    signed: set[int] = field(default_factory=set)
    kept: set[tuple[str, str]] = field(default_factory=set)
    """Steps that a return leaves as they were signed: passed over when the route is run again."""
    _run: Run | None = None

    @cached_property
    def asked(self) -> Asked:
        return asked_of(self.request)

    @property
    def run(self) -> Run:
        """The run of the route, restored when it is first needed."""
        if self._run is None:
            assert self.route is not None  # noqa: S101 - only requests on a route are run
            self._run = Run.load(self.route, self.request.workflow, self.asked)
        return self._run

    @run.setter
    def run(self, run: Run) -> None:
        self._run = run

    def open_steps(self) -> list[Step]:
        return [step for step in self.steps if step.state == StepState.OPEN]

    def step(self, pk: int) -> Step | None:
        return next((step for step in self.steps if step.pk == pk), None)


class Docket:
    """What one action decides on some requests."""

    def __init__(self, context: Context) -> None:
        self.context, self.seating, self.pending = context, Seating(), Pending(context)

    def open(self, ids: Iterable[int]) -> dict[int, File]:
        """Lock the requests in the order of their keys and return them with their open steps."""
        rows = Request.objects.filter(pk__in=set(ids)).order_by("pk").select_related("unit", "applicant", "applicant__person")
        requests = list(rows.select_for_update(of=("self",)))
        people = {row.applicant_id: row.applicant for row in requests}
        for row in requests:
            row.applicant = people[row.applicant_id]  # one object a person: what he may do is read once
        versions = RouteVersion.objects.in_bulk({row.route_version_id for row in requests if row.route_version_id})
        steps = open_steps_of(requests)
        signed = signed_of(requests)
        return {
            row.pk: File(
                row,
                steps[row.pk],
                compiled(versions[row.route_version_id].bpmn) if row.route_version_id else None,
                signed[row.pk],
            )
            for row in requests
        }

    # -- acts ---------------------------------------------------------------------------------------------------------

    def decide(self, file: File, verb: Verb, step: Step | None = None, note: str = "", **more: Any) -> None:
        """Append one act to the record."""
        actor = more.pop("actor_id", self.context.actor_id)
        self.pending.decisions.append(
            Decision(
                request=file.request, step=step, verb=verb, actor_id=actor, round=file.request.round, note=note, at=self.context.now, **more
            )
        )

    def tell(self, file: File, users: Iterable[int | None], kind: str) -> None:
        """Note whom to tell of what; nobody is told of his own act."""
        for user in {pk for pk in users if pk and pk != self.context.actor_id}:
            self.pending.notices.append(Notice(request=file.request, user_id=user, kind=kind, made_at=self.context.now))

    def set(self, file: File, **values: Any) -> None:
        """Change attributes of a request and remember it for writing and audit."""
        self.pending.change_request(file.request, values)

    def close_step(self, step: Step, state: StepState) -> None:
        """Close a step with the given state."""
        step.state, step.closed_at = state, self.context.now
        self.pending.steps[id(step)] = step

    def begin(self, file: File, route: Compiled) -> None:
        """Run the route of a request from its start."""
        file.route = route
        with told(file):
            file.run = Run.start(route, file.asked)
        self.advance(file)

    def advance(self, file: File) -> None:
        """Open the steps that the route has reached and close those that it has left; at its end the request is granted."""
        while self._settle_one(file):
            pass
        over = file.run.is_over
        values: dict[str, Any] = {"workflow": "" if over else file.run.dump(), "wakes_at": None if over else file.run.wakes_at()}
        self.set(file, **values, **({"state": RequestState.GRANTED} if over else {}))

    def end(self, file: File, state: RequestState) -> None:
        """End a request: its steps are closed, what it held is free again."""
        for step in file.open_steps():
            self.close_step(step, StepState.CANCELLED)
        held = file.request.state in OPEN_STATES
        self.set(file, state=state, workflow="", wakes_at=None, finished_at=self.context.now)
        if held:
            release(file.request.key)

    def complete(self, file: File, step: Step) -> None:
        """Close a step that is agreed to and go on."""
        self.close_step(step, StepState.DONE)
        with told(file):
            file.run.complete(step.task)
        self.advance(file)

    def flush(self) -> None:
        """Write everything, one statement a table."""
        self.pending.write()

    # -- parts --------------------------------------------------------------------------------------------------------

    def _settle_one(self, file: File) -> bool:
        """Bring steps and route together; True when a task was passed over and the route went on."""
        items = file.run.items()
        tasks = {item.task for item in items}
        for step in file.open_steps():
            if step.task not in tasks:
                self.close_step(step, StepState.CANCELLED)
        known = {step.task for step in file.open_steps()}
        for item in items:
            if item.task not in known and self._passes(file, item):
                with told(file):
                    file.run.complete(item.task)
                return True
        return False

    def _passes(self, file: File, item: Item) -> bool:
        """Open a step for the item, or say that it is passed over: kept by a return, or signed already."""
        if (item.rule.spec, key_of(item)) in file.kept:
            return True
        standing = next(
            (step for step in file.open_steps() if step.task == "" and (step.spec, step.item) == (item.rule.spec, key_of(item))), None
        )
        if standing is not None:
            standing.task = item.task
            self.pending.steps[id(standing)] = standing
            return False
        step = self._open(file, item)
        if outcome(step.mode, step.ratio, step.signers) != "approved":
            self.tell(file, [seat.user_id for seat in step.signers if seat.state == SeatState.WAITING], "to_sign")
            return False
        step.state, step.closed_at = StepState.SKIPPED, self.context.now
        self.decide(file, Verb.SKIP, step, actor_id=None)
        return True

    def _open(self, file: File, item: Item) -> Step:
        rule, now = item.rule, self.context.now
        try:
            users = self.seating.seats(file.request, item)
        except Nobody as nobody:
            raise Refused([Problem("nobody", nobody.why)]) from None
        due = now + dt.timedelta(days=rule.deadline) if rule.deadline else None
        made = Step(
            request=file.request, task=item.task, spec=rule.spec, item=key_of(item), label=rule.label[:120], round=file.request.round
        )
        made.mode, made.ratio, made.opened_at, made.due_at = rule.mode, rule.ratio, now, due
        passed = file.signed if rule.skip_signed else set()
        made.signers = [
            Seat(step=made, user_id=pk, kind=SeatKind.ASSIGNED, state=SeatState.SKIPPED if pk in passed else SeatState.WAITING)
            for pk in users
        ]
        file.steps.append(made)
        self.pending.new_steps.append(made)
        return made


def key_of(item: Item) -> str:
    """Return an item of a collection as a step keeps it."""
    return "" if item.item is None else str(item.item)[:60]


class told:  # noqa: N801 - reads as a word: `with told(file): …`
    """Turn what a condition could not decide into a problem with a sentence."""

    def __init__(self, file: File) -> None:
        self.file = file

    def __enter__(self) -> None:
        """Nothing is held."""

    def __exit__(self, kind: Any, failure: Any, trace: Any) -> None:
        if isinstance(failure, Undecided):
            text = _("流程条件“%(condition)s”无法判断：“%(what)s”没有值。")
            raise Refused([Problem("undecided", text % {"condition": failure.expression, "what": failure.what})]) from None
        if isinstance(failure, NotAllowed):
            raise Refused([Problem("undecided", _("流程条件写法不允许：%(why)s。") % {"why": failure.why})]) from None


def open_steps_of(requests: Sequence[Request]) -> dict[int, list[Step]]:
    """Return the open steps by request, each with its seats as `signers`."""
    found: dict[int, list[Step]] = defaultdict(list)
    by_request = {row.pk: row for row in requests}
    steps = {step.pk: step for step in Step.objects.filter(request__in=list(by_request), state=StepState.OPEN).order_by("pk")}
    for step in steps.values():
        step.request, step.signers = by_request[step.request_id], []
        found[step.request_id].append(step)
    for seat in Seat.objects.filter(step__in=list(steps)).order_by("pk"):
        steps[seat.step_id].signers.append(seat)
    return found


def signed_of(requests: Sequence[Request]) -> dict[int, set[int]]:
    """Return who has agreed to each request in its present round."""
    found: dict[int, set[int]] = defaultdict(set)
    rounds = {row.pk: row.round for row in requests}
    acts = Decision.objects.filter(request__in=list(rounds), verb=Verb.APPROVE).order_by()
    for request, number, actor, principal in acts.values_list("request_id", "round", "actor_id", "on_behalf_of_id"):
        if rounds[request] == number:
            found[request] |= {pk for pk in (actor, principal) if pk}
    return found
