"""`gongjia backup`, `restore`, `migrate`: one file holds database and files; what was restored equals what was kept."""

from __future__ import annotations

from pathlib import Path

import click
from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _

from gongjia.cli.archive import pack, read_manifest, unpack
from gongjia.cli.ending import DONE, CannotDo
from gongjia.cli.home import migrate as bring_up_to_date
from gongjia.cli.home import ready
from gongjia.core.models import AuditEntry


@click.command("migrate")
def migrate() -> int:
    """Bring the tables of an older version to this one; make a backup first."""
    bring_up_to_date()
    return DONE


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> int:
    """Write database and files into FILE while everything goes on running."""
    ready()
    if file.exists():
        raise CannotDo(_("“%(file)s”已经在那里；请换一个名字。") % {"file": file})
    manifest = pack(file)
    click.echo(_("已备份 %(files)s 个文件和数据库，共 %(size)s 字节：%(file)s") % {**manifest, "size": file.stat().st_size, "file": file})
    return DONE


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Replace what GONGJIA_HOME holds now.")
def restore(file: Path, replace: bool) -> int:
    """Put back what FILE holds; web and worker must be stopped."""
    manifest = read_manifest(file)
    if not replace and holds_records():
        raise CannotDo(_("%(home)s 里已有数据；确要覆盖，请加 --replace。") % {"home": settings.GONGJIA_HOME})
    unpack(file)
    click.echo(_("已恢复 %(at)s 的备份：数据库和 %(files)s 个文件。") % manifest)
    return DONE


def holds_records() -> bool:
    """Say whether the home's database has more than an initialised one."""
    try:
        return AuditEntry.objects.count() > 1
    except DatabaseError:
        return False  # no tables yet
