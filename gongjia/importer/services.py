"""The import session: read, decide, preview, commit, undo; each step that takes time is a job."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from gongjia.core import bulk, files
from gongjia.core.access import access
from gongjia.core.jobs import Cancelled, Running, enqueue, job
from gongjia.core.models import Batch, StoredFile
from gongjia.core.problems import Conflict, Forbidden, Problem, Refused
from gongjia.core.undo import undo_batch
from gongjia.importer.analysis import Analysis, Wish, understand
from gongjia.importer.annotate import Mark, annotate
from gongjia.importer.errors import Unreadable
from gongjia.importer.guessing import guess
from gongjia.importer.menu import IMPORT
from gongjia.importer.models import ImportProblem, ImportProfile, ImportSession
from gongjia.importer.planning import Plan, plan
from gongjia.importer.profile import BadProfile, Profile, load, shipped
from gongjia.importer.reading import read
from gongjia.importer.reporting import Located, Report, located, report
from gongjia.importer.running import carry_out, complete, no_garbage
from gongjia.importer.shaping import plan_of, profile_of, shape_of, titled
from gongjia.importer.targets import NoTarget, importable, ledger
from gongjia.importer.transforms import text_of

State = ImportSession.State
KEPT_PROBLEMS = 5_000
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def begin(actor: Any, stored: StoredFile, name: str, into: str) -> ImportSession:
    """Start a session for an uploaded file; without a ledger, the file's columns say which one.

    Raises Forbidden or NoTarget before anything is read.
    """
    need(actor, into)
    with transaction.atomic():
        session = ImportSession.objects.create(file=stored, name=name[-200:], into=into, actor=actor)
        return start(session, "importer.read", State.READING)


def need(actor: Any, into: str) -> None:
    """Raise Forbidden unless the actor may import, and register rows of this ledger somewhere."""
    for permission in (IMPORT, ledger(into).create.permission) if into else (IMPORT,):
        if not access(actor).can(permission):
            raise Forbidden(permission)


def start(session: ImportSession, kind: str, state: str) -> ImportSession:
    """Enqueue the next step and say so in the session."""
    with transaction.atomic():
        session.job = enqueue(kind, session.actor, key=f"import-{session.pk}", session_id=session.pk, language=get_language())
        session.state, session.trouble = state, ""
        session.save()
    return session


def decide(session: ImportSession, plan: Mapping[str, Any], edits: Mapping[str, str]) -> ImportSession:
    """Keep the decisions about columns and cells, and preview what they do."""
    session.plan, session.edits = dict(plan), dict(edits)
    return start(session, "importer.preview", State.PREVIEWING)


def look_again(session: ImportSession, sheet: str, header: int | None, depth: int, profile: str = "") -> ImportSession:
    """Read the file again with another sheet, header row or profile."""
    session.sheet, session.header, session.depth, session.profile = sheet, header, depth, profile
    session.plan, session.edits = {}, {}
    return start(session, "importer.read", State.READING)


def commit(session: ImportSession) -> ImportSession:
    """Write the good rows."""
    return start(session, "importer.commit", State.COMMITTING)


def undo(session: ImportSession) -> ImportSession:
    """Reverse the whole batch; the job says so when something was built on it."""
    return start(session, "importer.undo", State.UNDOING)


@job("importer.undo", gettext_lazy("撤销导入"))
def undo_rows(running: Running, session_id: int, language: str = "zh-hans") -> dict[str, Any]:
    """Undo the batch of a session, or leave everything as it is and say why."""
    session = guarded(session_id)
    with override(language):
        try:
            if session.batch is None:
                raise Refused([Problem("nothing_written", _("这次导入没有写入任何记录。"))])
            undo_batch(session.actor, session.batch, "import")
        except (Refused, Forbidden, Conflict) as error:
            ImportSession.objects.filter(pk=session.pk).update(state=State.DONE, trouble=wording(error))
        else:
            ImportSession.objects.filter(pk=session.pk).update(state=State.UNDONE, trouble="")
    return {"url": f"/imports/{session_id}/"}


def keep_profile(session: ImportSession, actor: Any, name: str) -> ImportProfile:
    """Keep the session's decisions under a name, by column titles."""
    body = {**titled(session.plan, session.shape), "source": session.plan.get("source", "")}
    return ImportProfile.objects.update_or_create(owner=actor, into=session.into, name=name[:80], defaults={"body": body})[0]


