"""The usual bodies of services: make rows from inputs, change the fields that an input carries, close rows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.db import models
from django.db.models import F
from django.utils.translation import ngettext

from gongjia.core import bulk
from gongjia.core.action import Context
from gongjia.core.inputs import Input
from gongjia.core.problems import Conflict
from gongjia.core.resource import Resource


def columns_of(model: type[models.Model], rows: Sequence[Input]) -> dict[str, list[Any]]:
    """Return the inputs as columns, named by the model's attributes (`unit` becomes `unit_id`); not-null text is never None."""
    if not rows:
        return {}
    known = {field.name: field for field in model._meta.local_concrete_fields if not field.primary_key}
    fields = [known[name] for name in type(rows[0]).model_fields if name in known]
    if not fields:
        return {}
    pick = itemgetter(*(field.name for field in fields))
    cells = [pick(row.__dict__) for row in rows]
    columns = zip(*cells, strict=True) if len(fields) > 1 else [cells]
    return {field.attname: _without_none(field, list(column)) for field, column in zip(fields, columns, strict=True)}


def _without_none(field: models.Field, values: list[Any]) -> list[Any]:
    if field.null or None not in values:
        return values
    return [_filled(field, value) for value in values]


def create_rows(
    context: Context, resource: Resource, rows: Sequence[Input], units: Sequence[int | None] | None = None, /, **extra: Any
) -> list[int]:
    """Insert one row an input and record it; `extra` adds columns that the input does not carry."""
    columns = {**columns_of(resource.model, rows), **extra}
    ids = bulk.insert(resource.model, len(rows), **columns)
    scope = f"{resource.scope}_id"
    owners = units if units is not None else columns.get(scope, [None] * len(ids))
    record_created(context, resource.key, ids, owners, columns)
    return ids


def record_created(context: Context, subject: str, ids: Sequence[int], units: Sequence[int | None], columns: dict[str, Any]) -> None:
    """Record new rows from their columns, leaving out what is empty."""
    context.trail.add_new(subject, ids, units, {name: values for name, values in columns.items() if isinstance(values, list)})


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed of one row, by attribute name."""

    pk: int
    unit: int | None
    before: dict[str, Any]
    after: dict[str, Any]


def change_rows(context: Context, resource: Resource, rows: Sequence[Any]) -> list[Change]:
    """Set the fields of the resource's model that each input carries beside its `id`, and record before and after.

    Returns the real changes only; raises Conflict when a row is newer than the version that was read. The extension of
    a record (a vehicle, a building) counts its changes in the version of the record, which is to be changed before it.
    """
    model = resource.model
    fields = {field.name: field for field in model._meta.local_concrete_fields}
    wanted = [(row.id, {fields[n].attname: getattr(row, n) for n in row.model_fields_set if n in fields and n != "id"}) for row in rows]
    attributes = sorted({name for _pk, values in wanted for name in values} | ({"version"} if "version" in fields else set()))
    current = {row["pk"]: row for row in _read(model, [pk for pk, _values in wanted], attributes)}
    if "version" in fields:
        _same_version(context, current)
    units = resource.units_of([pk for pk, _values in wanted])
    by_attribute = {field.attname: field for field in fields.values()}
    changes: list[Change] = []
    for pk, values in wanted:
        new = {name: _filled(by_attribute[name], value) for name, value in values.items()}
        changed = {name: value for name, value in new.items() if current[pk][name] != value}
        if changed:
            changes.append(Change(pk, units.get(pk), {name: current[pk][name] for name in changed}, changed))
            context.record(resource.key, pk, changes[-1].unit, changes[-1].before, changed)
    versions = {pk: row["version"] + 1 for pk, row in current.items()} if "version" in fields else {}
    set_values(model, [(change.pk, change.after) for change in changes], versions)
    if "__" in resource.version_path:
        _count_in_record(model, [change.pk for change in changes])
    return changes


def _count_in_record(extension: type[models.Model], ids: Sequence[int]) -> None:
    record = extension._meta.pk.related_model
    for start in range(0, len(ids), 900):
        record._base_manager.filter(pk__in=ids[start : start + 900]).update(version=F("version") + 1)


def end_rows(context: Context, resource: Resource, ends: Mapping[int, dt.date]) -> None:
    """End dated rows on the given days (by primary key), and record before and after."""
    model, units = resource.model, resource.units_of(ends)
    for pk, before in model._base_manager.filter(pk__in=list(ends)).values_list("pk", "valid_to"):
        context.record(resource.key, pk, units.get(pk), {"valid_to": before}, {"valid_to": ends[pk]})
    set_values(model, [(pk, {"valid_to": day}) for pk, day in ends.items()], {})


def set_values(model: type[models.Model], rows: Sequence[tuple[int, dict[str, Any]]], versions: dict[int, int]) -> None:
    """Update rows to the given attributes, one statement for each distinct set of attributes."""
    groups: dict[tuple[str, ...], list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for pk, values in rows:
        groups[tuple(sorted(values))].append((pk, values))
    for names, members in groups.items():
        columns: dict[str, Any] = {name: [values[name] for _pk, values in members] for name in names}
        if versions:
            columns["version"] = [versions[pk] for pk, _values in members]
        bulk.update(model, [pk for pk, _values in members], **columns)


def _filled(field: models.Field, value: Any) -> Any:
    """Return the field's default (or empty text) where a not-null field was given nothing."""
    if value is None and not field.null:
        return field.get_default() if field.has_default() else ""
    return value


def _read(model: type[models.Model], ids: Sequence[int], attributes: Sequence[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for start in range(0, len(ids), 900):
        rows += model._base_manager.filter(pk__in=ids[start : start + 900]).values("pk", *attributes)
    return rows


def _same_version(context: Context, current: dict[int, dict[str, Any]]) -> None:
    stale = [pk for pk, version in context.expected.items() if pk in current and current[pk]["version"] != version]
    if stale:
        text = ngettext(
            "有 %(count)s 条记录在你打开之后被别人改过；请重新载入再改。",
            "有 %(count)s 条记录在你打开之后被别人改过；请重新载入再改。",
            len(stale),
        )
        raise Conflict(text % {"count": len(stale)})
