"""What may be read of custody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.resource import Column, Resource, resource
from gongjia.domains.custody.models import HandOver, Income, Letting, Repair

UNIT = Column("unit", path="unit__name", label=_("单位"), filter=True)
NUMBER, NAME = (
    Column("asset", path="asset__number", label=_("资产编号"), sort=True),
    Column("name", path="asset__name", label=_("资产名称")),
)

HAND_OVERS = resource(
    Resource(
        key="custody.handover",
        icon="switch-horizontal",
        model=HandOver,
        label=_("交接单"),
        title="number",
        scope="unit",
        search=("number", "giver__name", "receiver__name"),
        lookup=("number",),
        group="handling",
        empty=_("领用、退库和移交各留一张交接单。在资产列表里选中卡片，再选领用、退库或移交。"),
        columns=(
            Column("number", sort=True, link="custody.handover"),
            Column("kind", filter=True),
            UNIT,
            Column("giver", path="giver__name"),
            Column("receiver", path="receiver__name"),
            Column("on", sort=True, filter=True),
            Column("note", shown=False),
        ),
    )
)

LETTINGS = resource(
    Resource(
        key="custody.letting",
        icon="arrows-exchange",
        model=Letting,
        label=_("出租出借"),
        title="number",
        scope="unit",
        search=("number", "party", "contract", "asset__number", "asset__name"),
        lookup=("number",),
        actions=("custody.end_letting",),
        group="handling",
        empty=_("出租出借须先申请。批准后在这里登记收入、归还和逾期。"),
        columns=(
            Column("number", sort=True, link="custody.letting"),
            NUMBER,
            NAME,
            UNIT,
            Column("kind", filter=True),
            Column("party"),
            Column("starts_on", sort=True, filter=True),
            Column("due_on", sort=True, filter=True),
            Column("rent", sort=True),
            Column("returned_on", filter=True),
            Column("condition", filter=True, shown=False),
            Column("contract", shown=False),
            Column("document", shown=False),
            Column("request_key", shown=False),
        ),
    )
)

INCOMES = resource(
    Resource(
        key="custody.income",
        icon="coin-yuan",
        model=Income,
        label=_("出租收入"),
        title="pk",
        scope="unit",
        lookup=(),
        create="custody.record_income",
        edit="custody.remit_income",
        group="handling",
        empty=_("收到的租金记在这里；上缴后补记缴款书号。"),
        columns=(
            Column("letting", path="letting__number", label=_("出租出借"), link="custody.income"),
            Column("party", path="letting__party"),
            UNIT,
            Column("amount", sort=True, filter=True),
            Column("received_on", sort=True, filter=True),
            Column("remitted_on", sort=True, filter=True),
            Column("voucher"),
        ),
    )
)

REPAIRS = resource(
    Resource(
        key="custody.repair",
        icon="tools",
        model=Repair,
        label=_("资产维修"),
        title="work",
        scope="unit",
        search=("fault", "work", "vendor", "asset__number", "asset__name"),
        lookup=(),
        create="custody.record_repair",
        group="handling",
        empty=_("设备维修的费用和内容记在这里；计入原值的，同时调整卡片原值和折旧年限。"),
        columns=(
            NUMBER,
            NAME,
            UNIT,
            Column("fault", link="custody.repair"),
            Column("work"),
            Column("vendor", shown=False),
            Column("done_on", sort=True, filter=True),
            Column("cost", sort=True, filter=True),
            Column("capitalised", filter=True),
            Column("months_added", shown=False),
            Column("voucher", shown=False),
        ),
    )
)
