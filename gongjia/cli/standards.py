"""`gongjia standards`: the tables of the rulebook, read and checked."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjia.cli.ending import DONE, WITH_PROBLEMS, CannotDo
from gongjia.core.periods import today
from gongjia.standards.rulebook.lint import lint as flaws_of
from gongjia.standards.rulebook.loading import CASES, TABLES, load
from gongjia.standards.rulebook.showing import citation, overview, period
from gongjia.standards.rulebook.showing import show as text_of


def language() -> str:
    return "en" if get_language() == "en" else "zh"


@click.group("standards", invoke_without_command=True)
@click.pass_context
def standards(ctx: click.Context) -> int:
    """List the tables; `lint` checks them, `show KEY` prints one."""
    if ctx.invoked_subcommand is None:
        for table, version, counts, in_force in overview(load(), today()):
            mark = "*" if in_force else " "
            rows = ", ".join(f"{tag} {count}" for tag, count in counts.items())
            click.echo(
                f"{mark} {version.id}  {table.title.in_language(language())}  {period(version, _)}  {citation(version, _)}  [{rows}]"
            )
    return DONE


@standards.command("show")
@click.argument("key")
def show(key: str) -> int:
    """Print the table KEY as it is printed in its document, with its history."""
    book = load()
    if key not in book.tables and key not in book.codes:
        known = _("、").join(sorted([*book.tables, *book.codes]))
        raise CannotDo(_("没有规范“%(key)s”；有：%(keys)s") % {"key": key, "keys": known})
    click.echo(text_of(book, key, language(), _), nl=False)
    return DONE


@standards.command("lint")
@click.option("--tables", type=click.Path(path_type=Path, exists=True, file_okay=False), default=TABLES, help="Another folder of tables.")
@click.option("--cases", type=click.Path(path_type=Path, exists=True, file_okay=False), default=CASES, help="Another folder of cases.")
def lint(tables: Path, cases: Path) -> int:
    """Check every table and run every case; print what is wrong, one a line."""
    found = flaws_of(tables, cases)
    for flaw in found:
        place = f"{flaw.file}: {flaw.where}" if flaw.where else flaw.file
        click.echo(f"{place}: {_(flaw.message) % flaw.params}")
    return WITH_PROBLEMS if found else DONE
