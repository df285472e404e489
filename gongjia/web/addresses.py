"""Where a row, a list, a form stands; nothing else builds these paths."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse

from gongjia.core.action import Action
from gongjia.core.resource import Resource, resources

Pairs = list[tuple[str, str]]


@lru_cache(maxsize=2_000)
def _path(view: str, _site: str, *parts: str) -> str:
    """Reverse an address once for each place where the site may stand: a list shows two hundred."""
    return reverse(view, args=parts)


def list_url(resource: Resource, pairs: Iterable[tuple[str, str]] = ()) -> str:
    """Return the address of a list, with filters."""
    query = urlencode(list(pairs))
    path = _path("web:list", get_script_prefix(), *resource.key.split("."))
    return f"{path}?{query}" if query else path


def row_url(resource_key: str, pk: int) -> str:
    """Return the address of one row's detail page."""
    first = _path("web:detail", get_script_prefix(), *resource_key.split("."), "0")
    return f"{first.removesuffix('0/')}{pk}/"


def action_url(resource: Resource, action: Action, pk: int | None = None) -> str:
    """Return the address of an action's form: of a new row, of this row, or of the table."""
    app, name = resource.key.split(".")
    if action.key == resource.create:
        return reverse("web:new", args=[app, name])
    if pk is None:
        return reverse("web:act", args=[app, name, action.key])
    if action.key == resource.edit:
        return reverse("web:edit", args=[app, name, pk])
    return reverse("web:act_on", args=[app, name, pk, action.key])


def resource_of(model: Any) -> Resource | None:
    """Return the first resource that reads a model."""
    return next((resource for resource in resources if resource.model is model), None)


def title_path(resource: Resource) -> str:
    """Return the path to what a row is called; a resource names a column or a path."""
    column = resource.by_name.get(resource.title)
    return column.path if column is not None else resource.title
