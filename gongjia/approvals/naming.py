"""What a request is called, under which key, and whose it is, where its author did not say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from gongjia.core.action import Action, Context
from gongjia.core.resource import resources
from gongjia.org.models import Unit

_TITLES = ("name", "title", "item", "purpose", "number")


def key_for(on: dt.date, pk: int) -> str:
    """Return the key of a request: SQ, its year, and its number."""
    return f"SQ{on.year}-{pk:06d}"


def title_for(action: Action, rows: Sequence[dict[str, Any]]) -> str:
    """Return the action's name and what it is about: the first record or name, and how many there are."""
    first = _subject(action, rows[0]) if rows else ""
    label = str(action.label)
    if not first:
        return label
    what = first if len(rows) == 1 else _("%(first)s 等 %(count)s 项") % {"first": first, "count": len(rows)}
    return _("%(action)s：%(what)s") % {"action": label, "what": what[:120]}


def _subject(action: Action, row: dict[str, Any]) -> str:
    resource = resources.get(action.subject)
    if action.is_edit and resource is not None and row.get("id"):
        found = resource.all_rows().filter(pk=row["id"]).values_list(resource.title, flat=True).first()
        return "" if found is None else str(found)
    return next((str(row[name]) for name in _TITLES if row.get(name)), "")


def unit_for(context: Context, action: Action, rows: Sequence[Any], given: int | None) -> int | None:
    """Return whose a request is: the unit given, that of what it touches, else that of the applicant; None when nobody can tell."""
    if given:
        return given
    touched = {pk for units in action.touched_units(rows) for pk in units if pk}
    person = getattr(context.actor, "person", None)
    if person is not None and (not touched or person.unit_id in touched):
        return person.unit_id
    return _common(touched) if touched else None


def _common(units: set[int]) -> int:
    """Return the one unit, or the nearest one above all of them."""
    if len(units) == 1:
        return next(iter(units))
    paths = [path.split(".") for path in Unit.objects.filter(pk__in=units).values_list("path", flat=True)]
    shared = [parts[0] for parts in zip(*paths, strict=False) if len(set(parts)) == 1 and parts[0]]
    return int(shared[-1]) if shared else min(units)
