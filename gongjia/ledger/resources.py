"""What may be read of the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongjia.core.resource import Column, Resource, resource
from gongjia.ledger.models import Asset, Category

BASIC, FINANCIAL, USE, DISPOSAL = _("基本信息"), _("财务信息"), _("使用信息"), _("处置信息")

CATEGORIES = resource(
    Resource(
        key="ledger.category",
        icon="tags",
        model=Category,
        label=pgettext_lazy("名录", "资产分类"),
        title="name",
        search=("code", "name"),
        lookup=("code", "name"),
        newest="edition",
        natural_key=("system", "edition", "code"),
        order="code",
        create="ledger.register_category",
        edit="ledger.edit_category",
        columns=(
            Column("code", sort=True, link="ledger.category"),
            Column("name", sort=True),
            Column("system", filter=True),
            Column("edition", filter=True),
            Column("level", filter=True),
            Column("is_asset_class", filter=True),
            Column("doubt", shown=True),
        ),
    )
)

ASSETS = resource(
    Resource(
        key="ledger.asset",
        icon="package",
        model=Asset,
        label=_("资产"),
        title="name",
        scope="unit",
        search=("number", "name", "model", "brand", "serial"),
        lookup=("number",),
        natural_key=("unit", "number"),
        create="ledger.register_asset",
        edit="ledger.edit_asset",
        actions=("ledger.transfer_asset", "ledger.change_status"),
        bulk_actions=("ledger.transfer_asset", "ledger.change_status"),
        empty=_("这里放资产卡片。可以导入现有的 Excel 台账，或登记第一张卡片。"),
        columns=(
            Column("number", sort=True, link="ledger.asset", group=BASIC),
            Column("name", sort=True, group=BASIC),
            Column("category", path="category__code", group=BASIC, filter=True),
            Column("edition", path="category__edition", group=BASIC, shown=False, filter=True),
            Column("category_name", path="category__name", group=BASIC, shown=False),
            Column("unit", path="unit__name", group=BASIC, filter=True),
            Column("model", group=BASIC, shown=False),
            Column("brand", group=BASIC, shown=False),
            Column("serial", group=BASIC, shown=False),
            Column("acquisition", group=BASIC, filter=True, shown=False),
            Column("acquired_on", sort=True, filter=True, group=BASIC),
            Column("quantity", group=BASIC, shown=False),
            Column("measure", group=BASIC, shown=False),
            Column("supplier", group=BASIC, shown=False),
            Column("contract", group=BASIC, shown=False),
            Column("warranty_until", group=BASIC, shown=False),
            Column("holding", group=BASIC, filter=True, shown=False),
            Column("account_subject", group=FINANCIAL, filter=True, shown=False),
            Column("value_type", group=FINANCIAL, shown=False),
            Column("cost", sort=True, filter=True, group=FINANCIAL),
            Column("accumulated", group=FINANCIAL, shown=False),
            Column("booking", group=FINANCIAL, filter=True, shown=False),
            Column("booked_on", group=FINANCIAL, shown=False),
            Column("voucher", group=FINANCIAL, shown=False),
            Column("depreciation_method", group=FINANCIAL, shown=False),
            Column("depreciation_months", group=FINANCIAL, shown=False),
            Column("on_books", group=FINANCIAL, filter=True, shown=False),
            Column("status", filter=True, group=USE),
            Column("idle_since", filter=True, group=USE, shown=False),
            Column("department", group=USE, shown=False),
            Column("custodian", path="custodian__name", group=USE),
            Column("place", path="place__name", group=USE),
            Column("place_text", group=USE, shown=False),
            Column("in_service_on", group=USE, shown=False),
            Column("secret", filter=True, group=USE, shown=False),
            Column("note", group=USE, shown=False),
            Column("disposal", filter=True, group=DISPOSAL, shown=False),
            Column("disposal_reason", filter=True, group=DISPOSAL, shown=False),
            Column("disposed_on", group=DISPOSAL, shown=False),
            Column("disposal_document", group=DISPOSAL, shown=False),
            Column("disposal_income", group=DISPOSAL, shown=False),
        ),
    )
)
