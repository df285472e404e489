"""Papers of the use of rooms: certificate, agreement, ceilings, yearly lists."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import segno
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjia.core import paper
from gongjia.domains.usage.ceilings import Sheet, Step
from gongjia.domains.usage.models import Certificate, Filing, Publication, RoomLine
from gongjia.web.wording import number

TYPST = Path(__file__).parent / "typst"
ALLOWED = ("legal_person", "household", "repair_permit")


def attached(content: bytes, name: str, kind: str = "application/pdf") -> HttpResponse:
    """Return a paper to look at."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}"})


def address_of(made: Certificate, origin: str) -> str:
    """Return what the QR code leads to: this installation's public page of the certificate."""
    return f"{origin}{reverse('usage:verify', args=[made.number, made.mark])}"


def qr(text: str) -> str:
    """Return a QR code as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False, omitsize=True, nl=False)
    return out.getvalue().decode()


def _facts(made: Certificate) -> list[list[str]]:
    ends = made.valid_to.isoformat() if made.valid_to else _("长期")
    uses = [_("办公"), *(str(Certificate._meta.get_field(name).verbose_name) for name in ALLOWED if getattr(made, name))]
    return [
        [_("使用单位"), made.unit.name],
        [_("发证单位"), made.issuer.name],
        [_("房间数"), f"{made.rooms} {_('间')}"],
        [_("使用面积"), f"{number(made.usable_area, 2)} m²"],
        [_("有效期"), f"{made.valid_from.isoformat()} – {ends}"],
        [_("用途"), "、".join(uses)],
    ]


def _rooms(made: Certificate) -> list[list[str]]:
    return [
        [line.code, line.name, str(line.get_use_display()), number(line.usable_area, 2) if line.usable_area is not None else "–"]
        for line in made.lines.order_by("code")
    ]


def certificate_pdf(made: Certificate, origin: str) -> bytes:
    """Return the certificate; that of a secret unit carries no code, for it has no public page."""
    secret = made.unit.secret
    data = {
        "title": _("办公用房分配使用凭证"),
        "number": made.number,
        "facts": _facts(made),
        "rule": _(
            "本凭证可用于法人登记、集体户籍、大中修施工许可；不得用于出租、出借、经营。使用单位应在核定面积内使用，不得擅自改变用途或转给其他单位（《党政机关办公用房管理办法》第十八、十九条）。"
        ),
        "head": [_("房间编号"), _("房间名称"), _("用途"), _("使用面积（m²）")],
        "rooms": _rooms(made),
        "qr": "" if secret else qr(address_of(made, origin)),
        "scan": _("涉密单位的凭证不设公开核验。") if secret else _("扫码核验：编号、单位、间数、面积和有效期应与本证一致。"),
        "mark": made.mark,
        "signs": [_("发证单位（章）"), _("发证日期：%(day)s") % {"day": made.issued_on.isoformat()}],
    }
    return paper.pdf(TYPST / "certificate.typ", data, title=data["title"])


def agreement_pdf(made: Certificate) -> bytes:
    """Return the agreement that goes with a certificate."""
    clauses = [
        _("甲方将上列房间分配给乙方使用，使用凭证编号 %(number)s。") % {"number": made.number},
        _("乙方在核定面积内使用，不得擅自改变用途，不得转给其他单位使用。"),
        _("使用凭证可用于法人登记、集体户籍、大中修施工许可，不得用于出租、出借、经营。"),
        _("乙方每年在内部公示用房情况，并把领导干部办公室情况报甲方备案。"),
        _("人员调离、退休的，乙方在办理手续后 1 个月内收回其办公室；免去兼任职务的，2 个月内腾退。"),
        _("乙方建立分台账，情况变动时及时更新，配合甲方巡检和清查盘点。"),
    ]
    data = {
        "title": _("办公用房使用协议"),
        "number": made.agreement,
        "parties": [[_("甲方（机关事务管理部门）"), made.issuer.name], [_("乙方（使用单位）"), made.unit.name]],
        "facts": _facts(made)[2:],
        "clauses": clauses,
        "basis": _("依据《党政机关办公用房管理办法》第六条、第十八条、第十九条。"),
        "head": [_("房间编号"), _("房间名称"), _("用途"), _("使用面积（m²）")],
        "rooms": _rooms(made),
        "signs": [_("甲方（章）"), _("乙方（章）"), _("签订日期")],
    }
    return paper.pdf(TYPST / "agreement.typ", data, title=data["title"])


def _step(step: Step) -> dict[str, Any]:
    value = number(step.value, 2) if step.value is not None else _("不能判定")
    return {"label": str(step.label), "how": step.how, "value": value, "clause": step.clause, "mark": step.mark, "sum": step.sum}


def ceiling_pdf(sheet: Sheet) -> bytes:
    """Return the arithmetic of a unit's ceiling as a paper."""
    asked = sheet.asked
    held = [
        [str(one.label), *(number(area, 2) if area is not None else "–" for area in (one.has, one.ceiling)), one.note]
        for one in (*sheet.held_usable, *sheet.held_floor)
    ]
    data = {
        "title": _("单位办公用房面积核定表"),
        "unit": asked.unit.name,
        "says": _("按编制定员 %(posts)s 人，%(day)s 有效的标准计算。") % {"posts": sheet.posts, "day": asked.on.isoformat()},
        "formula": "S = [A + B + (A + B) × 9%] ÷ K + C",
        "head": [_("项目"), _("算式"), "m²", _("依据")],
        "groups": [
            [_("办公室使用面积，逐级"), [_step(one) for one in sheet.offices]],
            [_("使用面积"), [_step(one) for one in sheet.usable]],
            [_("建筑面积"), [_step(one) for one in sheet.floor]],
        ],
        "held_title": _("现有与核定"),
        "held_head": [_("项目"), _("现有"), _("核定"), _("说明")],
        "held": held,
        "signs": [_("使用单位（章）"), _("机关事务管理部门（章）"), _("日期")],
    }
    return paper.pdf(TYPST / "ceiling.typ", data, title=data["title"])


