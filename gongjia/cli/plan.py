"""`gongjia plan`: floor plans from the command line."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click
from django.utils.translation import gettext as _

from gongjia.cli.ending import DONE, WITH_PROBLEMS, CannotDo
from gongjia.domains.drawings.reading import CannotRead, Reading, ReadPlan, read_apart
from gongjia.domains.drawings.wording import refusal_text, remark_text

_SHOWN = 12  # remarks of one kind on the terminal


@click.group("plan")
def plan() -> None:
    """Floor plans: `read FILE` shows the rooms of a DXF, DWG or IFC file."""


@plan.command("read")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print a list of {storey, number, name, area_m2, vertices}; vertices in metres.")
@click.option("--walls", multiple=True, metavar="LAYER", help="A layer of walls, instead of the guess; may be repeated.")
@click.option("--rooms", multiple=True, metavar="LAYER", help="A layer of room outlines, instead of the guess; may be repeated.")
@click.option("--labels", multiple=True, metavar="LAYER", help="A layer of room texts, instead of the guess; may be repeated.")
@click.option(
    "--scale", type=click.FloatRange(min=0, min_open=True), metavar="METRES", help="Metres per drawing unit, instead of the guess."
)
@click.option(
    "--gap", type=click.FloatRange(0, 10), default=1.2, show_default=True, metavar="METRES", help="The widest gap that is a door."
)
def read(
    file: Path, as_json: bool, walls: tuple[str, ...], rooms: tuple[str, ...], labels: tuple[str, ...], scale: float | None, gap: float
) -> int:
    """Read the rooms of FILE; what is doubtful goes to stderr. Ends with 1 where no room was found."""
    try:
        found = read_apart(file, Reading(walls or None, rooms or None, labels or None, scale, gap))
    except CannotRead as refusal:
        raise CannotDo(refusal_text(refusal, file.name)) from None
    click.echo(as_list(found) if as_json else as_table(found))
    tell(found)
    return DONE if found.rooms else WITH_PROBLEMS


def as_list(found: ReadPlan) -> str:
    """Return the rooms as JSON, one a line."""
    rows = [
        {"storey": room.storey, "number": room.number, "name": room.name, "area_m2": room.area_m2, "vertices": room.vertices}
        for room in found.rooms
    ]
    return "[" + ",\n ".join(json.dumps(row, ensure_ascii=False) for row in rows) + "]"


def as_table(found: ReadPlan) -> str:
    """Return the rooms in columns, storey by storey."""
    lines = []
    for storey in found.storeys:
        rooms = [room for room in found.rooms if room.storey == storey]
        total = sum(room.area_m2 for room in rooms)
        lines.append(_("%(storey)s：%(count)d 间，%(area).2f m²") % {"storey": storey, "count": len(rooms), "area": total})
        lines += [f"  {room.number:<10} {room.area_m2:>10.2f}  {room.name}" for room in rooms]
    return "\n".join(lines)


def tell(found: ReadPlan) -> None:
    """Print every remark on stderr, a kind that repeats only so often."""
    told: Counter[str] = Counter()
    for note in found.notes:
        told[note.code] += 1
        if told[note.code] <= _SHOWN:
            click.echo(remark_text(asdict(note)), err=True)
    left = sum(count - _SHOWN for count in told.values() if count > _SHOWN)
    if left:
        click.echo(_("另有 %(count)d 条同类提示") % {"count": left}, err=True)
