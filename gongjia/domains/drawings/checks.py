"""Drawing against ledger, certificate and entitlement."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.check import Check, declare_check

declare_check(
    Check(
        key="drawings.room_area_differs",
        label=_("图纸面积与台账不符"),
        facts="drawings.room_areas",
        value="gap",
        table="drawing_tolerance",
        limit="room_percent",
        evidence=("drawn", "area"),
        advice=_("到现场量一次：图纸旧了就换图，台账错了就改台账。"),
        group="offices",
    )
)

declare_check(
    Check(
        key="drawings.room_not_drawn",
        label=_("台账房间图上没有"),
        facts="drawings.undrawn",
        value="undrawn",
        limit="0",
        unit=_("间"),
        value_label=_("图上没有的房间"),
        evidence=("building_id",),
        advice=_("核对编号：图上写成别的编号就更正对应；房间已经拆并的，注销台账。"),
        group="contradictions",
        kind="contradiction",
    )
)

declare_check(
    Check(
        key="drawings.shape_not_in_ledger",
        label=_("图上房间台账没有"),
        facts="drawings.loose",
        value="loose",
        limit="0",
        unit=_("间"),
        value_label=_("台账没有的房间"),
        evidence=("mark", "drawn"),
        advice=_("核对编号：台账里是别的编号就更正对应；漏登的，登记房间。"),
        group="contradictions",
        kind="contradiction",
    )
)

declare_check(
    Check(
        key="drawings.certificate_differs",
        label=_("台账建筑面积与证载面积不符"),
        facts="drawings.titled",
        value="gap",
        where="ledger_area IS NOT NULL",
        table="drawing_tolerance",
        limit="building_percent",
        evidence=("certified", "ledger_area"),
        advice=_("以不动产登记为准更正台账；改扩建没有变更登记的，补办登记。"),
        group="offices",
    )
)

declare_check(
    Check(
        key="drawings.drawn_over_certificate",
        label=_("图纸房间合计大于证载面积"),
        facts="drawings.titled",
        value="drawn",
        limit="certified",
        unit=_("m²"),
        places=2,
        value_label=_("图纸房间面积合计"),
        evidence=("drawn", "certified"),
        advice=_("各房间使用面积之和不会大于建筑面积：核对图纸比例、证载面积和是否有未登记的加建。"),
        group="contradictions",
        kind="contradiction",
    )
)

# Within a per cent the two areas say the same, and the ledger's own check has judged already.
declare_check(
    Check(
        key="drawings.drawn_over_entitlement",
        label=_("按图纸面积办公室超标"),
        facts="drawings.drawn_shares",
        value="drawn",
        where="area IS NULL OR abs(drawn - area) * 100 > area",
        table="office_room_area",
        limit="max_m2",
        keys={"tier": "unit_tier", "level": "level"},
        ruled_by="post_unit_id",
        total=True,
        evidence=("drawn", "area"),
        advice=_("先核实面积；确实超出的，调整房间或增加合用人。"),
        group="offices",
    )
)
