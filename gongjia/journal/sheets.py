"""Handing a seal out: its hash in groups that can be read aloud, its QR code, and a sheet to print, sign and file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.utils.translation import gettext as _

from gongjia.core import paper
from gongjia.journal.models import Seal
from gongjia.web.wording import instant_words, number

SOURCE = Path(__file__).parent / "typst" / "seal.typ"


def grouped(digits: str) -> str:
    """Return hexadecimal digits in groups of eight."""
    return " ".join(digits[start : start + 8] for start in range(0, len(digits), 8))


def code_text(seal: Seal) -> str:
    """Return what the QR code says: all that is needed to check an export against this seal, without this site."""
    return f"gongjia seal {seal.number}\n{seal.hash}\nkey {seal.key}"


def qr(text: str) -> str:
    """Return a QR code as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False, omitsize=True, nl=False)
    return out.getvalue().decode()


def facts_of(seal: Seal) -> list[tuple[str, str]]:
    """Return what a seal says, as labelled words."""
    return [
        (_("存证时间"), instant_words(seal.at)),
        (_("条目"), _("第 %(first)s 至 %(last)s 条，共 %(n)s 条") % {"first": seal.first, "last": seal.last, "n": number(seal.entries)}),
        (_("前一次存证号"), grouped(seal.previous) if seal.number > 1 else _("无，这是第一次")),
        (_("公钥（Ed25519）"), grouped(seal.key)),
        (_("签名"), grouped(seal.signature)),
    ]


def sheet(seal: Seal) -> bytes:
    """Return the printable sheet of a seal as PDF."""
    data: dict[str, Any] = {
        "title": _("日志存证单"),
        "number": _("第 %(n)s 次存证") % {"n": seal.number},
        "house": settings.GONGJIA_HOUSE,
        "says": _("截至存证时间，本系统第 1 至 %(last)s 条审计记录和资产变动均由下面的存证号固定。") % {"last": number(seal.last)},
        "label": _("存证号（SM3）"),
        "hash": [seal.hash[start : start + 8] for start in range(0, 64, 8)],
        "facts": facts_of(seal),
        "qr": qr(code_text(seal)),
        "how": [
            _("核验：导出日志后运行 python verify.py 文件 --head 存证号。"),
            _("verify.py 随系统附带，只需 Python 标准库；与本单核对的是存证号，请妥善保管本单。"),
        ],
        "sign": [_("审计管理员"), _("接收人"), _("日期")],
    }
    return paper.pdf(SOURCE, data, title=data["title"])
