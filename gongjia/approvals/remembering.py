"""What the records that a request touches looked like when it was submitted, and what has changed since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongjia.approvals.models import Request
from gongjia.core.action import actions
from gongjia.core.inputs import describe
from gongjia.core.resource import Resource, resources

_CHUNK = 900


@dataclass(frozen=True)
class Difference:
    """One value of a record that is no longer what it was at submission; `label` is empty where the record is gone."""

    resource: str
    pk: int
    title: str
    label: str
    before: str
    now: str


def touched(request: Request) -> dict[str, set[int]]:
    """Return the records that the rows name, by resource."""
    action = actions.get(request.action)
    found: dict[str, set[int]] = defaultdict(set)
    for field in describe(action.input_type) if action else ():
        ref = action.subject if field.name == "id" and action else field.ref
        found[ref] |= {row[field.name] for row in request.rows if ref and isinstance(row.get(field.name), int)}
    return {ref: pks for ref, pks in found.items() if pks and ref in resources}


def snapshots(requests: Sequence[Request]) -> dict[int, dict[str, Any]]:
    """Return, by request, what its records show now: version, title and the shown columns as text."""
    wanted: dict[str, set[int]] = defaultdict(set)
    named = {request.pk: touched(request) for request in requests}
    for by_resource in named.values():
        for key, pks in by_resource.items():
            wanted[key] |= pks
    shown = {key: _read(resources[key], sorted(pks)) for key, pks in wanted.items()}
    return {
        pk: {f"{key}:{row}": shown[key][row] for key, rows in by_resource.items() for row in sorted(rows) if row in shown[key]}
        for pk, by_resource in named.items()
    }


def _read(resource: Resource, pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    columns = [column for column in resource.by_name.values() if column.shown and not column.sensitive]
    paths = {column.path for column in columns} | {resource.title} | ({resource.version_path} if resource.version_path else set())
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(pks), _CHUNK):
        for row in resource.all_rows().filter(pk__in=pks[start : start + _CHUNK]).order_by().values("pk", *paths):
            values = {column.name: _text(row[column.path]) for column in columns}
            version = row[resource.version_path] if resource.version_path else None
            found[row["pk"]] = {"title": _text(row[resource.title]), "version": version, "values": values}
    return found


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def diff_since(request: Request) -> list[Difference]:
    """Return what has changed in the request's records since it was submitted; empty when the world has stood still."""
    seen: dict[str, Any] = request.seen
    now = snapshots([request])[request.pk] if seen else {}
    return [difference for key, before in seen.items() for difference in _differences(key, before, now.get(key))]


def _differences(key: str, before: dict[str, Any], now: dict[str, Any] | None) -> list[Difference]:
    ref, _colon, pk = key.rpartition(":")
    if now is None:
        return [Difference(ref, int(pk), before["title"], "", before["title"], _("已注销或不存在"))]
    columns = resources[ref].by_name
    return [
        Difference(
            ref,
            int(pk),
            now["title"],
            str(_label(columns, name, "label")),
            _said(columns, name, value),
            _said(columns, name, now["values"].get(name, "")),
        )
        for name, value in before["values"].items()
        if now["values"].get(name, "") != value
    ]


def _label(columns: dict[str, Any], name: str, part: str) -> Any:
    return getattr(columns[name], part) if name in columns else name


def _said(columns: dict[str, Any], name: str, value: str) -> str:
    """Return a choice by its label."""
    choices = dict(columns[name].choices) if name in columns else {}
    return str(choices.get(value, value))
