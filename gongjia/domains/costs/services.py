"""Changing budgets: lines come from the approved budget; granted requests use them, and what was not needed is given back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from django.db.models import F
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem, Refused
from gongjia.core.reservations import problems_of
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.costs.models import BudgetLine, BudgetUse
from gongjia.domains.costs.resources import LINES, USES

CENT = Decimal("0.01")


class RegisterLine(Input, of=BudgetLine):
    """A line of the approved budget."""

    code: str = given(synonyms=("指标编号", "指标号", "预算指标编号", "budget code"))
    unit: Annotated[int, Ref("org.unit")] = given(synonyms=("单位编码", "预算单位"))
    year: int = given(synonyms=("年度", "预算年度"))
    subject: str = given(
        synonyms=("经济分类", "经济科目", "科目编码", "部门经济分类"), help=_("部门预算支出经济分类科目的款级代码，如 31002。")
    )
    name: str = given(synonyms=("指标名称", "项目名称", "摘要"))
    project: str = given("", synonyms=("项目编号", "项目编码"))
    amount: Decimal = given(synonyms=("预算数", "指标金额", "批复数", "金额"))
    note: str = given("", synonyms=("备注",))


class EditLine(Input, of=BudgetLine):
    """The fields of a line that change; what was used is changed by its movements alone."""

    id: Annotated[int, Ref("costs.budgetline")] = given(label=_("预算指标"))
    name: str | None = given(None)
    project: str | None = given(None)
    amount: Decimal | None = given(None, help=_("追加或调减后的预算数。"))
    note: str | None = given(None)


class ReturnBudget(Input, of=BudgetUse):
    """What a purchase did not need after all."""

    id: Annotated[int, Ref("costs.budgetline")] = given(label=_("预算指标"))
    amount: Decimal = given(label=_("退回金额"))
    reference: str = given("", help=_("退回的凭据，如订单号。"))
    note: str = given("")


@action("costs.register_line", label=_("登记预算指标"), subject="costs.budgetline", unit="unit", undo=restore_records)
def register_lines(context: Context, rows: Sequence[RegisterLine]) -> list[int]:
    """Register budget lines."""
    return create_rows(context, LINES, rows, **context.provenance())


@register_lines.check
def lines_make_sense(context: Context, rows: Sequence[RegisterLine]) -> list[Problem]:
    """Refuse amounts below nothing, years that are none and codes in use."""
    taken = set(BudgetLine.objects.live().filter(unit__in={row.unit for row in rows}).values_list("unit", "code"))
    problems = []
    for index, row in enumerate(rows):
        if row.amount < 0:
            problems.append(Problem("negative", _now("预算数不能小于 0。"), "amount", index, value=row.amount))
        if not 2000 <= row.year <= 2100:
            problems.append(Problem("bad_year", _now("“%(year)s”不是预算年度。") % {"year": row.year}, "year", index, value=row.year))
        if (row.unit, row.code) in taken:
            text = _now("指标编号“%(code)s”在这个单位已经用过。") % {"code": row.code}
            problems.append(Problem("duplicate_key", text, "code", index, value=row.code))
        taken.add((row.unit, row.code))
    return problems


@action("costs.edit_line", label=_("调整预算指标"), subject="costs.budgetline", undo=restore_records)
def edit_lines(context: Context, rows: Sequence[EditLine]) -> list[int]:
    """Change the given fields of lines."""
    change_rows(context, LINES, rows)
    return [row.id for row in rows]


@edit_lines.check
def enough_is_left(context: Context, rows: Sequence[EditLine]) -> list[Problem]:
    """Refuse an amount below what was used, and a change of a line that a pending request counts on."""
    used = dict(BudgetLine.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "used"))
    text = _now("预算数不能小于已使用的 %(used)s 元。")
    problems = problems_of(LINES.key, [row.id if row.amount is not None else 0 for row in rows], context.request_key)
    for index, row in enumerate(rows):
        if row.amount is not None and row.amount < used.get(row.id, Decimal(0)):
            problems.append(Problem("below_used", text % {"used": used[row.id]}, "amount", index, value=row.amount))
    return problems


@action("costs.return_budget", label=_("退回预算"), subject="costs.budgetline")
def return_budget(context: Context, rows: Sequence[ReturnBudget]) -> list[int]:
    """Give back what was committed and not needed."""
    for row in rows:
        move(context, row.id, -row.amount, row.reference, row.note)
    return [row.id for row in rows]


@return_budget.check
def returned_was_used(context: Context, rows: Sequence[ReturnBudget]) -> list[Problem]:
    """Refuse to give back nothing, or more than was used."""
    used = dict(BudgetLine.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "used"))
    text = _now("退回的金额应大于 0，且不超过已使用的 %(used)s 元。")
    return [
        Problem("bad_amount", text % {"used": used.get(row.id, 0)}, "amount", index, value=row.amount)
        for index, row in enumerate(rows)
        if not 0 < row.amount <= used.get(row.id, Decimal(0))
    ]


def move(context: Context, line_id: int, amount: Decimal, reference: str = "", note: str = "") -> None:
    """Use up `amount` of a line (give back a negative one) and record it; raises Refused beyond the budget, in the same transaction."""
    line, amount = BudgetLine.objects.select_for_update().get(pk=line_id), amount.quantize(CENT)
    if not 0 <= line.used + amount <= line.amount:
        text = _now("预算指标“%(name)s”只剩 %(left)s 元，不够 %(amount)s 元。")
        raise Refused([Problem("over_budget", text % {"name": line.name, "left": line.unused, "amount": amount}, value=amount)])
    BudgetLine.objects.filter(pk=line_id).update(used=line.used + amount, version=F("version") + 1)
    made = BudgetUse.objects.create(
        line=line, amount=amount, request_key=context.request_key, reference=reference, at=context.now, actor_id=context.actor_id, note=note
    )
    context.record(LINES.key, line_id, line.unit_id, {"used": line.used}, {"used": line.used + amount})
    context.record(USES.key, made.pk, line.unit_id, None, {"line_id": line_id, "amount": amount, "request_key": context.request_key})


def give_back(context: Context, request_key: str, amount: Decimal, reference: str, note: str = "") -> None:
    """Give back `amount` of what a request committed, to the line that it was taken from; a purchase without a line gives nothing."""
    taken = BudgetUse.objects.filter(request_key=request_key, amount__gt=0).first() if request_key else None
    if taken is not None and amount > 0:
        move(context, taken.line_id, -amount, reference, note)
