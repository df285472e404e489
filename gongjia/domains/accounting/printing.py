"""The filed report on A4: its topics, the checks between them, its digest, and lines to sign on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjia.core import paper
from gongjia.domains.accounting.filing import Check
from gongjia.domains.accounting.models import FiledReport
from gongjia.domains.accounting.telling import Figures, Line, Told, kinds_words
from gongjia.web.wording import instant_words, number

SOURCE = Path(__file__).parent / "typst" / "annual.typ"


def _cells(figures: Figures) -> list[str]:
    return [number(figures.cards), number(figures.quantity), number(figures.cost, 2), number(figures.accumulated, 2)]


def _row(line: Line, flow: str) -> dict[str, Any]:
    parts = (line.closing,) if flow else (line.opening, line.increase, line.decrease, line.closing)
    return {"label": line.label, "cells": [_cells(part) for part in parts], "kinds": kinds_words(line), "whole": line.whole}


def _topic(topic: Told) -> dict[str, Any]:
    ends = [_("合计")] if topic.flow else [_("期初"), _("增加"), _("减少"), _("期末")]
    rows = [_row(line, topic.flow) for line in topic.lines]
    return {"label": topic.label, "head": topic.head, "ends": ends, "rows": rows, "note": topic.note}


def _check(check: Check) -> dict[str, Any]:
    return {"words": check.words, "holds": _("相符") if check.holds else _("不符"), "ok": check.holds}


def annual_pdf(report: FiledReport, given: dict[str, Any]) -> bytes:
    """Return a filed report as PDF."""
    title = _("%(year)s 年度资产年报") % {"year": report.year}
    told = {"year": report.year, "known": instant_words(report.known_at), "version": report.version}
    data = {
        "lang": "en" if get_language() == "en" else "zh",
        "title": title,
        "unit": report.unit.name,
        "says": _("截至 %(year)s 年 12 月 31 日，按 %(known)s 前已登记的变动计算；第 %(version)s 版。") % told,
        "measures": [_("卡片"), _("数量"), _("原值"), _("累计折旧")],
        "money": _("金额单位：元"),
        "topics": [_topic(topic) for topic in given["topics"]],
        "checks_title": _("表间核对"),
        "checks": [
            {"words": check.words, "holds": _("相符") if check.holds else _("不符"), "ok": check.holds} for check in given["checks"]
        ],
        "proved": _("%(n)s 行逐行证明：期初 + 增加 − 减少 = 期末（卡片、数量、原值、累计折旧）。") % {"n": number(given["proved"])},
        "missing": _("未列：%(names)s。只见过主题名，未见表式，卡片里也没有可以判别的字段。官方表式未见，列名待核。")
        % {"names": given["missing"]},
        "note": report.note,
        "note_title": _("填报说明"),
        "digest": report.digest,
        "sign": [_("单位负责人"), _("资产管理负责人"), _("财务负责人"), _("填报人"), _("日期")],
        "filed": _("%(at)s 报送") % {"at": instant_words(report.filed_at)},
    }
    return paper.pdf(SOURCE, data, title=f"{title} {report.unit.name}")
