"""Moving what one unit holds to another: kind by kind, recorded row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q

from gongjia.core import bulk
from gongjia.core.action import Context, actions
from gongjia.core.inputs import describe
from gongjia.core.resource import resources
from gongjia.core.writing import Change, end_rows, record_created, set_values
from gongjia.domains.reform.estates import ESTATES, Estate
from gongjia.domains.reform.models import Plan
from gongjia.ledger import entries
from gongjia.ledger.choices import EntryKind
from gongjia.org.models import Place, Unit


def move_estates(context: Context, plan: Plan, unit: Unit, target: Unit, place: Place | None = None) -> None:
    """Move everything that `unit` itself holds to `target`; with a place, only that place and what stands in it."""
    for estate in ESTATES:
        if place is not None and not estate.place:
            continue
        rows = estate.rows([unit.pk])
        if place is not None:
            inside = Q(path__startswith=place.path) if estate.place == "self" else Q(**{f"{estate.place}__path__startswith": place.path})
            rows = rows.filter(inside)
        _MOVERS[estate.how](context, plan, estate, list(rows), target)


def _free_codes(estate: Estate, rows: Sequence[Any], target: Unit) -> dict[int, dict[str, Any]]:
    """Return new codes for rows whose code the target uses already: the old unit's code is put before it."""
    if not estate.code:
        return {}
    names = (estate.code, *estate.within)
    taken = set(resources[estate.resource].all_rows().filter(unit=target.pk).values_list(*names))
    clashing = [row for row in rows if tuple(getattr(row, name) for name in names) in taken]
    limit = resources[estate.resource].model._meta.get_field(estate.code).max_length or 60
    return {row.pk: {estate.code: f"{row.unit.code}-{getattr(row, estate.code)}"[:limit]} for row in clashing}


def _changes(estate: Estate, rows: Sequence[Any], target: Unit) -> list[Change]:
    codes, column = _free_codes(estate, rows, target), f"{estate.unit}_id"
    made = []
    for row in rows:
        after = {column: target.pk, **codes.get(row.pk, {})}
        made.append(Change(row.pk, getattr(row, column), {name: getattr(row, name) for name in after}, after))
    return made


def _write(context: Context, estate: Estate, rows: Sequence[Any], changes: Sequence[Change]) -> None:
    for change in changes:
        context.record(estate.resource, change.pk, change.unit, change.before, change.after)
    versions = {row.pk: row.version + 1 for row in rows} if rows and hasattr(rows[0], "version") else {}
    set_values(resources[estate.resource].model, [(change.pk, change.after) for change in changes], versions)


def _move_plain(context: Context, plan: Plan, estate: Estate, rows: Sequence[Any], target: Unit) -> None:
    _write(context, estate, rows, _changes(estate, rows, target))


def _move_assets(context: Context, plan: Plan, estate: Estate, rows: Sequence[Any], target: Unit) -> None:
    """Cards leave an entry; those that a pending request holds move with it."""
    changes = _changes(estate, rows, target)
    _write(context, estate, rows, changes)
    then = replace(context, on=plan.effective_on)
    entries.append_changes(then, changes, EntryKind.TRANSFER, plan.document, held_too=True)


def _begin_anew(context: Context, plan: Plan, estate: Estate, rows: Sequence[Any], target: Unit) -> None:
    """Dated rows end on the day and begin anew in the target."""
    resource = resources[estate.resource]
    end_rows(context, resource, {row.pk: max(plan.effective_on, row.valid_from) for row in rows})
    kept = ("person_id", "title", "level", "rank", "primary")
    columns = {name: [getattr(row, name) for row in rows] for name in kept}
    _insert(context, estate, len(rows), target, plan, columns)


def _sum_up(context: Context, plan: Plan, estate: Estate, rows: Sequence[Any], target: Unit) -> None:
    """Authorised numbers end in both units and begin anew in the target as their sum."""
    standing = [row for row in estate.rows([target.pk]) if getattr(row, estate.by) in {getattr(one, estate.by) for one in rows}]
    end_rows(context, resources[estate.resource], {row.pk: max(plan.effective_on, row.valid_from) for row in [*rows, *standing]})
    sums: dict[Any, int] = {}
    for row in [*rows, *standing]:
        sums[getattr(row, estate.by)] = sums.get(getattr(row, estate.by), 0) + row.count
    columns = {estate.by: list(sums), "count": list(sums.values()), "document": [plan.document] * len(sums)}
    _insert(context, estate, len(sums), target, plan, columns)


def _insert(context: Context, estate: Estate, count: int, target: Unit, plan: Plan, columns: dict[str, list[Any]]) -> None:
    if count:
        dated: dict[str, Any] = {"valid_from": plan.effective_on, "recorded_at": context.now}
        whole: dict[str, Any] = {**columns, "unit_id": [target.pk] * count, "valid_from": [plan.effective_on] * count}
        ids = bulk.insert(resources[estate.resource].model, count, **{**dated, **whole})
        record_created(context, estate.resource, ids, whole["unit_id"], whole)


def _move_requests(context: Context, plan: Plan, estate: Estate, rows: Sequence[Any], target: Unit) -> None:
    """Pending requests go with their unit, and name the target where they named it; the plan's own request stays."""
    moved = [row for row in rows if row.key != context.request_key]
    changes = _changes(estate, moved, target)
    for row, change in zip(moved, changes, strict=True):
        change.before["rows"], change.after["rows"] = row.rows, _renamed(row, target.pk)
    _write(context, estate, moved, changes)


def _renamed(request: Any, target: int) -> list[dict[str, Any]]:
    """Return the request's rows with the target where they name the unit that goes."""
    action = actions.get(request.action)
    names = {one.name for one in describe(action.input_type) if one.ref == "org.unit"} if action else set()
    return [{name: target if name in names and value == request.unit_id else value for name, value in row.items()} for row in request.rows]


_MOVERS = {
    "plain": _move_plain,
    "assets": _move_assets,
    "begun_anew": _begin_anew,
    "summed": _sum_up,
    "requests": _move_requests,
}
