"""Planning and buying: plans are adopted and purchases ordered by request only."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.db.models import Sum
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.numbering import numbered
from gongjia.core.problems import Problem
from gongjia.core.reservations import Claim
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.acquisition.choices import OrderState, PlanState
from gongjia.domains.acquisition.models import OrderLine, PlanLine
from gongjia.domains.acquisition.resources import ORDERS, PLANS
from gongjia.domains.costs.services import give_back
from gongjia.ledger.services import RegisterAsset, insert_cards

MOST_PIECES = 2_000


class PlanAsset(Input, of=PlanLine):
    """A line of the yearly allocation plan."""

    code: str = given(synonyms=("计划编号", "序号", "编号"))
    unit: Annotated[int, Ref("org.unit")] = given(synonyms=("单位编码", "申报单位"))
    year: int = given(synonyms=("年度", "计划年度"))
    category: Annotated[int, Ref("ledger.category")] = given(synonyms=("分类代码", "品目编码", "资产分类代码"))
    name: str = given(synonyms=("资产名称", "品名"))
    quantity: Decimal = given(synonyms=("数量", "计划数量"))
    unit_price: Decimal = given(synonyms=("单价", "预计单价"))
    reason: str = given("", synonyms=("配置理由", "理由", "用途"))


class EditPlan(Input, of=PlanLine):
    """The fields of a plan line that change before it is adopted."""

    id: Annotated[int, Ref("acquisition.planline")] = given(label=_("配置计划"))
    name: str | None = given(None)
    quantity: Decimal | None = given(None)
    unit_price: Decimal | None = given(None)
    reason: str | None = given(None)


class AdoptPlan(Input):
    """A plan line that is to be adopted."""

    id: Annotated[int, Ref("acquisition.planline")] = given(label=_("配置计划"))


class PurchaseAsset(Input, of=OrderLine):
    """One line of a purchase: what, how many, at which price, for whom."""

    unit: Annotated[int, Ref("org.unit")] = given()
    category: Annotated[int, Ref("ledger.category")] = given()
    name: str = given()
    model: str = given("")
    quantity: Decimal = given(Decimal(1))
    unit_price: Decimal = given(help=_("含税单价。超过配置标准价格上限的，提交前即会提示。"))
    use: str = given(label=_("用途"))
    plan: Annotated[int | None, Ref("acquisition.planline")] = given(None)
    place: Annotated[int | None, Ref("org.place")] = given(None)
    custodian: Annotated[int | None, Ref("org.person")] = given(None)


class NewState(Input):
    """A plan line or order that goes into another state."""

    id: int
    state: str


class CancelOrder(Input):
    """An order line whose rest is not bought."""

    id: Annotated[int, Ref("acquisition.orderline")] = given(label=_("采购订单"))
    reason: str = given(label=_("取消原因"))


@action("acquisition.plan_asset", label=_("编报配置计划"), subject="acquisition.planline", unit="unit", undo=restore_records)
def plan_assets(context: Context, rows: Sequence[PlanAsset]) -> list[int]:
    """Write lines of the allocation plan."""
    return create_rows(context, PLANS, rows, **context.provenance())


@action("acquisition.edit_plan", label=_("修改配置计划"), subject="acquisition.planline", undo=restore_records)
def edit_plans(context: Context, rows: Sequence[EditPlan]) -> list[int]:
    """Change lines that are not adopted yet."""
    change_rows(context, PLANS, rows)
    return [row.id for row in rows]


@action("acquisition.adopt_plan", label=_("报批配置计划"), subject="acquisition.planline", by_request=True)
def adopt_plans(context: Context, rows: Sequence[AdoptPlan]) -> list[int]:
    """Adopt plan lines: what is in them may be bought."""
    change_rows(context, PLANS, [NewState(id=row.id, state=PlanState.ADOPTED.value) for row in rows])
    return [row.id for row in rows]


edit_plans.when(lambda plan: plan.state == PlanState.DRAFT)
adopt_plans.when(lambda plan: plan.state == PlanState.DRAFT)


@edit_plans.check
@adopt_plans.check
def is_not_adopted(context: Context, rows: Sequence[EditPlan | AdoptPlan]) -> list[Problem]:
    """Refuse to touch what has been adopted."""
    adopted = set(PlanLine.objects.filter(pk__in=[row.id for row in rows], state=PlanState.ADOPTED).values_list("pk", flat=True))
    return [Problem("adopted", _now("这一行计划已经批准，不能再改。"), "id", i) for i, row in enumerate(rows) if row.id in adopted]


@plan_assets.check
def amounts_make_sense(context: Context, rows: Sequence[PlanAsset | PurchaseAsset]) -> list[Problem]:
    """Refuse nothing, less than nothing, and more pieces than one line can hold."""
    problems = []
    for index, row in enumerate(rows):
        if row.quantity <= 0:
            problems.append(Problem("not_positive", _now("数量应大于 0。"), "quantity", index, value=row.quantity))
        if row.quantity > MOST_PIECES:
            text = _now("一行最多 %(most)s 件，请分行填写。") % {"most": MOST_PIECES}
            problems.append(Problem("too_many", text, "quantity", index, value=row.quantity))
        if row.unit_price < 0:
            problems.append(Problem("negative", _now("单价不能小于 0。"), "unit_price", index, value=row.unit_price))
    return problems


def plan_claims(context: Context, rows: Sequence[PurchaseAsset]) -> list[Claim]:
    """Reserve of each plan line what is to be bought of it."""
    plans = PlanLine.objects.in_bulk({row.plan for row in rows if row.plan})
    bought = dict(
        OrderLine.objects.filter(plan__in=plans).exclude(state=OrderState.CANCELLED).values_list("plan").annotate(Sum("quantity"))
    )
    wanted: dict[int, Decimal] = {}
    for row in rows:
        if row.plan:
            wanted[row.plan] = wanted.get(row.plan, Decimal(0)) + row.quantity
    return [
        Claim(PLANS.key, pk, quantity, plans[pk].quantity - bought.get(pk, Decimal(0)), plans[pk].name) for pk, quantity in wanted.items()
    ]


def foreseen_cards(context: Context, rows: Sequence[PurchaseAsset]) -> list[int]:
    """Register the cards that the purchase would become, one a line: the standards look at the price of a piece and at sums."""
    return insert_cards(context, [_foreseen(context, row, f"{context.request_key}/{line + 1}") for line, row in enumerate(rows)])


def _foreseen(context: Context, row: PurchaseAsset, number: str) -> RegisterAsset:
    what: dict[str, Any] = {"unit": row.unit, "category": row.category, "name": row.name, "model": row.model, "quantity": row.quantity}
    where: dict[str, Any] = {"acquired_on": context.on, "place": row.place, "custodian": row.custodian}
    return RegisterAsset(number=number, cost=row.quantity * row.unit_price, **what, **where)


@action(
    "acquisition.purchase_asset",
    label=_("申请购置"),
    subject="acquisition.orderline",
    unit="unit",
    by_request=True,
    claims=plan_claims,
    foresight=foreseen_cards,
    help=_("一次申请可以有多行。提交前先查公物仓、配置标准和预算；批准后成为采购订单，到货后验收入库。"),
)
def purchase_assets(context: Context, rows: Sequence[PurchaseAsset]) -> list[int]:
    """Order what was granted."""
    numbers = numbered("CG", context.on.year, len(rows))
    return create_rows(context, ORDERS, rows, number=numbers, ordered_on=context.on, request_key=context.request_key)


purchase_assets.check(amounts_make_sense)


@purchase_assets.check
def plan_covers_it(context: Context, rows: Sequence[PurchaseAsset]) -> list[Problem]:
    """Refuse a plan line that is not adopted, or of another unit or class."""
    plans = PlanLine.objects.in_bulk({row.plan for row in rows if row.plan})
    problems = []
    for index, row in enumerate(rows):
        plan = plans.get(row.plan) if row.plan else None
        if plan is not None and plan.state != PlanState.ADOPTED:
            problems.append(Problem("plan_not_adopted", _now("配置计划“%(code)s”还没有批准。") % {"code": plan.code}, "plan", index))
        elif plan is not None and (plan.unit_id, plan.category_id) != (row.unit, row.category):
            text = _now("配置计划“%(code)s”是别的单位或别的分类的。") % {"code": plan.code}
            problems.append(Problem("plan_of_another", text, "plan", index))
    return problems


@action("acquisition.cancel_order", label=_("取消订单"), subject="acquisition.orderline", danger=True)
def cancel_orders(context: Context, rows: Sequence[CancelOrder]) -> list[int]:
    """Cancel what has not come and give its budget back."""
    reasons = {row.id: row.reason for row in rows}
    for line in OrderLine.objects.filter(pk__in=reasons):
        give_back(context, line.request_key, line.outstanding * line.unit_price, line.number, reasons[line.pk])
    change_rows(context, ORDERS, [NewState(id=row.id, state=OrderState.CANCELLED.value) for row in rows])
    return [row.id for row in rows]


cancel_orders.when(lambda order: order.state in (OrderState.ORDERED, OrderState.PARTLY))


@cancel_orders.check
def is_open(context: Context, rows: Sequence[CancelOrder]) -> list[Problem]:
    """Refuse to cancel what has come or was cancelled."""
    text = _now("这一行已经%(state)s，不能取消。")
    over = OrderLine.objects.filter(pk__in=[row.id for row in rows], state__in=[OrderState.RECEIVED, OrderState.CANCELLED])
    states = {line.pk: line.get_state_display() for line in over}
    return [Problem("not_open", text % {"state": states[row.id]}, "id", i) for i, row in enumerate(rows) if row.id in states]
