"""`gongjia check`, `explain`, `ask`: what breaks which rule, why, and whether a case would."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import click
import msgspec
from django.utils.translation import gettext as _

from gongjia.cli.ending import DONE, WITH_PROBLEMS, CannotDo
from gongjia.cli.exporting import unit_path
from gongjia.cli.home import acting
from gongjia.cli.telling import explanation_json, explanation_words, finding_json, finding_words
from gongjia.core.access import access
from gongjia.core.check import checks
from gongjia.core.problems import Refused
from gongjia.org.models import Unit
from gongjia.standards.asking import Answer, ask_fields
from gongjia.standards.asking import ask as verdict_on
from gongjia.standards.choices import FindingState, Outcome
from gongjia.standards.explaining import briefs
from gongjia.standards.explaining import explain as explained
from gongjia.standards.models import Finding, Sweep
from gongjia.standards.services import RUN_SWEEP
from gongjia.standards.sweep import run_sweep

CHUNK = 1_000
SHOWN = 20
_ENCODE = msgspec.json.Encoder(decimal_format="string", enc_hook=str).encode


def day_option(command: Callable[..., int]) -> Callable[..., int]:
    """Add `--on DATE`."""
    return click.option("--on", default=None, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="As of this day instead of today.")(
        command
    )


def day_of(on: dt.datetime | None) -> dt.date | None:
    return on.date() if on else None


@click.command("check")
@day_option
@click.option("--unit", default="", metavar="CODE", help="Only this unit and those below it.")
@click.option("--check", "keys", multiple=True, metavar="CHECK", help="Only this check; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print one object a finding, one a line.")
@click.pass_context
def check(ctx: click.Context, on: dt.datetime | None, unit: str, keys: tuple[str, ...], as_json: bool) -> int:
    """Judge the ledgers by the standards and print what was found."""
    actor = acting(ctx)
    path = unit_path(actor, unit)
    within = Unit.objects.get(path=path) if path else None
    if not access(actor).can(RUN_SWEEP, within.pk if within else None):
        raise CannotDo(_("没有这个权限：%(permission)s") % {"permission": RUN_SWEEP})
    for key in keys:
        known(key)
    sweep = run_sweep(day_of(on), within, actor, keys)
    found = findings_of(sweep, actor, path, keys)
    if as_json:
        for line in lines_of(found):
            click.echo(line)
    else:
        click.echo(summary(sweep, found))
    return WITH_PROBLEMS if found.exclude(state=FindingState.EXCUSED).exists() else DONE


def known(key: str) -> Any:
    """Return the check of this key, or say which there are."""
    if key not in checks:
        raise CannotDo(_("没有核查项“%(key)s”；有：%(keys)s") % {"key": key, "keys": _("、").join(checks.keys())})
    return checks[key]


def findings_of(sweep: Sweep, actor: Any, path: str, keys: tuple[str, ...] = ()) -> Any:
    """Return what a sweep found, of the units that the actor may see."""
    found = Finding.objects.current() if sweep.live else sweep.findings.all()
    visible = access(actor).units("standards.view_finding")
    found = found if visible is None else found.filter(unit__in=visible)
    found = found.filter(unit__path__startswith=path) if path else found
    return (found.filter(check_key__in=keys) if keys else found).select_related("unit", "excuse").order_by("check_key", "pk")


def lines_of(found: Any) -> Iterator[str]:
    """Yield each finding as one line of JSON."""
    for rows in chunks(found):
        for row, brief in zip(rows, briefs(rows), strict=True):
            yield _ENCODE(finding_json(row, brief)).decode()


def chunks(found: Any) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for row in found.iterator(chunk_size=CHUNK):
        batch.append(row)
        if len(batch) == CHUNK:
            yield batch
            batch = []
    if batch:
        yield batch


def summary(sweep: Sweep, found: Any) -> str:
    """Say how much was judged, what was found by check, and the first of them."""
    counts = {"day": sweep.on, "judged": sweep.judged, "new": sweep.new, "standing": sweep.standing, "cured": sweep.cured}
    lines = [_("%(day)s：判定 %(judged)s 项；新增 %(new)s，存续 %(standing)s，消除 %(cured)s。") % counts]
    for key, outcomes in sweep.counts.items():
        shown = "  ".join(f"{Outcome(name).label} {count}" for name, count in outcomes.items() if name != Outcome.NO_RULE)
        lines.append(f"  {checks[key].label} [{key}]  {shown}")
    rows = list(found[:SHOWN])
    lines += [finding_words(row, brief) for row, brief in zip(rows, briefs(rows), strict=True)]
    return "\n".join(lines)


@click.command("explain")
@click.argument("finding", metavar="FINDING")
@click.option("--json", "as_json", is_flag=True, help="Print one object.")
@click.pass_context
def explain(ctx: click.Context, finding: str, as_json: bool) -> int:
    """Say in full why FINDING (its number, such as F-12 or 12) was found: clause, facts, arithmetic, what to do."""
    actor = acting(ctx)
    number = finding.upper().removeprefix("F-")
    visible = access(actor).units("standards.view_finding")
    rows = (
        Finding.objects.select_related("excuse") if visible is None else Finding.objects.select_related("excuse").filter(unit__in=visible)
    )
    row = rows.filter(pk=int(number)).first() if number.isascii() and number.isdigit() and len(number) < 19 else None
    if row is None:
        raise CannotDo(_("没有编号为“%(finding)s”的核查发现。") % {"finding": finding})
    told(row, as_json)
    return DONE


@click.command("ask")
@click.argument("key", metavar="CHECK")
@click.argument("given", nargs=-1, metavar="[KEY=VALUE]...")
@day_option
@click.option("--json", "as_json", is_flag=True, help="Print one object.")
@click.pass_context
def ask(ctx: click.Context, key: str, given: tuple[str, ...], on: dt.datetime | None, as_json: bool) -> int:
    """Judge a case that is in no ledger, such as: ask offices.room_over_entitlement tier=municipal level=division_chief area=30."""
    acting(ctx)
    declared = known(key)
    wrong = [part for part in given if "=" not in part]
    if wrong:
        fields = ", ".join(field.name for field in ask_fields(declared))
        raise CannotDo(_("“%(part)s”应写成 名称=值；这项核查可以给出：%(fields)s") % {"part": wrong[0], "fields": fields})
    try:
        answer = verdict_on(key, dict(part.split("=", 1) for part in given), day_of(on))
    except Refused as no:
        raise CannotDo(_("；").join(str(problem.message) for problem in no.problems)) from None
    told(answer, as_json)
    return DONE if answer.outcome in (Outcome.COMPLIANT, Outcome.NO_RULE) else WITH_PROBLEMS


def told(row: Finding | Answer, as_json: bool) -> None:
    """Print a verdict in full."""
    full = explained(row)
    click.echo(_ENCODE(explanation_json(row, full)).decode() if as_json else explanation_words(full))
