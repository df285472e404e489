"""What the city made of the findings of its first sweep: some excused with evidence, some given to somebody to mend."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gongjia.core import files
from gongjia.core.action import actions
from gongjia.core.periods import today
from gongjia.demo.seeding import ORIGIN
from gongjia.demo.usage import write_overages
from gongjia.org.models import Person, Unit, User
from gongjia.standards.models import Finding, Sweep
from gongjia.standards.resources import FINDINGS
from gongjia.standards.sweep import Progress, run_sweep

UNITS = ("YC-JG", "YC-GA", "SQ-JY")
REASONS = {  # why such a finding may stand for a time
    "ledger.idle_too_long": "防汛物资储备用设备，按预案留存待用",
    "ledger.price": "业务专用配置，采购时已经集体研究",
    "ledger.custodian_left": "本人返聘，设备继续使用",
    "vehicles.price": "省级主管部门批准配备",
    "offices.room_over_entitlement": "老楼格局所限，分隔改造已列入明年计划",
}
MENDED = 3  # findings of each of the units that somebody mends


def first_sweep(actor: User, progress: Progress | None = None) -> Sweep:
    """Sweep the city as of today, then excuse and hand out some of what was found."""
    sweep = run_sweep(actor=actor, progress=progress)
    for number, code in enumerate(UNITS):
        found = Finding.objects.pressing().filter(unit__path__startswith=Unit.objects.get(code=code).path).order_by("pk")
        _excuse(actor, found.filter(check_key__in=REASONS).first(), number)
        _mend(actor, list(found.exclude(check_key__in=REASONS)[:MENDED]) or list(found[:MENDED]))
    write_overages(actor)
    return sweep


def _excuse(actor: User, finding: Finding | None, number: int) -> None:
    """Excuse one finding until half a year from now, with a paper that says so."""
    if finding is None:
        return
    document, day = f"云机管函〔{today().year}〕{number + 11}号", today()
    text = f"{document}\n{REASONS[finding.check_key]}，同意作为例外。\n（虚构的批准文件，仅供演示）\n"
    paper = files.store_chunks([text.encode()], f"{document}.txt", "text/plain")
    row = {"id": finding.pk, "reason": REASONS[finding.check_key], "document": document, "evidence": paper.digest}
    dates = {"valid_from": day - dt.timedelta(days=10), "valid_to": day + dt.timedelta(days=180)}
    actions["standards.excuse_finding"].run(actor, row | dates, origin=ORIGIN)


def _mend(actor: User, found: list[Finding]) -> None:
    """Give findings to people of their unit; the first is under way."""
    if not found:
        return
    rows = [{"id": each.pk, "owner": _owner(each), "due_on": today() + dt.timedelta(days=30 * n)} for n, each in enumerate(found, 1)]
    ids = actions["standards.assign_rectification"].run_many(actor, [_given(row) for row in rows], origin=ORIGIN).ids
    actions["standards.edit_rectification"].run(actor, {"id": ids[0], "state": "doing", "note": "正在核对卡片与实物"}, origin=ORIGIN)


def _owner(finding: Finding) -> int | None:
    unit = FINDINGS.units_of([finding.pk])[finding.pk]
    return Person.objects.filter(unit=unit, status="active").order_by("staff_code").values_list("pk", flat=True).first()


def _given(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}