def profiles_for(actor: Any, into: str) -> list[tuple[str, str]]:
    """Return the profiles for a ledger as (key, name): one's own first, then the shipped ones."""
    own = [(f"kept:{pk}", name) for pk, name in ImportProfile.objects.filter(owner=actor, into=into).values_list("pk", "name")]
    known = [(name, load(name)) for name in shipped()]
    return own + [(name, str(made.title.get("zh", name))) for name, made in known if made.into == into]


def chosen_profile(session: ImportSession) -> Profile | None:
    """Return the profile that a session names, if any."""
    if session.profile.startswith("kept:"):
        kept = ImportProfile.objects.filter(pk=session.profile.removeprefix("kept:"), owner=session.actor).first()
        return Profile.from_plan({**kept.body, "base": kept.name}) if kept else None
    return load(session.profile) if session.profile else None


def analysis_of(session: ImportSession) -> Analysis:
    """Read the session's file as its decisions say."""
    base = chosen_profile(session)
    if session.plan:
        name = session.plan.get("base", "")
        base = profile_of(session.plan, load(name) if name in shipped() else base)
    wish = Wish(base, session.sheet, session.header, session.depth)
    workbook = read(files.path_of(session.file), session.name)
    if not session.into:
        session.into = guess(workbook, [made.key for made in importable() if access(session.actor).can(made.create)])
        session.save(update_fields=["into"])
    made = understand(workbook, session.into, wish)
    if not session.plan:
        complete(made, session.actor)
    return made


def guarded(session_id: int) -> ImportSession:
    return ImportSession.objects.select_related("file", "actor").get(pk=session_id)


def fail(session: ImportSession, text: str) -> None:
    ImportSession.objects.filter(pk=session.pk).update(state=State.UNREADABLE, trouble=text)


@job("importer.read", gettext_lazy("读取文件"))
def read_file(running: Running, session_id: int, language: str = "zh-hans") -> dict[str, Any]:
    """Find sheet, header and columns, and propose which column is which field."""
    session = guarded(session_id)
    with override(language), no_garbage():
        try:
            made = analysis_of(session)
        except Unreadable as error:
            fail(session, error.message(_))
        except (NoTarget, BadProfile, Refused) as error:
            fail(session, wording(error))
        else:
            table = made.table
            ImportSession.objects.filter(pk=session.pk).update(
                state=State.MAPPED, sheet=table.sheet.name, header=table.header, depth=table.depth, shape=shape_of(made), plan=plan_of(made)
            )
    return {"url": f"/imports/{session_id}/"}


@job("importer.preview", gettext_lazy("试算导入"))
def preview(running: Running, session_id: int, language: str = "zh-hans") -> dict[str, Any]:
    """Say what an import would do, row by row, and keep the problems for the page."""
    session = guarded(session_id)
    with override(language), no_garbage():
        try:
            made = plan(analysis_of(session), session.actor, session.cells(), running.progress)
        except (Unreadable, Refused, BadProfile, Forbidden, Cancelled) as error:
            back = State.MAPPED if session.shape else State.UNREADABLE
            ImportSession.objects.filter(pk=session.pk).update(state=back, trouble=wording(error))
            if isinstance(error, Cancelled):
                raise
            return {"url": f"/imports/{session_id}/"}
        keep_preview(session, made)
    return {"url": f"/imports/{session_id}/"}


def wording(error: Exception) -> str:
    return error.message(_) if isinstance(error, (Unreadable, BadProfile)) else str(error)


def keep_preview(session: ImportSession, made: Plan) -> None:
    """Store the counts and the first problems, refusals before remarks."""
    result = report(made, dry_run=True)
    with transaction.atomic():
        ImportProblem.objects.filter(session=session).delete()
        store_problems(session, made)
        ImportSession.objects.filter(pk=session.pk).update(state=State.PREVIEWED, counts=counts_of(result), trouble="")


