"""Which facts of the offices meet which standard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.check import Alternative, Check, Term, declare_check
from gongjia.domains.offices.models import Occupancy, Room
from gongjia.org.choices import RoomUse
from gongjia.web.wording import number

ROOM_KEYS = {"tier": "unit_tier", "level": "level"}
SHOWN = 3


def smaller_rooms(subject_id: int, verdict: Mapping[str, Any]) -> list[Alternative]:
    """Vacant offices of the same unit that fit within the limit: on the same floor, else in the same building; the largest first."""
    room = Room.objects.select_related("place").filter(pk=subject_id).first()
    if room is None or verdict.get("bound") is None:
        return []
    used = Occupancy.objects.current().values("room")
    fitting = Room.objects.select_related("place").filter(
        building=room.building_id,
        place__unit=room.place.unit_id,
        place__use=RoomUse.OFFICE,
        place__closed_on__isnull=True,
        place__usable_area__lte=verdict["bound"],
        place__usable_area__gt=0,
    )
    vacant = fitting.exclude(pk__in=used).exclude(pk=room.pk).order_by("-place__usable_area", "pk")
    near = list(vacant.filter(floor_name=room.floor_name)[:SHOWN])
    text = _now("同层 %(room)s（%(area)s m²）空置") if near else _now("同楼 %(room)s（%(area)s m²）空置")
    rooms = near or list(vacant[:SHOWN])
    said = [(each.pk, text % {"room": each.place.code, "area": number(each.place.usable_area)}) for each in rooms]
    return [Alternative(words, "offices.room", pk) for pk, words in said]


declare_check(
    Check(
        key="offices.room_over_entitlement",
        label=_("办公室超标"),
        facts="offices.shares",
        value="area",
        table="office_room_area",
        limit="max_m2",
        keys=ROOM_KEYS,
        ruled_by="post_unit_id",
        total=True,
        evidence=("area",),
        advice=_("调整到面积相当的房间，或增加合用人；结构所限不能分隔的，登记例外并附证明。"),
        alternatives=smaller_rooms,
        group="offices",
    )
)

declare_check(
    Check(
        key="offices.one_room_a_leader",
        label=_("领导干部多处办公室"),
        facts="offices.leaders",
        value="rooms",
        table="office_rooms_per_leader",
        limit="rooms",
        keys={"post_holding": "holding"},
        evidence=("rooms", "held_rooms", "level", "post_since", "holding"),
        advice=_("保留主要任职单位的一处，其余腾退；兼职单位相距较远、确需经常办公的，申请另配办公室。"),
        group="offices",
    )
)

declare_check(
    Check(
        key="offices.post_without_row",
        label=_("职务没有对应的面积标准"),
        facts="offices.posts",
        value="0",
        table="office_room_area",
        limit="max_m2",
        keys=ROOM_KEYS,
        ruled_by="post_unit_id",
        evidence=("level", "post_since", "post_unit_id"),
        advice=_("补录或更正职务层次；本层级确无此职务的，核对任职单位。"),
        group="offices",
    )
)

declare_check(
    Check(
        key="offices.unit_area_over_authorised",
        label=_("单位办公用房总面积超出核定"),
        facts="offices.unit_areas",
        value="area",
        table="office_room_area",
        limit="max_m2",
        terms=(
            Term("office_room_area", "max_m2", ROOM_KEYS, where="part = 'office'", weight="weight"),
            Term("office_service_area", "per_post_m2", {"tier": "unit_tier"}, where="part = 'service'", weight="weight"),
            Term("office_equipment_ratio", "ratio", where="part = 'service'", role="markup"),
        ),
        total=True,
        evidence=("area", "office_area", "service_area", "equipment_area", "technical_area", "posts"),
        advice=_("超出部分列出清单，交机关事务管理部门统一调剂。"),
        group="offices",
    )
)

declare_check(
    Check(
        key="offices.left_person_holds_room",
        label=_("逾期未腾退办公室"),
        facts="offices.kept_rooms",
        value="months_between(left_on, $on)",
        table="office_handback",
        limit="months",
        keys={"handback_occasion": "occasion"},
        evidence=("person_id", "occasion", "left_on", "since", "area"),
        advice=_("由使用单位收回房间，登记腾退日期。"),
        group="contradictions",
    )
)

declare_check(
    Check(
        key="offices.toilet_over",
        label=_("办公室内卫生间超标"),
        facts="offices.toilets",
        value="toilet_area",
        table="office_toilet_area",
        limit="max_m2",
        keys=ROOM_KEYS,
        ruled_by="post_unit_id",
        evidence=("person_id", "level", "toilet_area"),
        advice=_("不在可设之列的，封闭或改作公用；超过 6 m² 的，改小，或登记例外并附证明。"),
        group="offices",
    )
)

declare_check(
    Check(
        key="offices.parts_exceed_room",
        label=_("休息室、卫生间面积大于房间"),
        facts="offices.parts",
        value="parts",
        limit="area",
        unit=_("m²"),
        places=2,
        value_name="parts",
        value_label=_("休息室和卫生间面积"),
        evidence=("area", "parts"),
        advice=_("房间的使用面积应包括休息室和卫生间；核对后改正。"),
        group="contradictions",
        kind="contradiction",
    )
)

# "Smaller than the standard": a hundredth of a square metre is added, so that a room exactly as large as the standard is found.
declare_check(
    Check(
        key="offices.second_room_not_smaller",
        label=_("另配的办公室不小于标准"),
        facts="offices.second",
        value="area + 1",
        table="office_room_area",
        limit="max_m2",
        keys=ROOM_KEYS,
        ruled_by="post_unit_id",
        value_label=_("使用面积加 0.01（应小于标准）"),
        evidence=("person_id", "level", "area"),
        advice=_("另配的一处应小于标准面积，调整到较小的房间（《党政机关办公用房管理办法》第十九条）。"),
        group="offices",
    )
)

declare_check(
    Check(
        key="offices.technical_without_project",
        label=_("技术业务用房没有立项批复"),
        facts="offices.technical",
        value="missing",
        table="office_technical_project",
        limit="missing",
        evidence=("area", "project_id"),
        advice=_("登记立项文号并附批复文件；立项文件没有列明的，按办公用房核定，不得自行认定。"),
        group="offices",
    )
)
