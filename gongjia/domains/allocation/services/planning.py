"""Plans of rooms: a job reckons, a person pins, forbids, re-weights and runs again; an accepted plan becomes requests."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Annotated, Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.jobs import Cancelled, Running, job
from gongjia.core.periods import today
from gongjia.core.problems import Problem, Refused
from gongjia.core.writing import change_rows
from gongjia.domains.allocation.choices import MarkKind, PlanState
from gongjia.domains.allocation.models import RoomMark, RoomMove, RoomPlan
from gongjia.domains.allocation.planning import SECONDS, plan_rooms
from gongjia.domains.allocation.resources import PLANS
from gongjia.org.models import Unit


class RecordPlan(Input, of=RoomPlan):
    """A plan as it was reckoned: figures, and moves of (person, source, target, phase, swing, reasons)."""

    unit: Annotated[int, Ref("org.unit")] = given(label=_("范围"))
    buildings: list[int] = given([], label=_("楼栋"))
    weights: dict = given({}, label=_("权重"))
    figures: dict = given({}, label=_("结果"))
    moves: list[list[Any]] = given([], label=_("搬迁"))


class MarkPerson(Input, of=RoomMark):
    """The word of a person on somebody and a room; an empty word takes it back."""

    id: Annotated[int, Ref("allocation.plan")] = given(label=_("用房调配方案"))
    person: Annotated[int, Ref("org.person")] = given()
    room: Annotated[int, Ref("offices.room")] = given()
    kind: str = given("")


class AcceptPlan(Input):
    """A plan that is to become requests."""

    id: Annotated[int, Ref("allocation.plan")] = given(label=_("用房调配方案"))


class PlanChange(Input):
    """The new state of a plan."""

    id: int
    state: str


@action("allocation.record_plan", label=_("测算用房调配"), subject="allocation.plan", unit="unit")
def record_plans(context: Context, rows: Sequence[RecordPlan]) -> list[int]:
    """Keep plans with their moves; what was proposed before and not accepted is dropped, what people said of it stays in force."""
    old = RoomPlan.objects.filter(unit__in=[row.unit for row in rows], state=PlanState.PROPOSED)
    said = {plan.unit_id: list(plan.marks.values_list("person_id", "room_id", "kind")) for plan in old.order_by("pk")}
    change_rows(context, PLANS, [PlanChange(id=plan.pk, state=PlanState.DROPPED.value) for plan in old])
    columns: dict[str, list[Any]] = {"unit_id": [row.unit for row in rows], "figures": [row.figures for row in rows]}
    columns |= {"buildings": [row.buildings for row in rows], "weights": [row.weights for row in rows]}
    ids = bulk.insert(RoomPlan, len(rows), made_at=context.now, actor_id=context.actor_id, **columns)
    context.trail.add_new(PLANS.key, ids, columns["unit_id"], columns)
    flat = [(pk, *move) for pk, row in zip(ids, rows, strict=True) for move in row.moves]
    names = ("plan_id", "person_id", "source_id", "target_id", "phase", "swing", "reasons")
    bulk.insert(RoomMove, len(flat), **{name: [move[place] for move in flat] for place, name in enumerate(names)})
    kept = [(pk, *mark) for pk, row in zip(ids, rows, strict=True) for mark in said.get(row.unit, [])]
    marked = ("plan_id", "person_id", "room_id", "kind")
    bulk.insert(RoomMark, len(kept), **{name: [mark[place] for mark in kept] for place, name in enumerate(marked)})
    return ids


@action("allocation.mark_person", label=_("固定或禁止"), subject="allocation.plan")
def mark_people(context: Context, rows: Sequence[MarkPerson]) -> list[int]:
    """Keep what people say of somebody and a room; the next run obeys it."""
    for row in rows:
        here = RoomMark.objects.filter(plan=row.id, person=row.person, room=row.room)
        here.delete()
        if row.kind:
            RoomMark.objects.create(plan_id=row.id, person_id=row.person, room_id=row.room, kind=row.kind)
        unit = RoomPlan.objects.values_list("unit", flat=True).get(pk=row.id)
        context.record(PLANS.key, row.id, unit, None, {"person": row.person, "room": row.room, "kind": row.kind})
    return [row.id for row in rows]


@action("allocation.accept_plan", label=_("采纳用房调配方案"), subject="allocation.plan")
def accept_plans(context: Context, rows: Sequence[AcceptPlan]) -> list[int]:
    """Accept plans; the page that does it drafts the requests."""
    change_rows(context, PLANS, [PlanChange(id=row.id, state=PlanState.ACCEPTED.value) for row in rows])
    return [row.id for row in rows]


@mark_people.check
@accept_plans.check
def is_open(context: Context, rows: Sequence[MarkPerson | AcceptPlan]) -> list[Problem]:
    """Refuse to touch a plan that was accepted or dropped."""
    closed = set(RoomPlan.objects.filter(pk__in=[row.id for row in rows]).exclude(state=PlanState.PROPOSED).values_list("pk", flat=True))
    text = _now("这个方案已经采纳或放弃，请重新测算。")
    return [Problem("closed", text, "id", index) for index, row in enumerate(rows) if row.id in closed]


@mark_people.check
def is_a_word(context: Context, rows: Sequence[MarkPerson]) -> list[Problem]:
    """Refuse a second pin of one person, and a word that is none."""
    problems = []
    for index, row in enumerate(rows):
        others = RoomMark.objects.filter(plan=row.id, person=row.person, kind=MarkKind.PINNED).exclude(room=row.room)
        if row.kind == MarkKind.PINNED and others.exists():
            problems.append(Problem("pinned", _now("这个人已经固定在另一间房。"), "person", index))
        elif row.kind and row.kind not in MarkKind.values:
            problems.append(Problem("choice", _now("只能固定、禁止或取消标记。"), "kind", index))
    return problems


class Watch:
    """Tells the job how far the solver is, and the solver whether to stop."""

    def __init__(self, running: Running, seconds: float) -> None:
        self.running, self.seconds = running, seconds
        self.begun = self.asked = time.monotonic()
        self.cancelled = False

    def tell(self, share: float, points: float, bound: float) -> None:
        """Report points and bound beside the share of the time."""
        text = _now("得分 %(points)s，下界 %(bound)s") % {"points": f"{points:,.1f}", "bound": f"{max(0.0, bound):,.1f}"}
        self._report(text)

    def stop(self) -> bool:
        """Say whether the person asked to stop; looks twice a second."""
        if time.monotonic() - self.asked > 0.5:
            self._report("")
        return self.cancelled

    def _report(self, text: str) -> None:
        self.asked = time.monotonic()
        try:
            self.running.progress(int(min(self.seconds, self.asked - self.begun)), int(self.seconds), text)
        except Cancelled:
            self.cancelled = True


@job("allocation.plan", _("测算用房调配"))
def run_plan(running: Running, unit: int, buildings: list[int], weights: dict[str, float], seconds: float = SECONDS) -> dict[str, Any]:
    """Reckon a plan for the rooms of a unit and all below it, and keep it."""
    watch = Watch(running, seconds)
    open_plans = RoomPlan.objects.filter(unit=unit, state=PlanState.PROPOSED)
    marks = list(RoomMark.objects.filter(plan__in=open_plans).values_list("person_id", "room_id", "kind"))
    root = Unit.objects.get(pk=unit)
    try:
        figures, moves = plan_rooms(root, buildings, weights, marks, today(), seconds=seconds, tell=watch.tell, stop=watch.stop)
    except ValueError as wrong:
        raise Refused([Problem("pins", _now("固定的人和硬性规则矛盾：%(what)s") % {"what": wrong}, "id")]) from wrong
    running.check_cancelled()
    given = {"unit": unit, "buildings": buildings, "weights": weights, "figures": figures, "moves": moves}
    pk = record_plans.run(running.actor, given, origin="job", job_id=running.row.pk)
    return {"url": reverse("allocation:plan"), "plan": pk, "points": figures["points"], "bound": figures["bound"], "gap": figures["gap"]}
