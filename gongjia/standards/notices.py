"""The rectification notice: one a unit, on A4 as PDF, from findings as they stand."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import paper
from gongjia.core.jobs import Running, job
from gongjia.core.periods import today
from gongjia.core.problems import Problem, Refused
from gongjia.standards.explaining import Explanation, explain
from gongjia.standards.listed import rectifications_of
from gongjia.standards.models import Finding
from gongjia.standards.resources import FINDINGS
from gongjia.web.bulk import BulkJob, declare_bulk_job

SOURCE = Path(__file__).parent / "typst" / "notice.typ"
AT_ONCE, MOST, DAYS = 200, 3_000, 30


def findings_for(user: Any, ids: Sequence[int]) -> list[Finding]:
    """Return those of the findings that this person may see and that still stand, in the order asked for."""
    found: dict[int, Finding] = {}
    for start in range(0, len(ids), 900):
        rows = FINDINGS.queryset(user).filter(pk__in=ids[start : start + 900]).select_related("unit", "excuse")
        found.update({each.pk: each for each in rows})
    return [found[pk] for pk in ids if pk in found and found[pk].excuse is None]


def pdf(found: Sequence[Finding], issuer: str) -> bytes:
    """Return the notices of the findings as one PDF, a notice a unit."""
    by_unit: dict[int, list[Finding]] = {}
    for each in found:
        by_unit.setdefault(each.unit_id, []).append(each)
    notices = [notice(rows, issuer) for rows in by_unit.values()]
    return paper.pdf(SOURCE, {"notices": notices, "colon": "：" if get_language() != "en" else ":"}, title=_now("整改通知"))


def notice(found: Sequence[Finding], issuer: str) -> dict[str, Any]:
    """Return one notice: to whom, what was found against which clause, until when."""
    told, due = [explain(each, alternatives=False) for each in found], _due(found)
    opening = _now("经核查（%(day)s），你单位有下列 %(n)s 项与现行规范不符，或尚不能判定。请逐项核实并整改。")
    closing = _now("请于 %(due)s 前完成整改，并将结果和证明材料报我单位；情况特殊确需保留的，请在期限内说明理由并附批件。")
    heads = [_now("序号"), _now("对象"), _now("问题"), _now("实际"), _now("标准"), _now("超出"), _now("依据")]
    return {
        "title": _now("整改通知"),
        "number": _now("编号：%(a)s 等 %(n)s 项") % {"a": told[0].record, "n": len(found)} if len(found) > 1 else told[0].record,
        "to": str(found[0].unit.name),
        "opening": opening % {"day": _day(max(each.judged_on for each in found)), "n": len(found)},
        "heads": heads,
        "rows": [_row(number, e) for number, e in enumerate(told, 1)],
        "basis": list(_warned(found)),
        "closing": closing % {"due": _day(due)},
        "issuer": issuer,
        "day": _day(today()),
    }


def _row(number: int, e: Explanation) -> list[str]:
    basis = f"{e.clause.document}{e.clause.number} {e.clause.clause}：{e.clause.words}" if e.clause else _now("台账相互矛盾")
    if e.clause and not e.clause.clause_seen and e.clause.clause:
        basis += _now("（条号待核）")
    return [str(number), e.title, e.check_label + (f"：{e.reason}" if e.reason else ""), e.value, e.bound, e.over, basis]


def _warned(found: Iterable[Finding]) -> Iterable[str]:
    """Say which items only warn, so that nobody takes them for grounds."""
    rows = [str(number) for number, each in enumerate(found, 1) if not each.blocks]
    if rows:
        yield _now("第 %(rows)s 项所引条文待核或仅供参照，只作提示，不作处理依据。") % {"rows": _now("、").join(rows)}


def _due(found: Sequence[Finding]) -> dt.date:
    """The earliest day agreed upon, or thirty days from now."""
    agreed = [row.due_on for row in rectifications_of(found).values()]
    return min(agreed, default=today() + dt.timedelta(days=DAYS))


def _day(day: dt.date) -> str:
    return _now("%(y)s年%(m)s月%(d)s日") % {"y": day.year, "m": day.month, "d": day.day} if get_language() != "en" else day.isoformat()


def issuer_of(user: Any) -> str:
    """The unit for which a person signs: that of his or her own post, else the whole house."""
    person = getattr(user, "person", None)
    return str(person.unit.name) if person is not None else _now("机关事务管理部门")


@job("standards.notices", _("打印整改通知"))
def print_notices(running: Running, resource: str, ids: Sequence[int], origin: str = "") -> dict[str, Any]:
    """Make the notices of marked findings, as the job's file."""
    if len(ids) > MOST:
        raise Refused([Problem("too_many_rows", _now("一次最多 %(n)s 条；请分几次。") % {"n": MOST})])
    found = findings_for(running.actor, ids)
    if not found:
        raise Refused([Problem("nothing_left", _now("选中的发现都已登记例外或已消除，没有可通知的。"))])
    running.progress(0, len(found))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "notice.pdf"
        file.write_bytes(pdf(found, issuer_of(running.actor)))
        running.keep(file, f"{_now('整改通知')}-{today().isoformat()}.pdf", "application/pdf")
    running.progress(len(found), len(found))
    return {"notices": len(found)}


declare_bulk_job(BulkJob("notices", _("打印整改通知"), FINDINGS.key, "standards.notices"))
