"""`gongjia routes`: which approval routes are live, and the check of a BPMN file before it goes live."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext as _

from gongjia.approvals.checking import flaws_of
from gongjia.approvals.models import RouteVersion
from gongjia.cli.ending import DONE, WITH_PROBLEMS
from gongjia.cli.home import ready


@click.group("routes", invoke_without_command=True)
@click.pass_context
def routes(ctx: click.Context) -> int:
    """List the live approval routes; `check FILE` looks for faults in a BPMN file."""
    return ctx.invoke(listed) if ctx.invoked_subcommand is None else DONE


@routes.command("list")
def listed() -> int:
    """Print each live route: key, version, unit, and the actions that it serves."""
    ready()
    for version in RouteVersion.objects.filter(state="live").select_related("route__unit").order_by("route__key"):
        route = version.route
        where = route.unit.name if route.unit else _("通用")
        click.echo(f"{route.key}  v{version.number}  {route.name}  [{where}]  {', '.join(route.actions)}")
    return DONE


@routes.command("check")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--for", "serves", metavar="ACTIONS", default="", help="The actions, with commas, whose inputs its conditions read.")
def check(file: Path, serves: str) -> int:
    """Print every fault of FILE with the id of its element, one a line; end with 1 when there is any."""
    ready()
    found = flaws_of(file.read_text(encoding="utf-8"), [part.strip() for part in serves.split(",") if part.strip()])
    for flaw in found:
        click.echo(f"{file.name}: {flaw.element}: {flaw.text}" if flaw.element else f"{file.name}: {flaw.text}")
    if not found:
        click.echo(_("没有发现问题。"))
    return WITH_PROBLEMS if found else DONE
