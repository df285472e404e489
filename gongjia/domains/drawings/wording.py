"""Words for what a reader says in codes: why a file gives no plan, and what in a plan is doubtful."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjia.domains.drawings.reading import CannotRead

REFUSALS: dict[str, Any] = {
    "no_file": gettext_lazy("“%(name)s”打不开：%(detail)s。"),
    "empty_file": gettext_lazy("“%(name)s”是空文件；请重新导出再上传。"),
    "too_large": gettext_lazy("“%(name)s”有 %(megabytes)s MB，超过 %(limit)s MB；请按楼层拆开再上传。"),
    "not_a_drawing": gettext_lazy("“%(name)s”不是 DXF、DWG 或 IFC 图纸；请从绘图软件另存为其中一种。"),
    "broken": gettext_lazy("“%(name)s”打不开：%(detail)s。请在绘图软件里打开、修复并另存一次再上传。"),
    "too_big": gettext_lazy("图元太多，超过 %(limit)s 个；请只留墙线、房间轮廓和标注图层，另存再上传。"),
    "dwg_version": gettext_lazy("“%(name)s”是读不了的 DWG 版本（%(detail)s）；请另存为 2000 至 2018 版的 DWG 或 DXF。"),
    "too_slow": gettext_lazy("“%(name)s”读了 %(seconds)s 秒还没有读完；请按楼层拆开，或只留墙线、房间轮廓和标注图层。"),
    "too_much_memory": gettext_lazy("读“%(name)s”要用的内存超过 %(limit)s；请按楼层拆开再上传。"),
    "empty": gettext_lazy("“%(name)s”里没有图元；请确认平面图在模型空间。"),
    "no_ifc_library": gettext_lazy("本机没有安装读 IFC 的组件；请安装 gongjia[ifc]，或另存为 DXF。"),
    "no_rooms": gettext_lazy("在“%(name)s”里没有找到房间：没有闭合的轮廓，也没有围得起来的墙线。请检查图层，或让房间轮廓闭合。"),
}
REMARKS: dict[str, Any] = {
    "unit_lies": gettext_lazy("文件头写的单位是 %(declared)s，按房间大小看应是 %(used)s，已按后者读。"),
    "unit_doubt": gettext_lazy("单位可能是 %(used)s，也可能是 %(other)s；请在比例里选定。"),
    "no_unit": gettext_lazy("文件头没有写单位，按房间大小当作 %(used)s。"),
    "hidden_layers": gettext_lazy("有关闭或冻结的图层没有读：%(layers)s。"),
    "guessed_walls": gettext_lazy("没有图层像墙，把没有归类的图层当作墙线：%(layers)s。"),
    "no_labels": gettext_lazy("没有找到房间编号和名称；请在图层里指定标注图层。"),
    "no_rooms": gettext_lazy("没有找到房间；请在图层里指定墙线或房间轮廓。"),
    "no_storey": gettext_lazy("图中没有写楼层，先叫作“%(used)s”。"),
    "no_spaces": gettext_lazy("IFC 文件里没有房间（IfcSpace）；请在建模软件里放置房间再导出。"),
    "no_outline": gettext_lazy("房间 %(room)s 没有可用的轮廓。"),
    "in_parts": gettext_lazy("房间 %(room)s 由 %(parts)s 块组成，取最大的一块。"),
    "self_crossing": gettext_lazy("有一个轮廓自己相交，理顺后是 %(area)s m²。"),
    "several_labels": gettext_lazy("一个轮廓里有几个编号，请看是否少画了墙：%(labels)s。"),
    "unlabelled_space": gettext_lazy("有一处 %(area)s m² 的封闭空间没有编号和名称，没有当作房间。"),
    "unlabelled_room": gettext_lazy("有一间没有编号和名称，%(area)s m²。"),
    "same_number": gettext_lazy("编号 %(number)s 出现了 %(count)s 次。"),
    "area_differs": gettext_lazy("房间 %(room)s 图上写 %(written)s m²，轮廓是 %(drawn)s m²。"),
    "unread_objects": gettext_lazy("有图元读不懂，没有读：%(kinds)s。"),
    "damaged": gettext_lazy("文件有 %(count)s 处损坏，已跳过。"),
    "open_wall": gettext_lazy("有一段墙的端头没有接上。"),
    "unmatched_label": gettext_lazy("文字“%(text)s”不在任何房间里。"),
}


def refusal_text(refusal: CannotRead, name: str) -> str:
    """Return why a file gives no plan, and how to mend it; `name` is what the person calls the file."""
    words = REFUSALS.get(refusal.code, gettext_lazy("图纸读不出（%(code)s）；请在绘图软件里检查并另存一次再上传。"))
    return str(words) % defaultdict(lambda: "–", {"code": refusal.code, **refusal.params, "name": name})


def remark_text(note: Mapping[str, Any]) -> str:
    """Return one doubt in words, with the storey and the place on the drawing."""
    params = note.get("params") or {}
    words = REMARKS.get(note["code"], gettext_lazy("疑点：%(code)s %(detail)s"))
    detail = " ".join(map(str, params.values()))
    text = str(words) % defaultdict(lambda: "–", {"code": note["code"], "detail": detail, **params})
    where = [str(note["storey"])] if note.get("storey") else []
    if note.get("at"):
        where.append(_("位置 %(x)s, %(y)s 米") % {"x": round(note["at"][0], 1), "y": round(note["at"][1], 1)})
    return f"{text}（{'，'.join(where)}）" if where else text
