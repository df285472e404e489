"""What a post may have: the usable area that the standard gives a level in a unit on a day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from gongjia.org.models import Unit
from gongjia.standards.lifespans import traits_of
from gongjia.standards.rulebook.judging import judge
from gongjia.standards.rulebook.loading import load

ROOM_AREA = "office_room_area"


def ceiling_of(unit: Unit, level: str, on: dt.date) -> Decimal | None:
    """Return the largest usable area of an office room, None where no row speaks of the level in that unit."""
    return judge(load(), ROOM_AREA, "max_m2", {**traits_of(unit), "level": level, "area": 0}, on).limit
