"""An audit entry as before and after, in the words of the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongjia.core.models import AuditEntry
from gongjia.core.resource import Resource
from gongjia.web.wording import NOTHING

HIDDEN = ("source", "source_key", "version", "path")


@dataclass(frozen=True)
class Change:
    """One field: its label, what it was, what it became."""

    label: str
    before: str
    after: str


def changes_of(resource: Resource, entry: AuditEntry) -> list[Change]:
    """Return the fields that an entry changed, those with a column in its order first."""
    before, after = entry.before or {}, entry.after or {}
    names = [name for name in dict.fromkeys((*before, *after)) if name not in HIDDEN]
    return [_change(resource, name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]


def _change(resource: Resource, name: str, before: Any, after: Any) -> Change:
    return Change(_label(resource, name), _words(resource, name, before), _words(resource, name, after))


def _column(resource: Resource, name: str) -> Any:
    plain = name.removesuffix("_id")
    return resource.by_name.get(name) or next((c for c in resource.by_name.values() if c.path.split("__")[0] == plain), None)


def _label(resource: Resource, name: str) -> str:
    column = _column(resource, name)
    if column is not None:
        return str(column.label)
    field = next((f for f in resource.model._meta.concrete_fields if name in (f.attname, f.name)), None)
    return str(field.verbose_name) if field is not None else name


def _words(resource: Resource, name: str, value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    column = resource.by_name.get(name)
    return str(dict(column.choices).get(value, value)) if column is not None and column.choices else str(value)
