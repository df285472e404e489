"""`gongjia demo`: the invented city, its first sweep, and a one-time sign-in link for each of its people."""

from __future__ import annotations

import os
import sys

import click
from django.conf import settings
from django.utils.translation import gettext as _

from gongjia.cli.ending import DONE, CannotDo
from gongjia.cli.home import ready, system_user
from gongjia.demo.accounts import SEATS, demo_links
from gongjia.demo.city import build, is_empty
from gongjia.demo.oversight import first_sweep
from gongjia.org.models import User


@click.command("demo")
@click.option("--scale", type=click.IntRange(1), default=None, metavar="N", help="How many assets the city has in all.")
@click.option("--small", is_flag=True, help="The small city that tests use.")
@click.option("--links/--no-links", default=None, help="Print sign-in links; by default when GONGJIA_DEMO=1.")
@click.option("--url", default="", help="What the links begin with.")
def demo(scale: int | None, small: bool, links: bool | None, url: str) -> int:
    """Build the invented city in an empty GONGJIA_HOME; in one that holds it already, only print new links."""
    ready(rooted=False)
    if is_empty():
        built = build(scale, said, small=small)
        click.echo("  ".join(f"{name} {count}" for name, count in built.counts.items()))
        sweep = first_sweep(system_user(), said)
        click.echo(_("核查：判定 %(judged)s 项，发现 %(found)s 项。") % {"judged": sweep.judged, "found": sweep.new})
    elif not holds_the_city():
        raise CannotDo(_("%(home)s 里已有数据，演示数据不能混进去；请另设 GONGJIA_HOME。") % {"home": settings.GONGJIA_HOME})
    if links or (links is None and settings.GONGJIA_DEMO):
        print_links(url or f"http://127.0.0.1:{os.environ.get('GONGJIA_PORT', '8000')}")
    return DONE


def holds_the_city() -> bool:
    return User.objects.filter(username__in=[seat[0] for seat in SEATS]).count() == len(SEATS)


def said(_done: int, _total: int | None, message: str) -> None:
    """Show on a terminal what is being made."""
    if message and sys.stderr.isatty():
        click.echo(f"… {message}", err=True)


def print_links(url: str) -> None:
    """Print a one-time link for each person of the demo; refuses where the demo's sign-in is off."""
    if not settings.GONGJIA_DEMO:
        raise CannotDo(_("一次性登录链接只在演示中有：请设 GONGJIA_DEMO=1。"))
    click.echo(_("一次性登录链接（每个只能用一次）："))
    for role, name, path in demo_links():
        click.echo(f"  {role}  {name}\n    {url}{path}")
