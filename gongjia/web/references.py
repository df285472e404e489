"""Names for the keys in reference columns, one query a column; the addresses of those that a person may open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from gongjia.core.access import access
from gongjia.core.resource import Column, Resource, resources
from gongjia.web.addresses import row_url


def _related_model(model: Any, path: str) -> Any | None:
    for part in path.split("__"):
        model = model._meta.get_field(part).related_model
        if model is None:
            return None
    return model


def names_of(resource: Resource, columns: Sequence[Column], rows: Sequence[dict[str, Any]]) -> dict[tuple[str, Any], str]:
    """Return the name of every referenced row by (column, key); a name is shown, never more."""
    names: dict[tuple[str, Any], str] = {}
    for column in columns:
        if column.kind != "ref":
            continue
        keys = {row[column.name] for row in rows if row[column.name] is not None}
        related = _related_model(resource.model, column.path)
        if keys and related is not None:
            names.update({(column.name, row.pk): str(row) for row in related._base_manager.filter(pk__in=keys)})
    return names


def openable(user: Any, pairs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Return the addresses of those records that this person may open, with one query a table."""
    wanted: dict[str, set[int]] = {}
    for key, pk in pairs:
        if key in resources and pk and access(user).can(resources[key].view_permission):
            wanted.setdefault(key, set()).add(pk)
    return {
        (key, pk): row_url(key, pk)
        for key, pks in wanted.items()
        for pk in resources[key].queryset(user).filter(pk__in=pks).order_by().values_list("pk", flat=True)
    }
