"""Which facts of the ledger meet which standard."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.check import Check, declare_check

ITEM_KEYS = {"item": "item", "level": "level"}
# What is destroyed or cannot be mended may go before its time: 财资〔2016〕27号第五条 asks for service life of what still works.
MAY_BE_EARLY = ("beyond_repair", "force_majeure")

declare_check(
    Check(
        key="ledger.price",
        label=_("设备家具单价超标"),
        facts="ledger.assets",
        where="held AND (item <> '' OR category_id IS NULL)",
        value="unit_price",
        table="equipment",
        limit="price",
        keys=ITEM_KEYS,
        listed="item",
        evidence=("event_on", "item", "level", "unit_price", "cost", "quantity", "custodian_id"),
        advice=_("核对发票与入账单价；确属超标的，说明理由并补办审批手续，今后同类采购先查标准。"),
        group="assets",
    )
)

declare_check(
    Check(
        key="ledger.quantity_per_head",
        label=_("设备家具数量超标"),
        facts="ledger.unit_items",
        value="count",
        table="equipment",
        limit="quantity",
        keys={"item": "item", "level": "level", "secrecy": "unit_secrecy"},
        listed="item",
        total=True,
        evidence=("item", "count", "heads", "offices"),
        advice=_("多出的先在系统内调剂给缺的单位，或交公物仓；新购之前先用存量。"),
        group="assets",
    )
)

declare_check(
    Check(
        key="ledger.scrapped_early",
        label=_("未到最低使用年限报废"),
        facts="ledger.assets",
        where=f"disposal = 'scrap' AND disposed_on IS NOT NULL AND item <> '' AND coalesce(disposal_reason, '') NOT IN {MAY_BE_EARLY}",
        value="years_between(event_on, disposed_on)",
        table="equipment",
        limit="life",
        keys=ITEM_KEYS,
        event_on="disposed_on",
        listed="item",
        evidence=("event_on", "disposed_on", "disposal_reason", "item", "level"),
        advice=_("补充损毁且无法修复的鉴定材料；没有材料的，不应报废。"),
        group="assets",
    )
)

declare_check(
    Check(
        key="ledger.depreciation_years",
        label=_("折旧年限低于规定"),
        facts="ledger.assets",
        where="held AND depreciates AND depreciation_months IS NOT NULL AND depreciation_class <> ''",
        value="depreciation_months // 12",
        table="depreciation_years",
        limit="min_years",
        keys={"depreciation_class": "depreciation_class"},
        event_on="booked_on",
        evidence=("booked_on", "depreciation_class", "depreciation_months"),
        advice=_("与财务核对折旧年限；确属登记错误的，改正卡片并说明。"),
        group="assets",
    )
)

declare_check(
    Check(
        key="ledger.depreciation_years_over",
        label=_("折旧年限高于规定"),
        facts="ledger.assets",
        where="held AND depreciates AND depreciation_months IS NOT NULL AND depreciation_class <> '' AND booked_on IS NOT NULL",
        value="(depreciation_months + 11) // 12",
        table="depreciation_years",
        limit="max_years",
        keys={"depreciation_class": "depreciation_class"},
        event_on="booked_on",
        evidence=("booked_on", "depreciation_class", "depreciation_months"),
        advice=_("与财务核对折旧年限；确属登记错误的，改正卡片并说明。"),
        group="assets",
    )
)

declare_check(
    Check(
        key="ledger.idle_too_long",
        label=_("闲置时间过长"),
        facts="ledger.assets",
        where="held AND status = 'idle'",
        value="idle_days",
        table="idle_days",
        limit="days",
        event_on="$on",
        evidence=("idle_since", "cost"),
        advice=_("发布到调剂目录或交公物仓；不能再用的，按程序处置。"),
        group="assets",
    )
)

declare_check(
    Check(
        key="ledger.custodian_left",
        label=_("使用人已离任，资产未交接"),
        facts="ledger.assets",
        where="held AND custodian_id IS NOT NULL",
        value="CAST(custodian_left AS BIGINT)",
        table="asset_handover",
        limit="held",
        event_on="$on",
        evidence=("custodian_id", "custodian_left_on"),
        advice=_("办理交接，改登记现在的使用人；收回的登记为闲置。"),
        group="contradictions",
    )
)

declare_check(
    Check(
        key="ledger.asset_in_foreign_room",
        label=_("资产放在其他单位的房间"),
        facts="ledger.assets",
        where="held AND place_unit_id IS NOT NULL",
        value="CAST(foreign_room AS BIGINT)",
        limit="0",
        unit=_("处"),
        value_name="place",
        value_label=_("放在其他单位的房间"),
        evidence=("place_id", "place_unit_id"),
        advice=_("核对存放地点；确在对方房间的，办理借用或调拨手续。"),
        group="contradictions",
        kind="contradiction",
    )
)
