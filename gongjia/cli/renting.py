"""`gongjia expiring FILE`: leases that end soon with every owned building of their cities, as a workbook."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
from django.utils.translation import gettext as _

from gongjia.cli.ending import DONE, CannotDo
from gongjia.cli.exporting import unit_path
from gongjia.cli.home import acting
from gongjia.core.access import access
from gongjia.core.periods import today
from gongjia.domains.accounting.sheets import workbook
from gongjia.domains.leasing.expiring import HEADS, ending_between, endings, lines
from gongjia.domains.leasing.rules import a_year_on
from gongjia.domains.offices.resources import BUILDINGS, LEASES

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("expiring")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--on", default=None, type=DAY, metavar="DATE", help="Looked at from this day; today by default.")
@click.option("--until", default=None, type=DAY, metavar="DATE", help="Leases that end up to this day; a year later by default.")
@click.option("--unit", default="", metavar="CODE", help="Only this unit and those below it.")
@click.pass_context
def expiring(ctx: click.Context, file: Path, on: dt.datetime | None, until: dt.datetime | None, unit: str) -> int:
    """Write the leases that end soon, each with the owned buildings of its city: excess first, then vacant, then unknown."""
    actor = acting(ctx)
    if not access(actor).can(LEASES.view_permission):
        raise CannotDo(_("没有这个权限：%(permission)s") % {"permission": LEASES.view_permission})
    first = on.date() if on else today()
    last = until.date() if until else a_year_on(first)
    leases = list(ending_between(LEASES.queryset(actor, unit_path(actor, unit)), first, last))
    found = endings(leases, first, set(BUILDINGS.queryset(actor).values_list("pk", flat=True)))
    rows = list(lines(found))
    file.write_bytes(workbook([(_("租约与存量房源"), [str(head) for head in HEADS], rows)]))
    click.echo(_("%(leases)s 份租约，%(rows)s 行：%(file)s") % {"leases": len(found), "rows": len(rows), "file": file})
    return DONE
