"""Zones and shelves of a physical warehouse: places like all others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.undo import restore_records
from gongjia.core.writing import record_created
from gongjia.org.choices import PlaceKind
from gongjia.org.models import Place
from gongjia.org.resources import PLACES

KINDS = (PlaceKind.ROOM, PlaceKind.SHELF)


class RegisterShelf(Input, of=Place):
    """A zone of a warehouse, or a shelf in it."""

    parent: Annotated[int, Ref("org.place")] = given(label=_("所在库房"))
    code: str = given(label=_("库位编号"))
    name: str = given(label=_("库位名称"), help=_("如“仓储区 A-01”“整备区”。"))
    kind: str = given("shelf", label=_("种类"))


@action("warehouse.register_shelf", label=_("登记库位"), subject="org.place", unit="parent", undo=restore_records)
def register_shelves(context: Context, rows: Sequence[RegisterShelf]) -> list[int]:
    """Register zones and shelves inside a building or zone."""
    above = Place.objects.in_bulk([row.parent for row in rows])
    columns: dict[str, Any] = {
        "code": [row.code for row in rows],
        "name": [row.name for row in rows],
        "kind": [row.kind for row in rows],
        "parent_id": [row.parent for row in rows],
        "unit_id": [above[row.parent].unit_id for row in rows],
        "holding": [above[row.parent].holding for row in rows],
    }
    ids = bulk.insert(Place, len(rows), created_at=context.now, **columns, **context.provenance())
    bulk.update(Place, ids, path=[f"{above[row.parent].path}{pk}/" for pk, row in zip(ids, rows, strict=True)])
    record_created(context, PLACES.key, ids, columns["unit_id"], columns)
    return ids


@register_shelves.check
def is_a_room_or_shelf(context: Context, rows: Sequence[RegisterShelf]) -> list[Problem]:
    """Refuse kinds that are no part of a warehouse."""
    text = _now("库位只能是房间（分区）或库位。")
    return [Problem("wrong_kind", text, "kind", index, value=row.kind) for index, row in enumerate(rows) if row.kind not in KINDS]