def counts_of(result: Report) -> dict[str, Any]:
    """Return the counts of a report as the session keeps them."""
    names = ("rows_read", "new", "changed", "unchanged", "refused", "skipped")
    codes = [[level, code, count] for (level, code), count in result.by_code().most_common()]
    return {**{name: getattr(result, name) for name in names}, "codes": codes}


def store_problems(session: ImportSession, made: Plan) -> None:
    """Write the problems that the page lists and filters."""
    headings = {heading.title: heading for heading in reversed(made.analysis.table.headings)}
    found = sorted(located(made), key=lambda p: (p.level != "refused", p.row is None, p.row or 0))[:KEPT_PROBLEMS]
    rows = {line + 1: index for index, line in enumerate(made.analysis.table.data)} if found else {}
    edits = session.cells()

    def place(problem: Located) -> tuple[str, str]:
        heading = headings.get(problem.column)
        if heading is None or problem.row is None:
            return "", ""
        data_row = rows[problem.row]
        shown = edits.get((data_row, heading.index)) or text_of(made.analysis.table.sheet.columns[heading.index][problem.row - 1])
        return f"{data_row}:{heading.index}", shown

    places = [place(problem) for problem in found]
    bulk.insert(
        ImportProblem, len(found), session_id=session.pk, row=[p.row for p in found], place=[cell for cell, _text in places],
        column=[p.column[:120] for p in found], code=[p.code for p in found], level=[p.level for p in found],
        message=[p.message for p in found], value=[text for _cell, text in places],
    )  # fmt: skip


@job("importer.commit", gettext_lazy("写入导入的记录"))
def commit_rows(running: Running, session_id: int, language: str = "zh-hans") -> dict[str, Any]:
    """Check everything once more and write the good rows in one batch; refused rows go back as a marked workbook."""
    session = guarded(session_id)
    with override(language), no_garbage():
        try:
            made = plan(analysis_of(session), session.actor, session.cells(), running.progress)
            running.check_cancelled()
            result = carry_out(made, session.actor, running.row.pk)
        except BaseException as error:
            back = ImportSession.objects.filter(pk=session.pk)
            back.update(state=State.PREVIEWED, trouble="" if isinstance(error, Cancelled) else wording(error)[:2000])  # type: ignore[arg-type]
            raise
        ImportSession.objects.filter(pk=session.pk).update(state=State.DONE, counts=counts_of(result), batch_id=result.batch)
        if result.problems:
            mark_workbook(running, session, made)
    return {
        "url": f"/imports/{session_id}/",
        **{name: getattr(result, name) for name in ("rows_read", "new", "changed", "unchanged", "refused")},
    }


def mark_workbook(running: Running, session: ImportSession, made: Plan) -> None:
    """Keep the user's own workbook with bad cells marked and reasons beside them."""
    headings = {heading.title: heading.index for heading in reversed(made.analysis.table.headings)}
    marks = [
        Mark(p.row - 1, headings.get(p.column), p.level, p.message)
        for p in sorted(located(made), key=lambda p: p.level != "refused")[: 4 * KEPT_PROBLEMS]
        if p.row is not None
    ]
    stem = Path(session.name).stem
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / f"marked{Path(session.name).suffix}"
        path = annotate(files.path_of(session.file), made.analysis.workbook.format, made.analysis.table, marks, _("导入结果"), wanted)
        kept = running.keep(path, f"{stem}-{_('标注')}{path.suffix}", SPREADSHEET)
    ImportSession.objects.filter(pk=session.pk).update(marked=kept)


def reconcile(session: ImportSession) -> ImportSession:
    """Where a job ended without telling its session (killed, cancelled), take over how it ended."""
    job_row = session.job
    if not session.busy or job_row is None or not job_row.is_over:
        return session
    batch = Batch.objects.filter(job_id=job_row.pk).first() if session.state == State.COMMITTING else None
    if batch is not None:
        session.state, session.batch = State.DONE, batch
    elif session.state == State.UNDOING:
        undone = Batch.objects.filter(pk=session.batch_id, undone_by__isnull=False).exists()
        session.state = State.UNDONE if undone else State.DONE
    elif session.state == State.READING:
        session.state = State.UNREADABLE
    else:
        session.state = State.PREVIEWED if session.counts else State.MAPPED
    session.trouble = session.trouble or job_row.message
    session.save()
    return session
