"""What may be read of plans, orders and receipts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.resource import Column, Resource, resource
from gongjia.domains.acquisition.models import OrderLine, PlanLine, Receipt

UNIT = Column("unit", path="unit__name", label=_("单位"), filter=True)

PLANS = resource(
    Resource(
        key="acquisition.planline",
        icon="list-check",
        model=PlanLine,
        label=_("配置计划"),
        title="name",
        scope="unit",
        search=("code", "name"),
        lookup=("code",),
        natural_key=("unit", "code"),
        create="acquisition.plan_asset",
        edit="acquisition.edit_plan",
        actions=("acquisition.adopt_plan",),
        bulk_actions=("acquisition.adopt_plan",),
        group="handling",
        empty=_("这里放各单位的年度资产配置计划。可以导入计划表；批准后按计划申请购置。"),
        columns=(
            Column("code", sort=True, link="acquisition.planline"),
            Column("name", sort=True),
            UNIT,
            Column("year", sort=True, filter=True),
            Column("category", path="category__code", filter=True),
            Column("quantity"),
            Column("unit_price", sort=True),
            Column("state", filter=True),
            Column("reason", shown=False),
        ),
    )
)

ORDERS = resource(
    Resource(
        key="acquisition.orderline",
        icon="shopping-cart",
        model=OrderLine,
        label=_("采购订单"),
        title="name",
        scope="unit",
        search=("number", "name", "model"),
        lookup=("number",),
        create="acquisition.purchase_asset",
        actions=("acquisition.cancel_order",),
        group="handling",
        empty=_("购置申请获批后，订单会出现在这里；到货后在订单上验收入库。"),
        columns=(
            Column("number", sort=True, link="acquisition.orderline"),
            Column("name", sort=True),
            UNIT,
            Column("category", path="category__code", filter=True),
            Column("model", shown=False),
            Column("quantity"),
            Column("unit_price", sort=True),
            Column("received"),
            Column("state", filter=True),
            Column("ordered_on", sort=True, filter=True),
            Column("request_key"),
            Column("use", shown=False),
        ),
    )
)

RECEIPTS = resource(
    Resource(
        key="acquisition.receipt",
        icon="receipt",
        model=Receipt,
        label=_("验收单"),
        title="number",
        scope="unit",
        search=("number", "supplier", "contract", "invoice", "order__number", "order__name"),
        lookup=("number",),
        create="acquisition.receive_goods",
        group="handling",
        empty=_("这里放验收单。在采购订单上验收，或导入到货清单（每行写明订单编号）。"),
        columns=(
            Column("number", sort=True, link="acquisition.receipt"),
            Column("order", path="order__number", label=_("订单编号")),
            Column("name", path="order__name", label=_("资产名称")),
            UNIT,
            Column("quantity"),
            Column("unit_price", sort=True),
            Column("received_on", sort=True, filter=True),
            Column("supplier", shown=False),
            Column("contract", shown=False),
            Column("invoice"),
            Column("inspection", filter=True),
            Column("inspector"),
            Column("note", shown=False),
        ),
    )
)
