"""Which facts of vehicles meet which standard."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.check import Check, declare_check

LIMIT_KEYS = {name: name for name in ("vehicle_category", "vehicle_body", "vehicle_energy", "vehicle_need")}
EVIDENCE = ("event_on", *LIMIT_KEYS)

declare_check(
    Check(
        key="vehicles.price",
        label=_("车辆价格超标"),
        facts="vehicles.fleet",
        where="held AND vehicle_category <> ''",
        value="price",
        table="vehicle_limits",
        limit="price",
        keys=LIMIT_KEYS,
        evidence=(*EVIDENCE, "price"),
        advice=_("核对购车发票和配备批件；经省级主管部门批准超标准配备的，登记例外并附批件。"),
        group="vehicles",
    )
)

declare_check(
    Check(
        key="vehicles.displacement",
        label=_("车辆排气量超标"),
        facts="vehicles.fleet",
        where="held AND vehicle_category <> ''",
        value="displacement",
        table="vehicle_limits",
        limit="displacement",
        keys=LIMIT_KEYS,
        evidence=(*EVIDENCE, "displacement"),
        advice=_("核对行驶证和配备批件；确属超标的，按程序调整用途或处置。"),
        group="vehicles",
    )
)

declare_check(
    Check(
        key="vehicles.quota",
        label=_("车辆超编制"),
        facts="vehicles.unit_fleets",
        value="vehicles",
        table="vehicle_quota",
        limit="vehicles",
        evidence=("vehicle_category", "vehicles", "quota"),
        advice=_("超出编制的车辆按程序调剂或处置；编制未登记的，补录批准文件。"),
        group="vehicles",
    )
)

declare_check(
    Check(
        key="vehicles.renewed_early",
        label=_("车辆提前更新"),
        facts="vehicles.fleet",
        where="renewed_on IS NOT NULL",
        value="years_between(event_on, renewed_on)",
        table="vehicle_renewal",
        limit="years",
        event_on="renewed_on",
        evidence=("event_on", "renewed_on", "disposal", "vehicle_category"),
        advice=_("补充因安全等原因提前更新的审批材料。"),
        group="vehicles",
    )
)

declare_check(
    Check(
        key="vehicles.unknown_category",
        label=_("车辆用途分类不明"),
        facts="vehicles.fleet",
        where="held",
        value="CASE WHEN vehicle_category <> '' THEN 0 END",
        limit="0",
        value_name="vehicle_category",
        evidence=EVIDENCE,
        advice=_("补录用途分类，否则无法核对价格、排气量和编制。"),
        group="vehicles",
        kind="contradiction",
    )
)
