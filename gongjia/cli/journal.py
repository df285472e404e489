"""`gongjia journal seal | export | verify`: the seals made, handed out and checked; every answer also as an object."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import msgspec
from django.utils.translation import gettext as _

from gongjia.cli.ending import DONE, WITH_PROBLEMS, CannotDo
from gongjia.cli.home import acting
from gongjia.core.access import access
from gongjia.core.problems import Conflict
from gongjia.journal.checking import KEPT, Checked, check_file, check_rows
from gongjia.journal.exporting import journal_lines, sealed_entries
from gongjia.journal.models import Seal
from gongjia.journal.sealing import seal as seal_settled
from gongjia.journal.services import EXPORT, KEEP
from gongjia.journal.telling import sentence

_ENCODE = msgspec.json.Encoder().encode
as_object = click.option("--json", "as_json", is_flag=True, help="Print one object.")


@click.group("journal")
def journal() -> None:
    """Seal what was written, hand it out, and prove that nothing of it was altered."""


def _needs(ctx: click.Context, permission: str) -> None:
    if not access(acting(ctx)).can(permission):
        raise CannotDo(_("这个用户没有“%(permission)s”的权限。") % {"permission": permission})


@journal.command("seal")
@click.option("--new-key", is_flag=True, help="Sign with another key than the last seal: the former one is lost.")
@click.option("--wait", default=120.0, show_default=True, metavar="SECONDS", help="How long an older write may stay open.")
@as_object
@click.pass_context
def seal(ctx: click.Context, new_key: bool, wait: float, as_json: bool) -> int:
    """Seal the audit and ledger entries that no seal holds yet; print number and hash of each seal made."""
    _needs(ctx, KEEP)
    try:
        made = seal_settled(new_key, wait)
    except Conflict as why:
        raise CannotDo(str(why)) from None
    for each in made:
        known = {"seal": each.number, "hash": each.hash, "entries": each.entries, "key": each.key}
        text = _("第 %(seal)s 次存证，%(entries)s 条：%(hash)s") % known
        click.echo(_ENCODE(known).decode() if as_json else text)
    if not made and not as_json:
        click.echo(_("没有新的记录，不必存证。"))
    return DONE


@journal.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.pass_context
def export(ctx: click.Context, file: Path) -> int:
    """Write every sealed entry, its leaf and the seals into FILE (`-` for the standard output)."""
    _needs(ctx, EXPORT)
    if str(file) == "-":
        sys.stdout.buffer.writelines(journal_lines())
        return DONE
    if file.exists():
        raise CannotDo(_("“%(file)s”已经在那里；请换一个名字。") % {"file": file})
    draft = file.with_name(f"{file.name}.part")
    with draft.open("wb") as target:
        target.writelines(journal_lines())
    draft.replace(file)
    last = Seal.objects.order_by("-number").first()
    known = {"n": sealed_entries(), "file": file, "seal": last.number if last else 0, "hash": last.hash if last else "–"}
    click.echo(_("已导出 %(n)s 条，止于第 %(seal)s 次存证 %(hash)s：%(file)s") % known)
    return DONE


@journal.command("verify")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--head", "heads", multiple=True, metavar="HASH", help="Hash of a seal that was handed out; it must be in the journal.")
@click.option("--key", "keys", multiple=True, metavar="KEY", help="Public key that may sign, instead of this installation's own.")
@as_object
@click.pass_context
def verify(ctx: click.Context, file: Path | None, heads: tuple[str, ...], keys: tuple[str, ...], as_json: bool) -> int:
    """Check FILE, or without it the rows of the database, against the seals, and name what was altered."""
    if file is None:
        _needs(ctx, KEEP)
        found = check_rows(heads, keys)
    else:
        try:
            found = check_file(file, heads, keys)
        except OSError as why:
            raise CannotDo(f"{file}: {why.strerror}") from None
        if not found.is_journal:
            raise CannotDo(_("“%(file)s”不是导出的日志。") % {"file": file})
    click.echo(_ENCODE(found.as_json()).decode() if as_json else _told(found, file is not None))
    return WITH_PROBLEMS if found.count else DONE


def _told(found: Checked, in_file: bool) -> str:
    lines = [sentence(problem.kind, problem.facts, in_file) for problem in found.problems]
    if found.count > KEPT:
        lines.append(_("先列 %(n)s 处。") % {"n": KEPT})
    known: dict[str, Any] = {"seals": found.seals, "entries": found.entries, "count": found.count, "seal": found.seal, "head": found.head}
    text = _("%(seals)s 次存证，%(entries)s 条，%(count)s 处改动；第 %(seal)s 次的存证号 %(head)s") if found.count else ""
    lines.append((text or _("%(seals)s 次存证，%(entries)s 条，没有改动；第 %(seal)s 次的存证号 %(head)s")) % known)
    if found.anchored:
        lines.append(_("已与给出的存证号核对，至第 %(n)s 次。") % {"n": found.anchored})
    else:
        lines.append(_("没有给出存证号（--head），或不在其中：请与纸上的核对。"))
    return "\n".join(lines)
