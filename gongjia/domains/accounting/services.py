"""Changing the books: posting a month, taking it back, closing it; the work of assets that are written down by work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from pydantic import PrivateAttr

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.jobs import Running, job
from gongjia.core.models import AuditEntry
from gongjia.core.money import yuan
from gongjia.core.permissions import grant_to
from gongjia.core.problems import Problem, Refused
from gongjia.core.undo import restore_records
from gongjia.core.writing import record_created, set_values
from gongjia.domains.accounting import posting, rules
from gongjia.domains.accounting.charging import day_of, plan
from gongjia.domains.accounting.choices import PostingKind
from gongjia.domains.accounting.closings import no_reversal, obstacle, posted_months, words
from gongjia.domains.accounting.filing import compute, digest_of, read
from gongjia.domains.accounting.models import Closing, FiledReport, Posting, PostingLine, WorkDone, WorkPlan
from gongjia.domains.accounting.resources import CLOSINGS, POSTINGS, REPORTS, WORK_PLANS
from gongjia.domains.accounting.stepping import Unbalanced
from gongjia.ledger import entries
from gongjia.ledger.history import end_of
from gongjia.ledger.resources import ASSETS
from gongjia.org.models import Unit
from gongjia.web.addresses import row_url

POST, REVERSE = "accounting.post_depreciation", "accounting.reverse_depreciation"
FILE = "accounting.file_report"
grant_to("asset_clerk", "accounting.*")


class PostDepreciation(Input, of=Posting):
    """A month of a unit and of the units below it."""

    unit: Annotated[int, Ref("org.unit")] = given(help=_("连同它的下级单位。"))
    month: dt.date = given(help=_("这个月里的任何一天。"))


class ReverseDepreciation(Input, of=Posting):
    """The last posted month of a unit and of the units below it, to be taken back."""

    unit: Annotated[int, Ref("org.unit")] = given(help=_("连同它的下级单位。"))
    month: dt.date = given(help=_("这个月里的任何一天；从最后一个月往前冲销。"))


def path_of(unit: int) -> str:
    return Unit.objects.values_list("path", flat=True).get(pk=unit)


def later_months(month: int, path: str) -> range:
    """Return the months after this one that stand posted: they are worked out again from what this one leaves."""
    span = posted_months(path)
    return range(month + 1, span[1] + 1) if span else range(0)


def undo_postings(context: Context, audited: Sequence[AuditEntry]) -> None:
    """Give the cards their accumulated depreciation back, reverse the entries, and post the counter-version."""
    cards = [entry for entry in audited if entry.subject == ASSETS.key]
    restore_records(context, cards)
    for batch_id in {entry.batch_id for entry in audited}:
        entries.append_reversals(context, batch_id)
        for made in Posting.objects.filter(batch=batch_id).order_by("-month", "unit"):
            _counter(context, made)


def _counter(context: Context, made: Posting) -> None:
    """Append the version that takes one back."""
    last = Posting.objects.filter(unit=made.unit_id, month=made.month).order_by("-version").first()
    assert last is not None  # noqa: S101 - it is at least `made` itself
    columns: dict[str, Any] = {"unit_id": [made.unit_id], "version": [last.version + 1], "month": [made.month]}
    columns |= {"amount": [-made.amount], "total": [last.total - made.amount], "cards": [0]}
    batch = context.batch.pk if context.batch else None
    ids = bulk.insert(
        Posting, 1, kind=PostingKind.REVERSE.value, terms=[[]], batch_id=batch, posted_at=context.now, actor_id=context.actor_id, **columns
    )
    record_created(context, POSTINGS.key, ids, columns["unit_id"], columns)
    lines = list(PostingLine.objects.filter(posting=made).values_list("category", "account_subject", "amount", "total"))
    bulk.insert(
        PostingLine,
        len(lines),
        posting_id=ids[0],
        category_id=[line[0] for line in lines],
        account_subject=[line[1] for line in lines],
        cards=0,
        amount=[-line[2] for line in lines],
        total=[line[3] - line[2] for line in lines],
    )


@action(POST, label=_("计提折旧"), subject=POSTINGS.key, unit="unit", undo=undo_postings)
def post_depreciation(context: Context, rows: Sequence[PostDepreciation]) -> list[int]:
    """Post what each month lacks, then what the months after it come to by that; return a version for each row."""
    return [_run(context, row.unit, rules.month_number(row.month), PostingKind.POST, POST) for row in rows]


@action(REVERSE, label=_("冲销折旧"), subject=POSTINGS.key, unit="unit", undo=undo_postings, danger=True)
def reverse_depreciation(context: Context, rows: Sequence[ReverseDepreciation]) -> list[int]:
    """Take back what stands posted for the last month; the versions before stay where they are."""
    return [_run(context, row.unit, rules.month_number(row.month), PostingKind.REVERSE, REVERSE) for row in rows]


def _run(context: Context, unit: int, month: int, kind: PostingKind, key: str) -> int:
    path = path_of(unit)
    after = later_months(month, path)
    made = posting.write(context, plan(month, path, nothing=kind == PostingKind.REVERSE), kind, key)
    for later in after:
        made += posting.write(context, plan(later, path), kind, key)
    if not made:
        text = _now("%(month)s 与已记账的一致，没有需要记的差额。") % {"month": words(month)}
        raise Refused([Problem("nothing_to_post", text, "month")])
    return made[0]


def _open(said: Callable[[int, str], str], rows: Sequence[PostDepreciation] | Sequence[ReverseDepreciation]) -> list[Problem]:
    """Return what `said` has against the month of each row."""
    paths = dict(Unit.objects.filter(pk__in={row.unit for row in rows}).values_list("pk", "path"))
    found = [said(rules.month_number(row.month), paths[row.unit]) for row in rows]
    return [Problem("month_not_open", text, "month", index) for index, text in enumerate(found) if text]


@post_depreciation.check
def month_can_be_posted(context: Context, rows: Sequence[PostDepreciation]) -> list[Problem]:
    """Refuse closed months, months to come, and a month that leaves a gap."""
    return _open(lambda month, path: obstacle(month, path, context.on), rows)


@reverse_depreciation.check
def month_can_be_reversed(context: Context, rows: Sequence[ReverseDepreciation]) -> list[Problem]:
    """Refuse closed months and all but the last posted one."""
    return _open(no_reversal, rows)


@job(POST, _("计提折旧"))
def run_posting(running: Running, unit: int, month: str) -> dict[str, Any]:
    """Post a month in the name of the person who asked for it."""
    running.progress(0, 1, _now("计提 %(month)s") % {"month": month[:7]})
    raw = {"unit": unit, "month": dt.date.fromisoformat(f"{month[:7]}-01")}
    outcome = post_depreciation.run_many(running.actor, [raw], origin="job", job_id=running.row.pk)
    made = Posting.objects.filter(batch=outcome.batch)
    running.progress(1, 1)
    told = {"postings": made.count(), "cards": sum(row.cards for row in made), "amount": str(sum(row.amount for row in made))}
    return {**told, "url": f"{reverse('accounting:month')}?month={month[:7]}&within={unit}"}


class CloseMonth(Input, of=Closing):
    """A month up to which a unit and the units below it are closed."""

    unit: Annotated[int, Ref("org.unit")] = given(help=_("连同它的下级单位。"))
    month: dt.date = given(help=_("这个月里的任何一天；它和以前的月份不再计提或冲销。"))


class ReopenMonth(Input, of=Closing):
    """A closed month that is opened again, with the reason."""

    id: Annotated[int, Ref("accounting.closing")] = given(label=_("结账"))
    reason: str = given()


@action("accounting.close_month", label=_("结账"), subject=CLOSINGS.key, unit="unit")
def close_months(context: Context, rows: Sequence[CloseMonth]) -> list[int]:
    """Close months."""
    units = [row.unit for row in rows]
    columns: dict[str, Any] = {"unit_id": units, "month": [row.month.replace(day=1) for row in rows]}
    ids = bulk.insert(Closing, len(rows), closed_at=context.now, actor_id=context.actor_id, **columns)
    record_created(context, CLOSINGS.key, ids, units, columns)
    return ids


@close_months.check
def month_was_posted(context: Context, rows: Sequence[CloseMonth]) -> list[Problem]:
    """Refuse to close what is closed, and a month that is not over."""
    problems = []
    closed = set(Closing.objects.filter(reopened_at__isnull=True, unit__in={row.unit for row in rows}).values_list("unit", "month"))
    for index, row in enumerate(rows):
        if (row.unit, row.month.replace(day=1)) in closed:
            problems.append(Problem("already_closed", _now("这个月已经结账。"), "month", index, value=row.month))
        if rules.month_number(row.month) > rules.month_number(context.on):
            problems.append(Problem("not_over", _now("这个月还没有到。"), "month", index, value=row.month))
    return problems


@action("accounting.reopen_month", label=_("反结账"), subject=CLOSINGS.key, danger=True)
def reopen_months(context: Context, rows: Sequence[ReopenMonth]) -> list[int]:
    """Open closed months again; the closing stays on record with the reason."""
    units = CLOSINGS.units_of([row.id for row in rows])
    for row in rows:
        after = {"reopened_at": context.now, "reason": row.reason}
        context.record(CLOSINGS.key, row.id, units.get(row.id), {"reopened_at": None, "reason": ""}, after)
        set_values(Closing, [(row.id, after)], {})
    return [row.id for row in rows]


class PlanWork(Input, of=WorkPlan):
    """What an asset written down by work is expected to do in all."""

    asset: Annotated[int, Ref("ledger.asset")] = given(synonyms=("资产编号",))
    planned: Decimal = given(synonyms=("预计总工作量", "总工作量"))
    before: Decimal = given(Decimal(0))
    measure: str = given(synonyms=("工作量单位",), help=_("如 公里、小时、张。"))


class RecordWork(Input, of=WorkDone):
    """What such an asset did in a month."""

    id: Annotated[int, Ref("accounting.workplan")] = given(label=_("资产"))
    month: dt.date = given(help=_("这个月里的任何一天。"))
    done: Decimal = given(synonyms=("本月工作量",))


@action("accounting.plan_work", label=_("登记工作量计划"), subject=WORK_PLANS.key, unit="asset")
def plan_work(context: Context, rows: Sequence[PlanWork]) -> list[int]:
    """Register the planned work of assets."""
    owners = ASSETS.units_of([row.asset for row in rows])
    columns = {name: [getattr(row, name) for row in rows] for name in ("planned", "before", "measure")}
    ids = bulk.insert(WorkPlan, len(rows), ids=[row.asset for row in rows], **columns)
    record_created(context, WORK_PLANS.key, ids, [owners.get(pk) for pk in ids], columns)
    return ids


@plan_work.check
def work_makes_sense(context: Context, rows: Sequence[PlanWork]) -> list[Problem]:
    """Refuse a plan of nothing, and a second plan of one asset."""
    planned = set(WorkPlan.objects.filter(pk__in=[row.asset for row in rows]).values_list("pk", flat=True))
    problems = []
    for index, row in enumerate(rows):
        if row.planned <= 0 or row.before < 0:
            problems.append(Problem("not_positive", _now("工作量必须大于 0。"), "planned", index, value=row.planned))
        if row.asset in planned:
            problems.append(Problem("duplicate_key", _now("这项资产已经登记过工作量计划。"), "asset", index))
        planned.add(row.asset)
    return problems


@action("accounting.record_work", label=_("登记本月工作量"), subject=WORK_PLANS.key)
def record_work(context: Context, rows: Sequence[RecordWork]) -> list[int]:
    """Record the work of a month; what stood for the month before is kept, superseded."""
    owners = WORK_PLANS.units_of([row.id for row in rows])
    for row in rows:
        month = day_of(rules.month_number(row.month))
        standing = WorkDone.objects.filter(plan=row.id, month=month, superseded_at__isnull=True)
        before = {"month": month, "done": former} if (former := standing.values_list("done", flat=True).first()) is not None else {}
        standing.update(superseded_at=context.now)
        bulk.insert(WorkDone, 1, plan_id=row.id, month=month, done=[row.done], recorded_at=context.now)
        context.record(WORK_PLANS.key, row.id, owners.get(row.id), before, {"month": month, "done": row.done})
    return [row.id for row in rows]


@record_work.check
def work_is_not_negative(context: Context, rows: Sequence[RecordWork]) -> list[Problem]:
    """Refuse work below nothing."""
    return [Problem("negative", _now("工作量不能小于 0。"), "done", index) for index, row in enumerate(rows) if row.done < 0]


class FileReport(Input, of=FiledReport):
    """A year of a unit and of the units below it, as known at the end of a day."""

    unit: Annotated[int, Ref("org.unit")] = given(help=_("连同它的下级单位。"))
    year: int = given()
    known: dt.date | None = given(None, label=_("截至哪一天已知"), help=_("不填则按此刻所知。"))
    note: str = given("")

    _made: bytes = PrivateAttr(default=b"")

    def known_at(self, now: dt.datetime) -> dt.datetime:
        """Return the instant whose knowledge counts: the end of the day, or now where the day is not over."""
        return min(now, end_of(self.known).astimezone(dt.UTC)) if self.known else now


@action(FILE, label=_("报送年报"), subject=REPORTS.key, unit="unit")
def file_reports(context: Context, rows: Sequence[FileReport]) -> list[int]:
    """Keep reports as they are, each a version of its own with the SHA-256 of its bytes."""
    return [_file(context, row) for row in rows]


def _file(context: Context, row: FileReport) -> int:
    content = row._made or compute(row.unit, row.year, row.known_at(context.now))  # noqa: SLF001 - kept with the row by its check
    whole = read(content).tables["overview"].whole().closing
    last = FiledReport.objects.filter(unit=row.unit, year=row.year).aggregate(last=Max("version"))["last"] or 0
    columns: dict[str, Any] = {"unit_id": [row.unit], "year": [row.year], "version": [last + 1], "digest": [digest_of(content)]}
    columns |= {"cards": [whole[0]], "cost": [yuan(whole[2])], "net": [yuan(whole[2] - whole[3])], "note": [row.note]}
    kept = {
        "content": content.decode("ascii"),
        "known_at": row.known_at(context.now),
        "filed_at": context.now,
        "actor_id": context.actor_id,
    }
    ids = bulk.insert(FiledReport, 1, **{**columns, **kept})
    record_created(context, REPORTS.key, ids, columns["unit_id"], columns)
    return ids[0]


@file_reports.check
def report_is_proved(context: Context, rows: Sequence[FileReport]) -> list[Problem]:
    """Work reports out before anything is locked; refuse a year to come, and a report with a row that its movements do not explain."""
    problems = []
    for index, row in enumerate(rows):
        if not 1950 <= row.year <= context.on.year:
            problems.append(
                Problem("bad_year", _now("%(year)s 年还没有到，或不是年度。") % {"year": row.year}, "year", index, value=row.year)
            )
            continue
        try:
            row._made = compute(row.unit, row.year, row.known_at(context.now))  # noqa: SLF001 - the row carries it to its service
        except Unbalanced as fault:
            text = _now("有一行的变动不能说明期初到期末的差：%(row)s") % {"row": fault}
            problems.append(Problem("unbalanced", text, "year", index))
    return problems


@job(FILE, _("报送年报"))
def run_filing(running: Running, unit: int, year: int, known: str = "", note: str = "") -> dict[str, Any]:
    """File a report in the name of the person who asked for it."""
    running.progress(0, 1, _now("计算 %(year)s 年度资产年报") % {"year": year})
    raw = {"unit": unit, "year": year, "known": dt.date.fromisoformat(known) if known else None, "note": note}
    pk = file_reports.run(running.actor, raw, origin="job", job_id=running.row.pk)
    running.progress(1, 1)
    digest = FiledReport.objects.values_list("digest", flat=True).get(pk=pk)
    return {"report": pk, "digest": digest, "url": row_url(REPORTS.key, pk)}
