"""The detail page of any row: what it is, its state, the next act; facts by group; panels of all layers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.masking import cover, masked
from gongjia.core.panel import Panel, panels_of
from gongjia.core.resource import Column, Resource, resources
from gongjia.web import wording
from gongjia.web.addresses import list_url, resource_of, row_url, title_path
from gongjia.web.offering import offered
from gongjia.web.shapes import Fact, Group, Link

STATES = ("status", "state", "outcome")


@dataclass(frozen=True)
class Shown:
    """A panel ready to be put on the page."""

    id: str
    title: Any
    html: SafeString
    count: Any = None


def value_at(row: Any, path: str) -> Any:
    """Follow a column's path over a row; a missing link is nothing."""
    for part in path.split("__"):
        row = getattr(row, part, None)
        if row is None:
            return None
    return row


def _title(resource: Resource, row: Any) -> Any:
    path = title_path(resource)
    return value_at(row, path) if path != "pk" else row


def _related(resource: Resource, column: Column) -> list[str]:
    parts = column.path.split("__")
    steps = parts if column.kind == "ref" else parts[:-1]
    return ["__".join(steps)] if steps else []


def read_row(resource: Resource, user: Any, pk: int) -> Any:
    """Return one visible row with what its columns refer to, in one query; raises NotFound."""
    from_columns = [path for column in resource.by_name.values() for path in _related(resource, column)]
    paths = [path for path in dict.fromkeys(from_columns) if path and _is_single(resource.model, path)]
    rows = resource.queryset(user).filter(pk=pk)
    return (rows.select_related(*paths) if paths else rows).first()


def _is_single(model: Any, path: str) -> bool:
    for part in path.split("__"):
        found = model._meta.get_field(part)
        if not (found.many_to_one or found.one_to_one):
            return False
        model = found.related_model
    return True


class DetailPage:
    """Everything that `web/detail.html` and `web/beside.html` draw of one row."""

    def __init__(self, resource: Resource, request: HttpRequest, row: Any, *, panels: bool = True) -> None:
        self.resource, self.request, self.row = resource, request, row
        self.rights, self.hidden = access(request.user), masked(resource, request.user)
        self.key, self.pk = resource.key, row.pk
        self.url = row_url(resource.key, row.pk)
        self.name = str(_title(resource, row) or row)
        self.trail = ((resource.label, list_url(resource)),)
        self.title = self.name
        self.groups = self._groups()
        self.state = self._state()
        self.says = str(row) if str(row) != self.name else str(resource.label)
        self.acts = self._acts()
        self.panels = [shown for panel in panels_of(resource.key) if (shown := self._panel(panel))] if panels else []

    def _groups(self) -> list[Group]:
        grouped: dict[str, list[Fact]] = {}
        for column in self.resource.by_name.values():
            grouped.setdefault(str(column.group or ""), []).append(self._fact(column))
        return [Group(label, facts) for label, facts in grouped.items()]

    def _fact(self, column: Column) -> Fact:
        value = value_at(self.row, column.path)
        if column.name in self.hidden:
            return Fact(column.label, str(cover(value) or wording.NOTHING), "", "")
        text = str(value) if column.kind == "ref" and value is not None else wording.words_with_unit(value, column)
        tone = wording.tone(value, column) if text != wording.NOTHING else ""
        return Fact(column.label, text, tone, self._link(column))

    def _link(self, column: Column) -> str:
        """Return the address of what a column refers to, where this person may read such rows."""
        steps = _related(self.resource, column)
        owner = value_at(self.row, steps[0]) if steps else None
        target = resources.get(column.link) if column.link else resource_of(type(owner)) if owner is not None else None
        if target is None or owner is None or not isinstance(owner, target.model) or not self.rights.can(target.view_permission):
            return ""
        return row_url(target.key, owner.pk)

    def _state(self) -> Fact | None:
        column = next((c for c in self.resource.by_name.values() if c.name in STATES and c.kind == "choice"), None)
        return self._fact(column) if column else None

    def _acts(self) -> list[Link]:
        wanted = [key for key in (*self.resource.actions, self.resource.edit) if key]
        found = [actions[key] for key in dict.fromkeys(wanted) if key in actions]
        units = self.resource.units_of([self.pk]) if self.resource.scope else {}
        fitting = [action for action in found if action.is_edit and (action.fits is None or action.fits(self.row))]
        ordered = sorted(fitting, key=lambda action: (action.danger, action.by_request))  # what is asked for last, what is dire at the end
        links = [offered(self.resource, action, self.rights, self.pk, units.get(self.pk)) for action in ordered]
        return [link for link in links if link is not None]

    def _panel(self, panel: Panel) -> Shown | None:
        context = panel.context(self.request.user, self.key, self.row)
        if context is None:
            return None
        html = render_to_string(panel.template, {"page": self, **context}, request=self.request)
        safe = mark_safe(html)  # noqa: S308 - a rendered template, escaped already
        return Shown(panel.key.replace(".", "-"), panel.title, safe, context.get("count"))
