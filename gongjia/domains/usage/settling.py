"""Bringing the open hand-backs into line with what people and posts say now: opened, put right, dropped, or done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from gongjia.core import bulk
from gongjia.core.action import Context
from gongjia.core.numbering import numbered
from gongjia.core.writing import record_created, set_values
from gongjia.domains.usage.choices import HandBackState
from gongjia.domains.usage.due import CHUNK, Due, due_rooms
from gongjia.domains.usage.models import HandBack
from gongjia.domains.usage.resources import HAND_BACKS


def settle(context: Context, people: Iterable[int]) -> None:
    """Open what must come back, and close what has come back or need not; run twice it does nothing more."""
    wanted = {due.occupancy.pk: due for due in due_rooms(people, context.on)}
    found = {made.occupancy_id: made for made in _open(sorted(set(people)))}
    _begin(context, [due for pk, due in wanted.items() if pk not in found])
    for pk, made in found.items():
        _set(context, made, _now_of(made, wanted.get(pk)))


def _open(people: Sequence[int]) -> list[HandBack]:
    rows: list[HandBack] = []
    for start in range(0, len(people), CHUNK):
        some = HandBack.objects.live().filter(state=HandBackState.OPEN, person__in=people[start : start + CHUNK])
        rows += some.select_related("occupancy")
    return rows


def _begin(context: Context, dues: Sequence[Due]) -> None:
    if not dues:
        return
    units = [due.occupancy.room.place.unit_id for due in dues]
    columns: dict[str, list[Any]] = {
        "number": [numbered("TF", due.event_on.year)[0] for due in dues],
        "unit_id": units,
        "occupancy_id": [due.occupancy.pk for due in dues],
        "room_id": [due.occupancy.room_id for due in dues],
        "person_id": [due.occupancy.person_id for due in dues],
        "occasion": [due.occasion for due in dues],
        "event_on": [due.event_on for due in dues],
        "due_on": [due.due_on for due in dues],
    }
    ids = bulk.insert(HandBack, len(dues), created_at=context.now, **columns)
    told = {name: cells for name, cells in columns.items() if name != "occupancy_id"}  # room and person say it in words
    record_created(context, HAND_BACKS.key, ids, units, told)


def _now_of(made: HandBack, due: Due | None) -> dict[str, Any]:
    """Return the state that an open hand-back should be in."""
    if made.occupancy.valid_to:
        return {"state": HandBackState.DONE.value, "done_on": made.occupancy.valid_to}
    if due is None:
        return {"state": HandBackState.DROPPED.value, "note": _("任职或在职状态已更正")}
    return {"occasion": due.occasion, "event_on": due.event_on, "due_on": due.due_on}


def _set(context: Context, made: HandBack, values: dict[str, Any]) -> None:
    before = {name: getattr(made, name) for name in values}
    changed = {name: value for name, value in values.items() if before[name] != value}
    if changed:
        context.record(HAND_BACKS.key, made.pk, made.unit_id, {name: before[name] for name in changed}, changed)
        set_values(HandBack, [(made.pk, changed)], {made.pk: made.version + 1})
