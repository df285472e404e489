"""Acting on findings: excusing with evidence for a time, giving to somebody to mend, and sweeping as a job."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Annotated, Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gongjia.core import bulk, files
from gongjia.core.access import access
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.jobs import Running, enqueue, job
from gongjia.core.models import Job, StoredFile
from gongjia.core.permissions import page_permissions
from gongjia.core.problems import Forbidden, Problem
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows, set_values
from gongjia.org.models import Unit
from gongjia.standards.choices import FindingState, RectificationState
from gongjia.standards.drafting import Draft, as_csv, checks_touched, paths_of, run
from gongjia.standards.models import Excuse, Finding, Rectification
from gongjia.standards.resources import EXCUSES, FINDINGS, RECTIFICATIONS
from gongjia.standards.rulebook.loading import load
from gongjia.standards.sweep import run_sweep

RUN_SWEEP, SIMULATE, ASK = "standards.run_sweep", "standards.simulate", "standards.ask"
page_permissions.add(RUN_SWEEP, _("运行核查"))
page_permissions.add(SIMULATE, _("模拟规范"))
page_permissions.add(ASK, _("先问后办"))

# -- excuses -----------------------------------------------------------------------------------------------------------


class ExcuseFinding(Input, of=Excuse):
    """An exception to one finding, from day to day, with its reason and evidence."""

    id: Annotated[int, Ref("standards.finding")] = given(label=_("核查发现"))
    reason: str = given()
    document: str = given("")
    valid_from: dt.date = given()
    valid_to: dt.date = given()
    evidence: str | None = given(None, label=_("证明材料"), help=_("已上传文件的 SHA-256；页面上直接选择文件即可。"))


class EndExcuse(Input, of=Excuse):
    """An exception that ends before its time."""

    id: Annotated[int, Ref("standards.excuse")] = given(label=_("例外"))
    note: str = given("", label=_("终止原因"))


@action("standards.excuse_finding", label=_("登记例外"), subject="standards.finding", undo=restore_records)
def excuse_findings(context: Context, rows: Sequence[ExcuseFinding]) -> list[int]:
    """Excuse findings for a time, hang the evidence on the excuse, and return the excuses."""
    found = {finding.pk: finding for finding in Finding.objects.filter(pk__in=[row.id for row in rows])}
    same = {name: [getattr(found[row.id], name) for row in rows] for name in ("check_key", "subject", "subject_id", "fact_key", "unit_id")}
    said = {name: [getattr(row, name) for row in rows] for name in ("reason", "document", "valid_from", "valid_to")}
    ids = bulk.insert(Excuse, len(rows), **same, **said, created_at=context.now)
    for index, (row, pk) in enumerate(zip(rows, ids, strict=True)):
        context.record(EXCUSES.key, pk, found[row.id].unit_id, None, {name: cells[index] for name, cells in {**same, **said}.items()})
        if row.valid_from <= context.on <= row.valid_to:
            _move(context, found[row.id], FindingState.EXCUSED, pk)
        if row.evidence:
            files.attach(EXCUSES.key, pk, StoredFile.objects.get(digest=row.evidence), _now("证明材料"), context.actor)
    return ids


@excuse_findings.check
def excuses_make_sense(context: Context, rows: Sequence[ExcuseFinding]) -> list[Problem]:
    """Refuse an exception without evidence, one that ends before it begins, and a finding that is excused already."""
    excused = set(Finding.objects.filter(pk__in=[row.id for row in rows], state=FindingState.EXCUSED).values_list("pk", flat=True))
    known = set(StoredFile.objects.filter(digest__in=[row.evidence for row in rows if row.evidence]).values_list("digest", flat=True))
    problems = []
    for index, row in enumerate(rows):
        if row.valid_to < row.valid_from:
            problems.append(Problem("ends_before_start", _now("截止日期早于起始日期。"), "valid_to", index, value=row.valid_to))
        if not row.evidence:
            problems.append(Problem("evidence_missing", _now("登记例外须附证明材料。"), "evidence", index))
        elif row.evidence not in known:
            problems.append(Problem("unknown_file", _now("没有这份已上传的文件。"), "evidence", index, value=row.evidence))
        if row.id in excused:
            problems.append(Problem("already_excused", _now("这条发现已经登记过例外。"), "id", index))
    return problems


def _move(context: Context, finding: Finding, state: str, excuse: int | None) -> None:
    before = {"state": finding.state, "excuse_id": finding.excuse_id}
    after = {"state": state, "excuse_id": excuse}
    context.record(FINDINGS.key, finding.pk, finding.unit_id, before, after)
    set_values(Finding, [(finding.pk, after)], {})


@action("standards.end_excuse", label=_("终止例外"), subject="standards.excuse", undo=restore_records)
def end_excuses(context: Context, rows: Sequence[EndExcuse]) -> list[int]:
    """End exceptions today; their findings stand again."""
    units = EXCUSES.units_of([row.id for row in rows])
    for row in rows:
        after = {"closed_on": context.on, "close_reason": row.note}
        context.record(EXCUSES.key, row.id, units.get(row.id), {"closed_on": None, "close_reason": ""}, after)
        set_values(Excuse, [(row.id, after)], {})
    for finding in Finding.objects.current().filter(excuse__in=[row.id for row in rows]):
        _move(context, finding, FindingState.OPEN, None)
    return [row.id for row in rows]


# -- rectification -----------------------------------------------------------------------------------------------------


class AssignRectification(Input, of=Rectification):
    """A finding that somebody mends until a day."""

    id: Annotated[int, Ref("standards.finding")] = given(label=_("核查发现"))
    owner: Annotated[int | None, Ref("org.person")] = given(None)
    due_on: dt.date = given()
    note: str = given("")


class EditRectification(Input, of=Rectification):
    """What changes of a rectification: who, until when, how far."""

    id: Annotated[int, Ref("standards.rectification")] = given(label=_("整改"))
    owner: Annotated[int | None, Ref("org.person")] = given(None)
    due_on: dt.date | None = given(None)
    state: str | None = given(None)
    note: str | None = given(None)


@action("standards.assign_rectification", label=_("交办整改"), subject="standards.finding", undo=restore_records)
def assign_rectifications(context: Context, rows: Sequence[AssignRectification]) -> list[int]:
    """Give findings to somebody to mend, and return the rectifications."""
    units = FINDINGS.units_of([row.id for row in rows])
    owners = [units.get(row.id) for row in rows]
    return create_rows(context, RECTIFICATIONS, rows, owners, finding_id=[row.id for row in rows], unit_id=owners, created_at=context.now)


@assign_rectifications.check
def findings_are_free(context: Context, rows: Sequence[AssignRectification]) -> list[Problem]:
    """Refuse a finding that is being mended already."""
    taken = set(Rectification.objects.live().filter(finding__in=[row.id for row in rows]).values_list("finding", flat=True))
    problems = []
    for index, row in enumerate(rows):
        if row.id in taken:
            problems.append(Problem("duplicate_key", _now("这条发现已经交办整改。"), "id", index))
        taken.add(row.id)
    return problems


@action("standards.edit_rectification", label=_("更新整改"), subject="standards.rectification", undo=restore_records)
def edit_rectifications(context: Context, rows: Sequence[EditRectification]) -> list[int]:
    """Change owner, due date, progress or note; what is done is done today."""
    whole = [_with_day(row, context.on) for row in rows]
    change_rows(context, RECTIFICATIONS, whole)
    return [row.id for row in rows]


class _Dated(EditRectification):
    done_on: dt.date | None = None


def _with_day(row: EditRectification, day: dt.date) -> EditRectification:
    """Add the day on which it was done, or take it away."""
    said = {name: getattr(row, name) for name in row.model_fields_set}
    if "state" in said:
        said["done_on"] = day if said["state"] == RectificationState.DONE else None
    return _Dated.model_construct(_fields_set=set(said), **said)


# -- simulating --------------------------------------------------------------------------------------------------------


@job("standards.simulate", _("模拟规范"))
def simulate_job(running: Running, version: str, drafts: dict[str, dict[str, str]], path: str, language: str) -> dict[str, Any]:
    """Judge the facts of today by each draft beside the rulebook; the result is what the page shows, the file every record that moves."""
    with override(language), tempfile.TemporaryDirectory() as folder:
        printed = load().find(version)[1]
        made = [Draft(name, printed, cells) for name, cells in drafts.items()]
        total, done = len(made) * len(paths_of(running.actor, path)) * len(checks_touched(made)), count()

        def say(label: str) -> None:
            running.progress(next(done), total, label)

        found = [run(each, running.actor, path, also=made, say=say) for each in made]
        file = Path(folder) / "simulation.csv"
        file.write_text(as_csv(found), encoding="utf-8")
        running.keep(file, f"simulation-{version}.csv", "text/csv; charset=utf-8")
        running.progress(total, total)
        return {"url": reverse("standards:simulation", args=[running.row.pk]), "found": [each.drawn() for each in found]}


def start_simulation(actor: Any, version: str, drafts: dict[str, dict[str, str]], path: str, language: str) -> Job:
    """Enqueue a simulation for somebody who may simulate; nothing of it touches the findings. Raises Forbidden."""
    if not access(actor).can(SIMULATE):
        raise Forbidden(SIMULATE)
    asked: dict[str, Any] = {"version": version, "drafts": drafts, "path": path, "language": language}
    key = hashlib.sha256(json.dumps([actor.pk, asked], sort_keys=True).encode()).hexdigest()[:40]
    return enqueue("standards.simulate", actor, key=key, **asked)


# -- sweeping ----------------------------------------------------------------------------------------------------------


@job("standards.sweep", _("核查"))
def sweep_job(running: Running, on: str | None = None, unit: int | None = None) -> dict[str, Any]:
    """Sweep as a job, with progress; the result says what changed."""
    day, within = dt.date.fromisoformat(on) if on else None, Unit.objects.get(pk=unit) if unit else None
    found = run_sweep(day, within, running.actor, progress=running.progress)
    said = {"sweep": found.pk, "url": reverse("standards:sweep", args=[found.pk])}
    return said | {name: getattr(found, name) for name in ("judged", "new", "standing", "cured", "seconds")}


def start_sweep(actor: Any, on: dt.date | None = None, unit_id: int | None = None) -> Job:
    """Enqueue a sweep for somebody who may run one in that unit; raises Forbidden."""
    if not access(actor).can(RUN_SWEEP, unit_id):
        raise Forbidden(RUN_SWEEP)
    day = on.isoformat() if on else None
    return enqueue("standards.sweep", actor, key=f"{day or 'today'}/{unit_id or 'all'}", unit_id=unit_id, on=day, unit=unit_id)
