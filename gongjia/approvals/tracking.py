"""Where a request is on its route: the steps taken, the open ones with who is awaited, those still to come; and how to draw them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from gongjia.approvals.choices import SeatState, SigningMode, StepState, Verb
from gongjia.approvals.engine.reading import Compiled, StepRule, Unreadable, compiled
from gongjia.approvals.models import Decision, Request, RouteVersion, Seat, Step
from gongjia.approvals.routing import Routes
from gongjia.approvals.rules import is_ripe
from gongjia.web.shapes import Tone

TONES: dict[str, Tone] = {"open": "doubt", "done": "order", "skipped": "plain", "cancelled": "plain", "coming": "plain"}
SEAT_TONES: dict[str, Tone] = {"waiting": "doubt", "signed": "order", "refused": "breach", "skipped": "plain"}


@dataclass(frozen=True)
class Chair:
    """One signer of a step: who, how it stands, what was said."""

    name: str
    state: str
    label: str
    ripe: bool = False
    kind: str = ""
    note: str = ""
    at: dt.datetime | None = None
    behalf: str = ""

    @property
    def tone(self) -> Tone:
        return SEAT_TONES.get(self.state, "plain")


@dataclass(frozen=True)
class Mark:
    """One step of the list and of the drawing."""

    spec: str
    label: str
    state: str
    word: str
    rule: str = ""
    due: dt.datetime | None = None
    closed: dt.datetime | None = None
    late: bool = False
    round: int = 0
    chairs: Sequence[Chair] = field(default_factory=list)

    @property
    def tone(self) -> Tone:
        return "breach" if self.late else TONES.get(self.state, "plain")

    @property
    def awaited(self) -> str:
        """The names of those whose turn it is."""
        names = [chair.name for chair in self.chairs if chair.ripe]
        return _("、").join(names[:4]) + (_("等 %(n)s 人") % {"n": len(names)} if len(names) > 4 else "")


def version_of(request: Request) -> RouteVersion | None:
    """Return the route that a request runs on, or would take."""
    return request.route_version or Routes().find(request.action, request.unit.path)


def read(version: RouteVersion | None) -> Compiled | None:
    """Return a version's route, None where there is none."""
    try:
        return compiled(version.bpmn) if version is not None else None
    except Unreadable:
        return None


def marks_of(request: Request, route: Compiled | None) -> list[Mark]:
    """Return the steps in order: taken, open, and those of the route that are still to come."""
    steps = list(Step.objects.filter(request=request).prefetch_related("seats__user").order_by("pk"))
    said = _said(request)
    taken = [_mark(step, said) for step in steps if step.state != StepState.CANCELLED or _spoken(step, said)]
    met = {step.spec for step in steps if step.state in (StepState.OPEN, StepState.DONE, StepState.SKIPPED)}
    coming = (
        [rule for spec, rule in route.steps.items() if spec not in met]
        if route and request.state in ("draft", "returned", "running")
        else []
    )
    return taken + [Mark(rule.spec, rule.label, "coming", _("未到"), _rule(rule.mode, rule.ratio, _days(rule.deadline))) for rule in coming]


def lit(marks: Sequence[Mark]) -> dict[str, str]:
    """Return the state of each node of the drawing: the last that is known of it."""
    return {mark.spec: mark.state for mark in marks if mark.state != "cancelled"}


def _said(request: Request) -> dict[tuple[int, int], Decision]:
    """Return the decisions of seats by step and signer."""
    acts = Decision.objects.filter(request=request, step__isnull=False, verb__in=[Verb.APPROVE, Verb.REFUSE, Verb.RETURN]).select_related(
        "actor"
    )
    return {(act.step_id or 0, act.on_behalf_of_id or act.actor_id or 0): act for act in acts.order_by("pk")}


def _spoken(step: Step, said: dict[tuple[int, int], Decision]) -> bool:
    return any(key[0] == step.pk for key in said)


def _mark(step: Step, said: dict[tuple[int, int], Decision]) -> Mark:
    seats = list(step.seats.all())
    late = step.state == StepState.OPEN and step.due_at is not None and step.due_at < timezone.now()
    return Mark(
        step.spec,
        step.label,
        step.state,
        _("逾期") if late else str(step.get_state_display()),
        _rule(step.mode, step.ratio),
        step.due_at,
        step.closed_at,
        late,
        step.round,
        [
            _chair(step, seat, seats, said.get((step.pk, seat.user_id)))
            for seat in sorted(seats, key=lambda seat: ("before", "assigned", "after").index(seat.kind))
        ],
    )


def _chair(step: Step, seat: Seat, seats: Sequence[Seat], act: Decision | None) -> Chair:
    ripe = step.state == StepState.OPEN and is_ripe(seat, seats)
    returned = act is not None and act.verb == Verb.RETURN
    waits = seat.state == SeatState.WAITING and not returned
    label = str(Verb.RETURN.label) if returned else "" if waits and step.state != StepState.OPEN else str(seat.get_state_display())
    behalf = str(act.actor) if act is not None and act.on_behalf_of_id and act.actor else ""
    return Chair(
        str(seat.user),
        "refused" if returned else seat.state,
        label,
        ripe,
        "" if seat.kind == "assigned" else str(seat.get_kind_display()),
        act.note if act else "",
        act.at if act else seat.signed_at,
        behalf,
    )


def _rule(mode: str, ratio: int, *more: str) -> str:
    words = {SigningMode.ALL: _("会签，全部同意"), SigningMode.RATIO: _("会签，%(n)s%% 同意") % {"n": ratio}}.get(
        SigningMode(mode), _("一人同意即可")
    )
    return " · ".join(part for part in (words, *more) if part)


def rule_words(rule: StepRule) -> str:
    """Return how a step of a route is signed, and within how many days."""
    return _rule(rule.mode, rule.ratio, _days(rule.deadline))


def _days(deadline: int | None) -> str:
    return _("%(n)s 天内") % {"n": deadline} if deadline else ""
