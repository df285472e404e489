"""The gate of the budget: a purchase names the line that pays for it, and the amount is reserved until the request is decided."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.gate import Case, Gate, Judgement, declare_gate
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.models import Reservation
from gongjia.core.reservations import Claim, live
from gongjia.domains.costs.models import BudgetLine
from gongjia.domains.costs.resources import LINES
from gongjia.domains.costs.rules import PURCHASE_SUBJECTS
from gongjia.domains.costs.services import CENT, move

KEY = "costs.budget"
GUARDED = ("acquisition.purchase_asset",)


class ChooseLine(Input):
    """Which budget line pays."""

    line: Annotated[int, Ref("costs.budgetline")] = given(label=_("预算指标"))


def cost_of(rows: Sequence[Any]) -> Decimal:
    """Return what the rows of a purchase cost together."""
    return sum((row.quantity * row.unit_price for row in rows), Decimal(0)).quantize(CENT)


def line_of(case: Case) -> int | None:
    """Return the line that the applicant chose."""
    answer = case.answers.get(KEY) or {}
    return answer.get("line")


def candidates(case: Case) -> list[BudgetLine]:
    """Return the lines of the buying units and this year under which assets may be bought."""
    units = {row.unit for row in case.rows}
    rows = LINES.queryset(case.context.actor).filter(unit__in=units, year=case.context.on.year, subject__in=PURCHASE_SUBJECTS)
    return list(rows.order_by("subject", "code"))


def reserved(lines: Sequence[BudgetLine], besides: str) -> dict[int, Decimal]:
    """Return what pending requests other than `besides` hold of each line."""
    held: dict[int, Decimal] = {}
    standing: list[Reservation] = live(LINES.key, [line.pk for line in lines])
    for row in standing:
        if row.holder != besides:
            held[row.subject_id] = held.get(row.subject_id, Decimal(0)) + (row.amount or Decimal(0))
    return held


def shown(line: BudgetLine, held: Decimal) -> dict[str, Any]:
    """Return a line as the gate's page draws it."""
    free = line.unused - held
    texts = {"code": line.code, "name": line.name, "subject": line.subject}
    return {"pk": line.pk, **texts, "amount": str(line.amount), "used": str(line.used), "reserved": str(held), "free": str(free)}


def judge(case: Case) -> Judgement:
    """Ask for the line that pays; stop a purchase that it cannot pay."""
    lines, total = candidates(case), cost_of(case.rows)
    held = reserved(lines, case.context.request_key)
    data: dict[str, Any] = {"total": str(total), "lines": [shown(line, held.get(line.pk, Decimal(0))) for line in lines]}
    if not lines:
        return Judgement("blocked", _now("本年度没有可用于购置的预算指标；先登记预算，或调整科目。"), data)
    chosen = line_of(case)
    line = next((one for one in lines if one.pk == chosen), None)
    if line is None:
        return Judgement("question", _now("请选择由哪一个预算指标列支。"), data)
    data["chosen"] = line.pk
    free = line.unused - held.get(line.pk, Decimal(0))
    if total > free:
        text = _now("“%(name)s”可用 %(free)s 元，本次需要 %(total)s 元，超出 %(over)s 元。")
        return Judgement("blocked", text % {"name": line.name, "free": free, "total": total, "over": total - free}, data)
    text = _now("由“%(name)s”列支 %(total)s 元，列支后可用 %(left)s 元。") % {"name": line.name, "total": total, "left": free - total}
    return Judgement("clear", text, data, (Claim(LINES.key, line.pk, total, line.unused, line.name),))


def settle(case: Case) -> Sequence[Any]:
    """Use up the line by what is still bought after the other gates took their part."""
    chosen = line_of(case)
    if case.rows and chosen is not None:
        move(case.context, chosen, cost_of(case.rows), note=_now("购置申请批准"))
    return case.rows


declare_gate(
    Gate(
        key=KEY,
        label=_("预算"),
        actions=GUARDED,
        judge=judge,
        template="costs/gate_budget.html",
        answer=ChooseLine,
        settle=settle,
        order=80,
    )
)
