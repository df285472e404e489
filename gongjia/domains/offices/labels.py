"""Labels for the doors of rooms, on the same sheets as those of assets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.jobs import Running, job
from gongjia.domains.offices.models import Room
from gongjia.domains.offices.resources import ROOMS
from gongjia.ledger.labels import keep, known_origin, qr, refuse_too_many, sheet_of
from gongjia.web.addresses import row_url
from gongjia.web.bulk import BulkJob, declare_bulk_job


def label_of(room: Room, origin: str) -> dict[str, str]:
    """Return what stands at the door of a room: whose it is, its name, its area and the way to its record."""
    place = room.place
    area = f"{place.usable_area} m²" if place.usable_area is not None else ""
    note = " ".join(part for part in (room.floor_name, area) if part)
    code = f"{origin}{row_url(ROOMS.key, room.pk)}" if origin else place.code
    return {"unit": place.unit.name, "number": place.code, "name": place.name, "note": note, "qr": qr(code)}


@job("offices.labels", _("打印房间标签"))
def print_labels(running: Running, resource: str, ids: Sequence[int], shape: str, origin: str = "") -> dict[str, Any]:
    """Make the label sheet of marked rooms, as the job's file."""
    refuse_too_many(ids)
    rooms: dict[int, Room] = {}
    for start in range(0, len(ids), 900):
        rows = ROOMS.queryset(running.actor).filter(pk__in=ids[start : start + 900]).select_related("place__unit")
        rooms.update({room.pk: room for room in rows})
    labels = [label_of(rooms[pk], known_origin() or origin) for pk in ids if pk in rooms]
    return keep(running, sheet_of(labels, shape, _now("房间标签")), len(labels), _now("房间标签"))


declare_bulk_job(BulkJob("labels_a4", _("打印标签（A4）"), ROOMS.key, "offices.labels", params=(("shape", "a4"),)))
declare_bulk_job(BulkJob("labels_small", _("打印标签（60×40 mm）"), ROOMS.key, "offices.labels", params=(("shape", "small"),)))
