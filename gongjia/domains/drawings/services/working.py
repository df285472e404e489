"""The job that reads a drawing: slow, outside any transaction, and in the end one action that keeps what was found."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import files
from gongjia.core.action import actions
from gongjia.core.jobs import Running, enqueue, job
from gongjia.core.models import Job
from gongjia.core.problems import Problem, Refused
from gongjia.domains.drawings.models import Drawing
from gongjia.domains.drawings.reading import CannotRead, Reading, ReadPlan, read_apart
from gongjia.domains.drawings.wording import refusal_text

STEPS = 3


def start_reading(actor: Any, drawing: Drawing) -> Job:
    """Enqueue the reading of a drawing; a second one while it runs is the same job."""
    unit = drawing.building.place.unit_id
    return enqueue("drawings.read", actor, key=f"drawing {drawing.pk}", unit_id=unit, drawing=drawing.pk)


def chosen(options: dict[str, Any]) -> Reading:
    """Return the choices that a person made as the reader takes them."""
    layers: dict[str, Any] = {name: tuple(options[name]) for name in ("wall_layers", "room_layers", "label_layers") if name in options}
    return Reading(scale=options.get("scale"), **layers)


@job("drawings.read", _("读取图纸"))
def read(running: Running, drawing: int) -> dict[str, Any]:
    """Read a drawing and keep its rooms as drafts; say in words why, where nothing can be read."""
    row = Drawing.objects.live().select_related("file").get(pk=drawing)
    running.progress(0, STEPS, _now("打开“%(name)s”") % {"name": row.file.name})
    try:
        plan = read_apart(files.path_of(row.file), chosen(row.options), row.file.name)
        if not plan.rooms:
            raise CannotRead("no_rooms", name=row.file.name)
    except CannotRead as failure:
        problem = refusal_text(failure, row.file.name)[:400]
        actions["drawings.report_unreadable"].run(running.actor, {"id": row.pk, "problem": problem}, job_id=running.row.pk)
        raise Refused([Problem("cannot_read", problem)]) from failure
    running.progress(1, STEPS, _now("找到 %(n)s 间") % {"n": len(plan.rooms)})
    take(running.actor, row, plan, job_id=running.row.pk)
    running.progress(STEPS, STEPS, _now("%(floors)s 层，%(n)s 间") % {"floors": len(plan.storeys), "n": len(plan.rooms)})
    return {"rooms": len(plan.rooms), "url": reverse("drawings:work", args=[row.pk])}


def take(actor: Any, drawing: Drawing, plan: ReadPlan, **more: Any) -> None:
    """Keep what a reader found, through the action that every door uses."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reading.json"
        path.write_bytes(msgspec.json.encode(plan))
        stored = files.store_path(path, f"{drawing.name}.json", "application/json")
    actions["drawings.take_reading"].run(actor, {"id": drawing.pk, "digest": stored.digest}, **more)
