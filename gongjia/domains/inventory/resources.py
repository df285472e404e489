"""What may be read of inventories and finance balances."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.resource import Column, Resource, resource
from gongjia.domains.inventory.models import Balance, CountLine, Round

UNIT = Column("unit", path="unit__name", label=_("单位"), filter=True)

ROUNDS = resource(
    Resource(
        key="inventory.round",
        icon="clipboard-check",
        model=Round,
        label=_("盘点任务"),
        title="title",
        scope="unit",
        search=("number", "title"),
        lookup=("number",),
        create="inventory.open_round",
        actions=("inventory.stop_counting", "inventory.close_round"),
        group="handling",
        empty=_("这里放盘点任务。按单位、地点或分类开一次盘点，用手机扫码清点。"),
        columns=(
            Column("number", sort=True, link="inventory.round"),
            Column("title"),
            UNIT,
            Column("place", path="place__name"),
            Column("category"),
            Column("opened_on", sort=True, filter=True),
            Column("due_on", sort=True, filter=True),
            Column("state", filter=True),
            Column("ended_on", shown=False),
        ),
    )
)

LINES = resource(
    Resource(
        key="inventory.countline",
        icon="list-details",
        model=CountLine,
        label=_("盘点明细"),
        title="name",
        scope="unit",
        live="",
        search=("name", "asset__number"),
        lookup=(),
        actions=("inventory.explain_difference", "inventory.accept_count", "inventory.settle_surplus", "inventory.settle_shortage"),
        bulk_actions=("inventory.explain_difference", "inventory.accept_count", "inventory.settle_surplus", "inventory.settle_shortage"),
        group="handling",
        columns=(
            Column("round", path="round__number", label=_("任务编号"), filter=True),
            Column("asset", path="asset__number", label=_("资产编号")),
            Column("name", link="inventory.countline", sort=True),
            UNIT,
            Column("found", filter=True),
            Column("settled", filter=True),
            Column("cause", filter=True),
            Column("cost", sort=True),
            Column("value", shown=False),
            Column("quantity", shown=False),
            Column("counted_quantity", shown=False),
            Column("book_place", path="book_place__name"),
            Column("place", path="place__name"),
            Column("book_custodian", path="book_custodian__name", shown=False),
            Column("condition", filter=True),
            Column("counter", path="counter__name", label=_("盘点人"), shown=False),
            Column("counted_at", shown=False),
            Column("explanation", shown=False),
            Column("request_key", shown=False),
        ),
    )
)

BALANCES = resource(
    Resource(
        key="inventory.balance",
        icon="book-2",
        model=Balance,
        label=_("财务余额"),
        title="subject",
        scope="unit",
        search=("subject", "name", "detail"),
        lookup=(),
        natural_key=("unit", "on", "subject", "detail"),
        create="inventory.register_balance",
        edit="inventory.edit_balance",
        empty=_("这里放财务系统导出的科目余额（1601 固定资产、1602 累计折旧），用来与卡片和实物三方核对。"),
        columns=(
            UNIT,
            Column("on", sort=True, filter=True),
            Column("subject", sort=True, filter=True, link="inventory.balance"),
            Column("detail"),
            Column("name"),
            Column("amount", sort=True),
        ),
    )
)
