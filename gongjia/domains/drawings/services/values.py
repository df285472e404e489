"""The stored fields of drawings, floors and shapes as inputs of `change_rows`, and closing rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from gongjia.core.action import Context
from gongjia.core.inputs import Input
from gongjia.core.resource import Resource
from gongjia.core.writing import change_rows
from gongjia.domains.drawings.models import Drawing, FloorPlan, Shape


class Closing(Input):
    """What closes a record."""

    id: int
    closed_on: dt.date
    close_reason: str


class DrawingValues(Input, of=Drawing):
    """Fields of a drawing that change."""

    id: int
    state: str = ""
    options: Any = None
    found: Any = None
    problem: str = ""


class PlanValues(Input, of=FloorPlan):
    """Fields of a version of a floor that change."""

    id: int
    state: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    slab: Any = None


class ShapeValues(Input, of=Shape):
    """Fields of a shape that change."""

    id: int
    mark: str = ""
    number: str = ""
    name: str = ""
    use: str = ""
    room: int | None = None
    linked: str = ""
    area: Decimal = Decimal(0)
    outline: Any = None
    x: int = 0
    y: int = 0


def close(context: Context, resource: Resource, ids: Sequence[int], reason: str) -> None:
    """Close rows as of the context's day."""
    change_rows(context, resource, [Closing(id=pk, closed_on=context.on, close_reason=reason) for pk in ids])
