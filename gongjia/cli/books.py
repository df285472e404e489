"""`gongjia depreciate`, `gongjia as-of`, `gongjia annual`: the books from the command line."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click
import msgspec
from django.utils.translation import gettext as _

from gongjia.cli.ending import DONE, WITH_PROBLEMS, CannotDo
from gongjia.cli.exporting import unit_path
from gongjia.cli.home import acting
from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.periods import today
from gongjia.core.problems import Forbidden, Refused
from gongjia.domains.accounting import rules
from gongjia.domains.accounting.charging import Plan, plan
from gongjia.domains.accounting.choices import Reason
from gongjia.domains.accounting.filing import compute, digest_of
from gongjia.domains.accounting.models import Posting
from gongjia.domains.accounting.past import NAMES, Group, end_of_day, grouped, moment_words, visible_units
from gongjia.domains.accounting.posting import yuan
from gongjia.domains.accounting.resources import POSTINGS, REPORTS
from gongjia.domains.accounting.scoping import tops
from gongjia.domains.accounting.services import POST
from gongjia.ledger.asof import Moment, Wanted, totals
from gongjia.ledger.resources import ASSETS
from gongjia.org.models import Unit

_ENCODE = msgspec.json.Encoder(decimal_format="string", enc_hook=str).encode
DAY = click.DateTime(["%Y-%m-%d"])
MONTH = click.DateTime(["%Y-%m", "%Y-%m-%d"])


def unit_of(actor: Any, code: str, permission: str) -> Unit:
    """Return the named unit, else the one at the top of what the actor may do this in."""
    if code:
        return Unit.objects.get(path=unit_path(actor, code))
    found = tops(actor, permission)
    if len(found) != 1:
        raise CannotDo(_("请用 --unit 说明是哪个单位。") if found else _("没有这个权限：%(permission)s") % {"permission": permission})
    return found[0]


@click.command("depreciate")
@click.option("--month", required=True, type=MONTH, metavar="YYYY-MM", help="The month.")
@click.option("--unit", default="", metavar="CODE", help="Only this unit and those below it.")
@click.option("--dry-run", is_flag=True, help="Say what would be posted, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one object.")
@click.pass_context
def depreciate(ctx: click.Context, month: dt.datetime, unit: str, dry_run: bool, as_json: bool) -> int:
    """Post a month's depreciation: what it lacks, in versions that are never overwritten."""
    actor = acting(ctx)
    where = unit_of(actor, unit, POSTINGS.view_permission if dry_run else POST)
    if dry_run:
        told(planned(plan(rules.month_number(month.date()), where.path), where), as_json)
        return DONE
    try:
        outcome = actions[POST].run_many(actor, [{"unit": where.pk, "month": month.date()}], origin="cli")
    except Refused as no:
        if [problem.code for problem in no.problems] != ["nothing_to_post"]:
            raise CannotDo("；".join(str(problem.message) for problem in no.problems)) from None
        click.echo(no.problems[0].message)
        return DONE
    except Forbidden as no:
        raise CannotDo(_("没有这个权限：%(permission)s") % {"permission": no.permission}) from None
    rows = list(Posting.objects.filter(batch=outcome.batch).select_related("unit").order_by("month", "unit__path"))
    lines = [{"unit": r.unit.code, "month": f"{r.month:%Y-%m}", "version": r.version, "cards": r.cards, "amount": r.amount} for r in rows]
    told({"postings": lines, "amount": sum(row.amount for row in rows)}, as_json)
    return DONE


def planned(made: Plan, unit: Unit) -> dict[str, Any]:
    """Return a plan as values."""
    reasons = [{"reason": code, "label": str(Reason(code).label), "cards": each.cards} for code, each in made.reasons.items()]
    undecided = sum(each.cards for code, each in made.reasons.items() if code in rules.UNDECIDED)
    figures = {"amount": yuan(made.amount), "change": yuan(made.change), "cards": len(made.differences), "undecided": undecided}
    return {"unit": unit.code, "month": f"{rules.first_day(made.month):%Y-%m}", **figures, "reasons": reasons}


def told(found: dict[str, Any], as_json: bool) -> None:
    """Print values as one object, or a line each."""
    if as_json:
        click.echo(_ENCODE(found).decode())
        return
    for name, value in found.items():
        for line in value if isinstance(value, list) else [{name: value}]:
            click.echo("  ".join(f"{key} {cell}" for key, cell in line.items()))


@click.command("as-of")
@click.argument("on", type=DAY, metavar="DATE")
@click.option("--known", default=None, type=DAY, metavar="DATE", help="By what had been recorded at the end of this day; today by default.")
@click.option("--by", type=click.Choice(list(NAMES)), default="unit", help="How the totals are split.")
@click.option("--unit", default="", metavar="CODE", help="Only this unit and those below it.")
@click.option("--json", "as_json", is_flag=True, help="Print one object.")
@click.pass_context
def as_of(ctx: click.Context, on: dt.datetime, known: dt.datetime | None, by: str, unit: str, as_json: bool) -> int:
    """Say what the ledger held on DATE, as known on another day."""
    actor = acting(ctx)
    if not access(actor).can(ASSETS.view_permission):
        raise CannotDo(_("没有这个权限：%(permission)s") % {"permission": ASSETS.view_permission})
    day = known.date() if known else today()
    moment = Moment(on.date(), end_of_day(day))
    groups = grouped(totals(moment, by, Wanted(visible_units(actor, unit_path(actor, unit)))), by)
    lines = [as_line(group) for group in groups]
    whole = as_line(Group(_("合计"), {}, *(sum(getattr(g, name) for g in groups) for name in ("cards", "quantity", "cost", "accumulated"))))
    if as_json:
        told({"on": moment.on, "known": moment.known.isoformat(), "by": by, "groups": lines, "total": whole}, as_json=True)
        return DONE
    click.echo(moment_words(moment.on, day, unit or _("全部单位")))
    for line in (*lines, whole):
        click.echo("  ".join(str(cell) for cell in line.values()))
    return DONE


def as_line(group: Group) -> dict[str, Any]:
    """Return a group as values."""
    money = {"cost": yuan(group.cost), "accumulated": yuan(group.accumulated), "net": yuan(group.net)}
    return {"label": group.label, "cards": group.cards, "quantity": yuan(group.quantity), **money}


@click.command("annual")
@click.argument("year", type=click.IntRange(1950, 2200), metavar="YEAR")
@click.option("--known", default=None, type=DAY, metavar="DATE", help="By what had been recorded at the end of this day; today by default.")
@click.option("--unit", default="", metavar="CODE", help="This unit and those below it.")
@click.option("--digest", "expected", default="", metavar="SHA256", help="Compare with this digest; the exit code is 1 when it differs.")
@click.pass_context
def annual(ctx: click.Context, year: int, known: dt.datetime | None, unit: str, expected: str) -> int:
    """Compute the annual asset report of YEAR and print its canonical JSON; with --digest, say whether it is the same."""
    actor = acting(ctx)
    where = unit_of(actor, unit, REPORTS.view_permission)
    content = compute(where.pk, year, end_of_day(known.date() if known else today()))
    if not expected:
        click.echo(content.decode("ascii"))
        return DONE
    same = digest_of(content) == expected.lower()
    click.echo(_("一字不差") if same else _("不同：%(digest)s") % {"digest": digest_of(content)})
    return DONE if same else WITH_PROBLEMS
