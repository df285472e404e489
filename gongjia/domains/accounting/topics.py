"""The topics of the 资产年报 and where a card stands in each; the forms of the official tables have not been seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.ledger.choices import Acquisition, AssetStatus, Disposal, EntryKind

LAND, HOUSES, VEHICLES = "A0103", "A01", "A0203"
NO_CLASS = "-"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card stands at a moment: unit, class code, state, account subject; the ways in and out are the card's own."""

    unit: int
    code: str
    status: str
    subject: str


@dataclass(frozen=True)
class Topic:
    """One topic: the row a card belongs to, None where it is not spoken of; `flow` is what comes "in" or goes "out" of the whole."""

    key: str
    label: Any
    row_of: Callable[[Place], str | None]
    head: Any
    flow: str = ""
    note: Any = ""
    part: bool = False
    """One of the parts by class that together make the whole."""


def _class(length: int, inside: str = "", besides: str = "") -> Callable[[Place], str | None]:
    def row_of(place: Place) -> str | None:
        code = place.code
        if not code.startswith(inside) or (besides and code.startswith(besides)):
            return None
        return code[:length] or NO_CLASS

    return row_of


def _other(place: Place) -> str | None:
    return place.code[:3] or NO_CLASS if place.code[:3] not in KNOWN else None


KNOWN = ("A01", "A02", "A03", "A04", "A05", "A08")
CLASS = _("资产分类")
NOT_SEEN = _("官方表式未见，列名待核")

TOPICS: tuple[Topic, ...] = (
    Topic("overview", _("总体情况"), _class(3), CLASS),
    Topic("stock", _("存量"), _class(5), CLASS),
    Topic("allocation", _("配置"), lambda place: None, _("取得方式"), "in"),
    Topic("use", _("使用"), lambda place: place.status, _("使用状况")),
    Topic("disposal", _("处置"), lambda place: None, _("处置形式"), "out"),
    Topic("subjects", _("会计科目"), lambda place: place.subject, _("会计科目")),
    Topic("land", _("土地"), _class(9, LAND), CLASS, note=_("土地面积不在变动里，不列"), part=True),
    Topic("houses", _("房屋和构筑物"), _class(9, HOUSES, LAND), CLASS, note=_("建筑面积不在变动里，不列"), part=True),
    Topic("vehicles", _("车辆"), _class(9, VEHICLES), CLASS, part=True),
    Topic("equipment", _("设备（车辆除外）"), _class(5, "A02", VEHICLES), CLASS, part=True),
    Topic("heritage", _("文物和陈列品"), _class(5, "A03"), CLASS, part=True),
    Topic("books", _("图书和档案"), _class(5, "A04"), CLASS, part=True),
    Topic("furniture", _("家具和用具"), _class(5, "A05"), CLASS, part=True),
    Topic("intangible", _("无形资产"), _class(5, "A08"), CLASS, part=True),
    Topic("other", _("其他和未分类"), _other, CLASS, part=True),
    Topic("units", _("分单位"), lambda place: str(place.unit), _("单位")),
)
BY_KEY: Mapping[str, Topic] = {topic.key: topic for topic in TOPICS}

MISSING: tuple[Any, ...] = (_("公共基础设施"), _("政府储备物资"), _("保障性住房"), _("PPP 项目资产"))
"""Topics whose name has been seen, but neither their form nor what tells their cards apart."""

MOVED_IN, MOVED_OUT = "moved_in", "moved_out"
WAYS: Mapping[str, Any] = {
    **dict(Acquisition.choices),
    **dict(Disposal.choices),
    MOVED_IN: _("由范围外调入"),
    MOVED_OUT: _("调往范围外"),
    "reverse": _("冲销登记"),
    "": _("未填"),
}
IN_WAYS: Mapping[str, Any] = {**dict(Acquisition.choices), MOVED_IN: WAYS[MOVED_IN], "reverse": _("冲销处置"), "": WAYS[""]}
OUT_WAYS: Mapping[str, Any] = {**dict(Disposal.choices), MOVED_OUT: WAYS[MOVED_OUT], "reverse": WAYS["reverse"], "": WAYS[""]}
KINDS: Mapping[str, Any] = dict(EntryKind.choices)
STATES: Mapping[str, Any] = {key: label for key, label in AssetStatus.choices if key != AssetStatus.DISPOSED}
