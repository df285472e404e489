"""Plans of matching: a job reckons, a person pins, forbids and runs again; an accepted plan becomes requests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.jobs import Running, job
from gongjia.core.problems import Problem
from gongjia.core.writing import change_rows
from gongjia.domains.warehouse.choices import PairState, PlanState
from gongjia.domains.warehouse.models import MatchPair, MatchPlan
from gongjia.domains.warehouse.plotting import solve
from gongjia.domains.warehouse.resources import PLANS
from gongjia.org.models import Unit


class RecordPlan(Input, of=MatchPlan):
    """A plan as it was reckoned: figures, and pairs of (wish, item, points, state)."""

    unit: Annotated[int, Ref("org.unit")] = given(label=_("范围"))
    figures: dict = given({}, label=_("结果"))
    pairs: list[list[Any]] = given([], label=_("撮合对"))


class MarkPair(Input, of=MatchPair):
    """The word of a person on one pair: it must be, must not be, or may be decided."""

    id: Annotated[int, Ref("warehouse.match_plan")] = given(label=_("撮合方案"))
    wish: Annotated[int, Ref("warehouse.wish")] = given()
    item: Annotated[int, Ref("warehouse.offer")] = given()
    state: str = given()


class AcceptPlan(Input):
    """A plan that is to become requests."""

    id: Annotated[int, Ref("warehouse.match_plan")] = given(label=_("撮合方案"))


class PlanChange(Input):
    """The new state of a plan."""

    id: int
    state: str


@action("warehouse.record_plan", label=_("撮合需求与存量"), subject="warehouse.match_plan", unit="unit")
def record_plans(context: Context, rows: Sequence[RecordPlan]) -> list[int]:
    """Keep plans with their pairs; what was proposed before and not accepted is dropped."""
    old = MatchPlan.objects.filter(unit__in=[row.unit for row in rows], state=PlanState.PROPOSED)
    change_rows(context, PLANS, [PlanChange(id=plan.pk, state=PlanState.DROPPED.value) for plan in old])
    columns: dict[str, list[Any]] = {"unit_id": [row.unit for row in rows], "figures": [row.figures for row in rows]}
    ids = bulk.insert(MatchPlan, len(rows), made_at=context.now, actor_id=context.actor_id, **columns)
    context.trail.add_new(PLANS.key, ids, columns["unit_id"], columns)
    flat = [(pk, *pair) for pk, row in zip(ids, rows, strict=True) for pair in row.pairs]
    names = ("plan_id", "wish_id", "item_id", "worth", "state")
    bulk.insert(MatchPair, len(flat), **{name: [pair[place] for pair in flat] for place, name in enumerate(names)})
    return ids


@action("warehouse.mark_pair", label=_("固定或禁止一对"), subject="warehouse.match_plan")
def mark_pairs(context: Context, rows: Sequence[MarkPair]) -> list[int]:
    """Keep what people say of pairs; the next run obeys it."""
    for row in rows:
        MatchPair.objects.update_or_create(plan_id=row.id, wish_id=row.wish, item_id=row.item, defaults={"state": row.state})
        unit = MatchPlan.objects.values_list("unit", flat=True).get(pk=row.id)
        context.record(PLANS.key, row.id, unit, None, {"wish": row.wish, "item": row.item, "state": row.state})
    return [row.id for row in rows]


@action("warehouse.accept_plan", label=_("采纳方案"), subject="warehouse.match_plan")
def accept_plans(context: Context, rows: Sequence[AcceptPlan]) -> list[int]:
    """Accept plans; the page that does it drafts the requests."""
    change_rows(context, PLANS, [PlanChange(id=row.id, state=PlanState.ACCEPTED.value) for row in rows])
    return [row.id for row in rows]


@mark_pairs.check
@accept_plans.check
def is_open(context: Context, rows: Sequence[MarkPair | AcceptPlan]) -> list[Problem]:
    """Refuse to touch a plan that was accepted or dropped."""
    closed = set(MatchPlan.objects.filter(pk__in=[row.id for row in rows]).exclude(state=PlanState.PROPOSED).values_list("pk", flat=True))
    text = _now("这个方案已经采纳或放弃，请重新计算。")
    return [Problem("closed", text, "id", index) for index, row in enumerate(rows) if row.id in closed]


@mark_pairs.check
def is_a_word(context: Context, rows: Sequence[MarkPair]) -> list[Problem]:
    """Refuse a second pin on one item."""
    problems = []
    for index, row in enumerate(rows):
        others = MatchPair.objects.filter(plan=row.id, item=row.item, state=PairState.PINNED).exclude(wish=row.wish)
        if row.state == PairState.PINNED and others.exists():
            problems.append(Problem("pinned", _now("这件资产已经固定给另一项需求。"), "item", index))
    return problems


@job("warehouse.match", _("撮合需求与存量"))
def run_match(running: Running, unit: int) -> dict[str, Any]:
    """Reckon a plan for the wishes of a unit and everything below it, and keep it."""
    running.progress(0, 2, _now("计算"))
    figures, pairs = solve(Unit.objects.get(pk=unit))
    running.progress(1, 2, _now("保存"))
    pk = record_plans.run(running.actor, {"unit": unit, "figures": figures, "pairs": pairs}, origin="job", job_id=running.row.pk)
    running.progress(2, 2)
    return {"plan": pk, **figures}
