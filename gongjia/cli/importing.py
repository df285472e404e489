"""`gongjia import`: a file into a ledger, through the same actions as every door."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec
from django.utils.translation import gettext as _

from gongjia.cli.ending import DONE, WITH_PROBLEMS, CannotDo
from gongjia.cli.home import acting
from gongjia.core.problems import Conflict, Forbidden, Refused
from gongjia.importer.errors import Unreadable
from gongjia.importer.models import ImportProfile
from gongjia.importer.profile import BadProfile, Profile, shipped
from gongjia.importer.reporting import Report, skipped_words
from gongjia.importer.running import run_import
from gongjia.importer.targets import NoTarget

SHOWN = 20


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--into", required=True, metavar="RESOURCE", help="The ledger, such as ledger.asset.")
@click.option("--profile", default="", metavar="P", help="A profile: kept in the browser, shipped, or the path of one.")
@click.option("--sheet", default="", metavar="NAME", help="The sheet, where the file has several.")
@click.option("--unit", default="", metavar="CODE", help="The unit of rows that name none.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one object: counts and problems.")
@click.pass_context
def import_file(ctx: click.Context, file: Path, into: str, profile: str, sheet: str, unit: str, dry_run: bool, as_json: bool) -> int:
    """Import FILE into a ledger; good rows need not wait for bad ones."""
    actor = acting(ctx)
    try:
        report = run_import(file, into, profile_named(profile, into), dry_run, actor, sheet=sheet, unit=unit)
    except Unreadable as unreadable:
        raise CannotDo(unreadable.message(_)) from None
    except Forbidden as no:
        raise CannotDo(_("没有这个权限：%(permission)s") % {"permission": no}) from None
    except NoTarget as others:
        raise CannotDo(_("没有能导入的台账“%(key)s”；有：%(keys)s") % {"key": into, "keys": others}) from None
    except BadProfile as bad:
        raise CannotDo(bad.message(_)) from None
    except (Refused, Conflict) as no:
        raise CannotDo(str(no)) from None
    click.echo(msgspec.json.encode(report.as_json(), enc_hook=str).decode() if as_json else words(report))
    return WITH_PROBLEMS if report.refused else DONE


def profile_named(name: str, into: str) -> Profile | str | None:
    """Return the profile that somebody kept under this name in the browser, else the name: of a shipped one, or a path."""
    kept = ImportProfile.objects.filter(into=into, name=name).order_by("-pk").first() if name and name not in shipped() else None
    return Profile.from_plan({**kept.body, "base": kept.name}) if kept else name or None


def words(report: Report) -> str:
    """Return a report for people: the counts, then the first problems of each kind."""
    counts: dict[str, Any] = {"read": report.rows_read, "new": report.new, "changed": report.changed}
    counts |= {"same": report.unchanged, "refused": report.refused}
    lines = [_("读了 %(read)s 行：新 %(new)s，变更 %(changed)s，不变 %(same)s，退回 %(refused)s。") % counts]
    if report.dry_run:
        lines.append(_("这是试算，什么也没有写入。"))
    lines += skipped_words(report)
    lines += [f"{level} {code}: {count}" for (level, code), count in report.by_code().most_common()]
    for problem in report.problems[:SHOWN]:
        place = " ".join(str(part) for part in (problem.sheet, problem.row or "", problem.column) if part)
        lines.append(f"  {place}: {problem.message}")
    if len(report.problems) > SHOWN:
        lines.append(_("  ……共 %(count)s 处；--json 给出全部。") % {"count": len(report.problems)})
    return "\n".join(lines)
