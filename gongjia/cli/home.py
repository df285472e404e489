"""The home folder behind a command: initialised when it is empty, and who acts in it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from gongjia.cli.ending import CannotDo
from gongjia.core.action import actions
from gongjia.org.models import Unit, User

SYSTEM = "gongjia"
ROOT_UNIT = NO_DIVISION = "000000"  # no place has this division code


def ready(rooted: bool = True) -> None:
    """Initialise an empty home; raise CannotDo for a database that an older version left."""
    if not _waiting():
        return
    with _alone():
        waiting, applied = _plan()
        if applied and waiting:
            raise CannotDo(_("数据库是旧版本留下的，还差 %(count)s 步迁移；请先 gongjia backup，再 gongjia migrate。") % {"count": waiting})
        if waiting:
            initialise(rooted)


def initialise(rooted: bool) -> None:
    """Make the tables, the system's own user and, if `rooted`, the unit that everything hangs under."""
    migrate()
    actor = system_user()
    if rooted and not Unit.objects.exists():
        root = {"code": ROOT_UNIT, "name": _("本单位"), "tier": "municipal", "division": NO_DIVISION}
        actions["org.register_unit"].run(actor, root, origin="cli")


def migrate() -> None:
    """Bring the tables to this version."""
    call_command("migrate", verbosity=0, interactive=False)


def _plan() -> tuple[int, int]:
    """Return how many migrations wait and how many were applied."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes())), len(executor.loader.applied_migrations)


def _waiting() -> int:
    return _plan()[0]


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time initialise a home."""
    with Path(settings.GONGJIA_HOME, ".initialising").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def system_user() -> Any:
    """Return the user in whose name commands act: all rights, no password."""
    found = User.objects.filter(username=SYSTEM).first()
    return found or User.objects.create_superuser(SYSTEM, password=None, name=_("系统"))


def acting(ctx: click.Context) -> Any:
    """Return the user that `--as` names, or the system."""
    ready()
    name = ctx.find_root().obj
    if not name:
        return system_user()
    found = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise CannotDo(_("没有名为“%(name)s”的用户。") % {"name": name})
    return found
