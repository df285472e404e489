"""Audit entries as before and after, in the words of the table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongjia.core.masking import cover, masked
from gongjia.core.models import AuditEntry
from gongjia.core.resource import Column, Resource
from gongjia.web.wording import NOTHING

HIDDEN = ("source", "source_key", "version", "path")
LONGEST = 60  # letters of a structure that the audit shows
Names = Mapping[tuple[str, Any], str]


@dataclass(frozen=True)
class Change:
    """One field: its label, what it was, what it became."""

    label: str
    before: str
    after: str


def changes_of(resource: Resource, user: Any, entries: Sequence[AuditEntry]) -> list[list[Change]]:
    """Return for each entry the fields that it changed; rows referred to are named, one query a kind of row."""
    hidden = masked(resource, user)
    fields = {name: field for field in resource.model._meta.concrete_fields for name in (field.name, field.attname)}
    names = _names(fields, entries)
    return [_changes(resource, fields, names, entry, hidden) for entry in entries]


def _names(fields: Mapping[str, Any], entries: Sequence[AuditEntry]) -> Names:
    wanted: dict[str, set[Any]] = defaultdict(set)
    for entry in entries:
        for state in (entry.before or {}, entry.after or {}):
            for name, value in state.items():
                if value is not None and name in fields and fields[name].related_model is not None:
                    wanted[name].add(value)
    found: dict[tuple[str, Any], str] = {}
    for name, keys in wanted.items():
        found.update({(name, row.pk): str(row) for row in fields[name].related_model._base_manager.filter(pk__in=keys)})
    return found


def _changes(resource: Resource, fields: Mapping[str, Any], names: Names, entry: AuditEntry, hidden: frozenset[str]) -> list[Change]:
    before, after = entry.before or {}, entry.after or {}
    changed = [name for name in dict.fromkeys((*before, *after)) if name not in HIDDEN and before.get(name) != after.get(name)]
    made = []
    for name in changed:
        column = _column(resource, name)
        label = column.label if column else fields[name].verbose_name if name in fields else name
        sides = [cover(side.get(name)) if column and column.name in hidden else side.get(name) for side in (before, after)]
        words = [_long(value) if isinstance(value, (dict, list)) else names.get((name, value)) or _words(column, value) for value in sides]
        made.append(Change(str(label), *words))
    return made


def _column(resource: Resource, name: str) -> Column | None:
    plain = name.removesuffix("_id")
    return resource.by_name.get(name) or next((c for c in resource.by_name.values() if c.path.split("__")[0] == plain), None)


def _long(value: Any) -> str:
    """Return the beginning of a structure."""
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _words(column: Column | None, value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(dict(column.choices).get(value, value)) if column is not None and column.choices else str(value)
