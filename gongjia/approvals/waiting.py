"""What waits for a person, in rows: how long, until when, how much money, what the gates say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjia.approvals import gating
from gongjia.approvals.models import Request, Step
from gongjia.approvals.page import tone_of
from gongjia.approvals.reckoning import total_of
from gongjia.approvals.seeing import principals, waiting_for
from gongjia.core.action import actions
from gongjia.core.gate import gates
from gongjia.web.shapes import Tone
from gongjia.web.wording import amount_words

MOST = 200
SAID = 3


@dataclass(frozen=True)
class Line:
    """One request in a list, with the step that waits where one does."""

    request: Request
    step: Step | None
    amount: str
    age: str
    due: str
    late: bool
    said: Sequence[tuple[str, str, Tone]]
    behalf: str = ""

    @property
    def tone(self) -> Tone:
        return tone_of(self.request.state)

    @property
    def state(self) -> str:
        return self.request.get_state_display()


def count(user: Any, path: str = "") -> int:
    """Return how many requests wait for a person's signature; whoever signs, signs for all units."""
    return waiting_for(user).order_by().values("request").distinct().count()


def waiting_lines(user: Any) -> list[Line]:
    """Return what waits for a person, the most pressing first."""
    steps = waiting_for(user).select_related("request__unit", "request__applicant").prefetch_related("seats__user")[:MOST]
    own = {user.pk}
    others = principals(user) - own
    return [line_of(step.request, step, _behalf(step, user.pk, others)) for step in steps]


def _behalf(step: Step, user_id: int, others: set[int]) -> str:
    """Return for whom one would sign, where the seat is somebody else's."""
    waiting = [seat for seat in step.seats.all() if seat.state == "waiting"]
    if any(seat.user_id == user_id for seat in waiting):
        return ""
    return next((str(seat.user) for seat in waiting if seat.user_id in others), "")


def line_of(request: Request, step: Step | None = None, behalf: str = "") -> Line:
    """Return a request as a row."""
    action = actions.get(request.action)
    total = total_of(action, request.rows) if action else Decimal(0)
    late = step is not None and step.due_at is not None and step.due_at < timezone.now()
    since = step.opened_at if step else request.submitted_at or request.made_at
    due = _until(step.due_at) if step is not None and step.due_at else ""
    return Line(
        request,
        step,
        amount_words(total) if total else "",
        age_words(timezone.now() - since),
        due,
        late,
        said_of(request.judgements),
        behalf,
    )


def said_of(judgements: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str, Tone]]:
    """Return label, conclusion and colour of the gates, the gravest first."""
    found = sorted(
        ((key, word) for key, word in judgements.items() if key in gates), key=lambda pair: gating.GRAVITY.index(pair[1]["verdict"])
    )
    return [(str(gates[key].label), str(word["text"]), gating.TONES.get(word["verdict"], "plain")) for key, word in found[:SAID]]


def age_words(span: dt.timedelta) -> str:
    """Return how long something has waited."""
    if span.days:
        return ngettext("%(n)s 天", "%(n)s 天", span.days) % {"n": span.days}
    hours = span.seconds // 3600
    return ngettext("%(n)s 小时", "%(n)s 小时", hours) % {"n": hours} if hours else _("刚到")


def _until(due: dt.datetime) -> str:
    day = timezone.localtime(due).date().isoformat()
    return _("已过 %(day)s") % {"day": day} if due < timezone.now() else _("%(day)s 前") % {"day": day}