def _line(line: RoomLine) -> list[str]:
    area, ceiling = (number(value, 2) if value is not None else "–" for value in (line.area, line.ceiling))
    return [line.building, line.room, line.person, line.title, str(line.get_level_display()), str(line.sharing), area, ceiling]


def heads() -> list[str]:
    """Return the headings of the yearly lists."""
    return [_("楼栋"), _("房间"), _("姓名"), _("职务名称"), _("职务层次"), _("合用人数"), _("使用面积（m²）"), _("标准（m²）")]


def lines_of(made: Publication | Filing) -> list[RoomLine]:
    """Return the lines of a yearly list in the order of the rooms."""
    return list(made.lines.order_by("building", "room", "pk"))


def yearly_pdf(made: Publication | Filing, lines: Sequence[RoomLine]) -> bytes:
    """Return a publication or a filing as a paper to hang up or to sign."""
    shown = isinstance(made, Publication)
    told = {"year": made.year, "unit": made.unit.name}
    data = {
        "title": _("%(year)s 年度办公用房使用情况公示") % told if shown else _("%(year)s 年度领导干部办公室备案表") % told,
        "unit": made.unit.name,
        "number": made.number,
        "says": _when(made),
        "head": heads(),
        "rows": [_line(line) for line in lines],
        "foot": _("省部级领导干部的办公室不列入本表。合用的房间，面积为整间，标准为每人。"),
        "mark": f"SHA-256 {made.digest}" if isinstance(made, Publication) else "",
        "signs": [_("公示单位（章）")] if shown else [_("单位负责人"), _("填报人"), _("机关事务管理部门（章）")],
    }
    return paper.pdf(TYPST / "yearly.typ", data, title=data["title"])


def _when(made: Publication | Filing) -> str:
    if isinstance(made, Publication):
        told = {"place": made.place, "from": made.published_on.isoformat(), "to": made.until.isoformat()}
        return _("公示处：%(place)s。公示期：%(from)s 至 %(to)s。") % told
    return _("报送日期：%(day)s。") % {"day": made.submitted_on.isoformat()}
