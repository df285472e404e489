"""What a request is called, under which key, and whose it is, where its author did not say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

from django.utils.translation import gettext as _

from gongjia.core.action import Action, Context
from gongjia.core.resource import resources
from gongjia.org.models import Unit

_TITLES = ("name", "title", "item", "purpose", "number")


def key_for(on: dt.date, pk: int) -> str:
    """Return the key of a request: SQ, its year, and its number."""
    return f"SQ{on.year}-{pk:06d}"


def titles_for(action: Action, bundles: Sequence[Sequence[dict[str, Any]]]) -> list[str]:
    """Return, for each bundle of rows, the action's name and what it is about: the first record or name, and how many there are."""
    names = _records(action, [rows[0]["id"] for rows in bundles if rows and action.is_edit and rows[0].get("id")])
    return [_title(action, rows, names) for rows in bundles]


def _title(action: Action, rows: Sequence[dict[str, Any]], names: dict[int, str]) -> str:
    row, label = rows[0] if rows else {}, str(action.label)
    first = names.get(row.get("id", 0), "") if action.is_edit else next((str(row[name]) for name in _TITLES if row.get(name)), "")
    if not first:
        return label
    what = first if len(rows) == 1 else _("%(first)s 等 %(count)s 项") % {"first": first, "count": len(rows)}
    return _("%(action)s：%(what)s") % {"action": label, "what": what[:120]}


def _records(action: Action, ids: Sequence[int]) -> dict[int, str]:
    """Return what records are called, in one query."""
    resource = resources.get(action.subject)
    if resource is None or not ids:
        return {}
    return {
        pk: "" if title is None else str(title) for pk, title in resource.all_rows().filter(pk__in=ids).values_list("pk", resource.title)
    }


def units_for(context: Context, action: Action, bundles: Sequence[Sequence[Any]], given: Sequence[int | None]) -> list[int | None]:
    """Return whose each request is: the unit given, that of what it touches, else that of the applicant; None when nobody can tell."""
    touched = action.touched_units([row for rows in bundles for row in rows])
    ends = list(accumulate((len(rows) for rows in bundles), initial=0))
    own = getattr(getattr(context.actor, "person", None), "unit_id", None)
    found = ({pk for units in touched[start:end] for pk in units if pk} for start, end in pairwise(ends))
    return [unit or _unit(units, own) for unit, units in zip(given, found, strict=True)]


def _unit(touched: set[int], own: int | None) -> int | None:
    if own is not None and (not touched or own in touched):
        return own
    return _common(touched) if touched else None


def _common(units: set[int]) -> int:
    """Return the one unit, or the nearest one above all of them."""
    if len(units) == 1:
        return next(iter(units))
    paths = [path.split(".") for path in Unit.objects.filter(pk__in=units).values_list("path", flat=True)]
    shared = [parts[0] for parts in zip(*paths, strict=False) if len(set(parts)) == 1 and parts[0]]
    return int(shared[-1]) if shared else min(units)
