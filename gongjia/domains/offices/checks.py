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
        keys={"post_holding": "'ordinary'"},
        evidence=("rooms", "held_rooms", "level", "post_since"),
        advice=_("保留主要任职单位的一处，其余腾退；兼职单位相距较远、经严格审批另配的，登记例外并附批件。"),
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
        evidence=("area", "office_area", "service_area", "equipment_area", "posts"),
        advice=_("超出部分列出清单，交机关事务管理部门统一调剂。"),
        group="offices",
    )
)

declare_check(
    Check(
        key="offices.left_person_holds_room",
        label=_("离任人员占用办公室"),
        facts="offices.kept_rooms",
        value="months_between(left_on, $on)",
        table="office_handback",
        limit="months",
        keys={"handback_occasion": "'left'"},
        evidence=("person_id", "left_on", "since", "area"),
        advice=_("由使用单位收回房间，登记腾退日期。"),
        group="contradictions",
    )
)
