"""`gongjia export`: a ledger as XLSX, CSV or JSON, of the rows that the acting user may see."""

from __future__ import annotations

import shutil
import sys
import tempfile
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec
from django.utils.translation import gettext as _

from gongjia.cli.ending import DONE, CannotDo
from gongjia.cli.home import acting
from gongjia.core.access import access
from gongjia.core.masking import cover, masked
from gongjia.core.query import Query, filtered
from gongjia.core.resource import Column, Resource, resources
from gongjia.web.export import headings, records, write_csv, write_xlsx

_ENCODE = msgspec.json.Encoder(decimal_format="string", enc_hook=str).encode
_STEP = 5_000


@click.command("export")
@click.argument("key", metavar="RESOURCE")
@click.option(
    "--format", "shape", type=click.Choice(["xlsx", "csv", "json"]), default=None, help="By default what OUT ends with, else csv."
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=None, help="The file; without it, standard output.")
@click.option("--unit", default="", metavar="CODE", help="Only this unit and those below it.")
@click.option("--columns", default="", metavar="A,B", help="Only these columns.")
@click.option("--q", "text", default="", metavar="TEXT", help="Only rows that match a search.")
@click.pass_context
def export(ctx: click.Context, key: str, shape: str | None, out: Path | None, unit: str, columns: str, text: str) -> int:
    """Write the rows of RESOURCE, with every column unless some are chosen."""
    actor = acting(ctx)
    declared = named(key)
    if not access(actor).can(declared.view_permission):
        raise CannotDo(_("没有这个权限：%(permission)s") % {"permission": declared.view_permission})
    chosen = chosen_columns(declared, columns)
    found = filtered(declared, actor, Query(q=text, unit_path=unit_path(actor, unit)))
    write(declared, actor, found, chosen, shape or shape_of(out), out)
    return DONE


def named(key: str) -> Resource:
    """Return the resource of this key, or say which there are."""
    found = resources.get(key)
    if found is None:
        raise CannotDo(_("没有台账“%(key)s”；有：%(keys)s") % {"key": key, "keys": _("、").join(sorted(resources.keys()))})
    return found


def unit_path(actor: Any, code: str) -> str:
    """Return the path of the unit with this code; '' for none."""
    if not code:
        return ""
    units = resources["org.unit"]
    found = units.resolve(actor, {code})
    if code not in found:
        raise CannotDo(_("找不到单位“%(value)s”。") % {"value": code})
    return str(units.get(actor, found[code]).path)


def chosen_columns(declared: Resource, columns: str) -> list[Column]:
    names = [name for name in columns.split(",") if name] or list(declared.by_name)
    unknown = [name for name in names if name not in declared.by_name]
    if unknown:
        raise CannotDo(_("没有列“%(name)s”；有：%(names)s") % {"name": unknown[0], "names": _("、").join(declared.by_name)})
    return [declared.by_name[name] for name in names]


def shape_of(out: Path | None) -> str:
    ending = out.suffix.lower().lstrip(".") if out else ""
    return ending if ending in ("xlsx", "csv", "json") else "csv"


def write(declared: Resource, actor: Any, found: Any, columns: Sequence[Column], shape: str, out: Path | None) -> None:
    """Write a draft first, so that a file is whole or not there."""
    with tempfile.TemporaryDirectory(dir=out.parent if out and out.parent.is_dir() else None) as folder:
        draft = Path(folder) / f"export.{shape}"
        if shape == "json":
            write_json(draft, found, columns, masked(declared, actor))
        else:
            (write_csv if shape == "csv" else write_xlsx)(draft, headings(columns), records(declared, actor, found, columns, shape))
        if out is None:
            with draft.open("rb") as source:
                source.seek(len(BOM_UTF8) if shape == "csv" else 0)  # the mark is for spreadsheet programs, a pipe needs none
                shutil.copyfileobj(source, sys.stdout.buffer)
        else:
            draft.replace(out)


def write_json(draft: Path, found: Any, columns: Sequence[Column], hidden: frozenset[str]) -> None:
    """Write one array, a row a line, with codes and exact numbers as the JSON door gives them."""
    with draft.open("wb") as target:
        mark = b"["
        for line in json_lines(found, columns, hidden):
            target.write(mark + b"\n" + line)
            mark = b","
        target.write(b"\n]\n" if mark == b"," else b"[]\n")


def json_lines(found: Any, columns: Sequence[Column], hidden: frozenset[str]) -> Iterator[bytes]:
    names = ["id", *(column.name for column in columns)]
    paths = ["pk", *(column.path for column in columns)]
    for row in found.order_by("pk").values_list(*paths).iterator(chunk_size=_STEP):
        yield _ENCODE({name: cover(value) if name in hidden else value for name, value in zip(names, row, strict=True)})
