"""Words for what a reader says in codes: why a file gives no plan, and what in a plan is doubtful."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjia.domains.drawings.reading import CannotRead

REFUSALS: dict[str, Any] = {
    "not_a_drawing": gettext_lazy("“%(name)s”不是 DXF、DWG 或 IFC 图纸；请从绘图软件另存为其中一种。"),
    "broken": gettext_lazy("“%(name)s”打不开：%(detail)s。请在绘图软件里打开、修复并另存一次再上传。"),
    "too_big": gettext_lazy("图元太多，超过 %(limit)s 个；请只留墙线、房间轮廓和标注图层，另存再上传。"),
    "no_rooms": gettext_lazy("在“%(name)s”里没有找到房间：没有闭合的轮廓，也没有围得起来的墙线。请检查图层，或让房间轮廓闭合。"),
    "no_ifc": gettext_lazy("本机没有安装读 IFC 的组件；请安装 gongjia[ifc]，或另存为 DXF。"),
    "empty": gettext_lazy("“%(name)s”里没有图元；请确认平面图在模型空间。"),
}
REMARKS: dict[str, Any] = {
    "unit_lies": gettext_lazy("文件头写的单位是 %(declared)s，按房间大小看应是 %(used)s，已按后者读。"),
    "unit_doubt": gettext_lazy("单位可能是 %(used)s，也可能是 %(other)s；请在比例里选定。"),
    "no_unit": gettext_lazy("文件头没有写单位，按房间大小当作 %(used)s。"),
    "hidden_layers": gettext_lazy("有关闭或冻结的图层没有读：%(layers)s。"),
    "open_wall": gettext_lazy("有一段墙的端头没有接上。"),
    "unmatched_label": gettext_lazy("文字“%(text)s”不在任何房间里。"),
}


def refusal_text(refusal: CannotRead) -> str:
    """Return why a file gives no plan, and how to mend it."""
    words = REFUSALS.get(refusal.code, gettext_lazy("图纸读不出（%(code)s）；请在绘图软件里检查并另存一次再上传。"))
    return str(words) % defaultdict(lambda: "–", {"code": refusal.code, **refusal.params})


def remark_text(note: Mapping[str, Any]) -> str:
    """Return one doubt in words, with the storey and the place on the drawing."""
    params = note.get("params") or {}
    words = REMARKS.get(note["code"], gettext_lazy("疑点：%(code)s %(detail)s"))
    text = str(words) % defaultdict(lambda: "–", {"code": note["code"], "detail": " ".join(map(str, params.values())), **params})
    where = [str(note["storey"])] if note.get("storey") else []
    if note.get("at"):
        where.append(_("位置 %(x)s, %(y)s 米") % {"x": round(note["at"][0], 1), "y": round(note["at"][1], 1)})
    return f"{text}（{'，'.join(where)}）" if where else text
