"""The list page of any resource, worked out for its template."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.query import Page, page
from gongjia.core.resource import Column, Resource
from gongjia.web import wording
from gongjia.web.addresses import list_url, row_url
from gongjia.web.asked import Asked, asked_of
from gongjia.web.bulk import bulk_acts
from gongjia.web.filters import chips_of, menus_of
from gongjia.web.models import SavedView
from gongjia.web.offering import offered
from gongjia.web.references import names_of
from gongjia.web.scope import scope_of
from gongjia.web.shapes import Cell, Link, Pager


@dataclass(frozen=True)
class Row:
    """One row: its address, what to call it, its cells."""

    id: int
    url: str
    name: str
    cells: list[Cell]


@dataclass(frozen=True)
class Heading:
    """One column's head; the address sorts by it, the other way when it is sorted already."""

    name: str
    label: str
    numeric: bool
    sort_url: str = ""
    sorted: str = ""
    shown: bool = True


class ListPage:
    """Everything that `web/list.html` draws; made from one request, in a pinned number of queries."""

    def __init__(self, resource: Resource, request: HttpRequest) -> None:
        self.resource, self.request = resource, request
        self.asked: Asked = self._understand()
        self.scope = scope_of(request)
        self.found: Page = page(resource, request.user, self.asked.query(self.scope.path))
        self.key, self.label, self.path = resource.key, resource.label, list_url(resource)
        self.trail: tuple[Any, ...] = ()
        self.q = self.asked.q
        self.rights = access(request.user)
        self.columns = [self._heading(column) for column in self.found.columns]
        self.rows = self._rows()
        self.bulk = bulk_acts(resource, self.rights)
        self.filters = menus_of(resource, self.asked)
        self.chips = [*self._within(), *chips_of(resource, self.asked)]
        self.clear_url = list_url(resource, self.asked.pairs(leave=["q", "within", *self.asked.filters]))
        self.narrowed = self.asked.narrowed or bool(self.scope.path)
        self.kept = self.asked.pairs(leave=["q"])
        self.kept_beside_filters = self.asked.pairs(leave=list(self.asked.filters))
        self.kept_beside_columns = self.asked.pairs(leave=["col"])
        self.query = request.GET.urlencode()
        self.search_hint = _("在%(label)s中搜索，按 / 聚焦") % {"label": self.label}
        self.saved = self._saved()
        self.views = [Link(_("全部"), self.path, on=not self.asked.narrowed), *self.saved] if self.saved else []
        self.pager = self._pager()
        self.acts, self.primary = self._acts()
        self.empty_title = _("%(label)s还没有记录") % {"label": self.label}
        self.empty_text = resource.empty or _("登记第一条，或把手头的表格整份导入。")
        self.empty_acts = self.primary + [act for act in self.acts if act.kind != "export"]

    def _understand(self) -> Asked:
        """Read the address; a page of its own may read more into it."""
        return asked_of(self.resource, self.request)

    @property
    def says(self) -> str:
        """One sentence: how many, of whom, as of when."""
        at = timezone.localtime().strftime("%Y-%m-%d %H:%M")
        text = ngettext("%(scope)s，共 %(count)s 条，截至 %(at)s。", "%(scope)s，共 %(count)s 条，截至 %(at)s。", self.found.count)
        return text % {"scope": self.scope.label, "count": self.count_words, "at": at}

    @property
    def count_words(self) -> str:
        return wording.number(self.found.count) + ("+" if self.found.capped else "")

    def _heading(self, column: Column) -> Heading:
        now = self.asked.sort
        sorted_as = "descending" if now == f"-{column.name}" else "ascending" if now == column.name else ""
        target = column.name if sorted_as == "descending" or not sorted_as else f"-{column.name}"
        url = list_url(self.resource, self.asked.pairs(sort=target)) if column.sort else ""
        return Heading(column.name, wording.label_with_unit(column), column.kind in wording.NUMERIC, url, sorted_as)

    @property
    def all_columns(self) -> list[Heading]:
        shown = {column.name for column in self.found.columns}
        return [Heading(c.name, str(c.label), False, shown=c.name in shown) for c in self.resource.by_name.values()]

    def _rows(self) -> list[Row]:
        names = names_of(self.resource, self.found.columns, self.found.rows)
        return [self._row(row, names) for row in self.found.rows]

    def _row(self, row: dict[str, Any], names: dict[tuple[str, Any], str]) -> Row:
        cells = [self._cell(column, row[column.name], names, first=index == 0) for index, column in enumerate(self.found.columns)]
        pk = row["pk"]
        return Row(pk, row_url(self.resource.key, pk), cells[0].text if cells else str(pk), cells)

    @staticmethod
    def _cell(column: Column, value: Any, names: dict[tuple[str, Any], str], *, first: bool) -> Cell:
        text = names.get((column.name, value)) or wording.words(value, column)
        short = column.kind in ("date", "instant", "choice", "bool")
        classes = " ".join(
            filter(
                None,
                (
                    "first" if first else "",
                    "n" if column.kind in wording.NUMERIC else "",
                    "short" if short else "",
                    "void" if text == wording.NOTHING else "",
                ),
            )
        )
        return Cell(text, "" if text == wording.NOTHING else wording.tone(value, column), classes)

    def _within(self) -> list[Link]:
        """The chip of a unit that the address names; without it, the list shows the chosen scope again."""
        url = list_url(self.resource, self.asked.pairs(leave=["within"]))
        return [Link(_("单位：%(name)s") % {"name": self.scope.label}, url, key="within")] if self.asked.within else []

    def _saved(self) -> list[Any]:
        views = SavedView.objects.filter(owner=self.request.user, resource=self.key)
        return [SavedLink(v.name, f"{self.path}?{v.query}", v.query == self.query and bool(v.query), v.pk) for v in views]

    def _pager(self) -> Pager:
        pairs = self.asked.pairs()
        first = list_url(self.resource, pairs) if self.asked.after else ""
        following = list_url(self.resource, [*pairs, ("after", self.found.next)]) if self.found.next else ""
        says = _("本页 %(n)s 条，共 %(count)s 条") % {"n": len(self.rows), "count": self.count_words}
        return Pager(says, first, following)

    def _acts(self) -> tuple[list[Link], list[Link]]:
        export = reverse("web:export", args=self.key.split("."))
        listed = [Link(_("导出"), f"{export}?{self.query}", key="export", kind="export")]
        for key in self.resource.actions:
            action = actions.get(key)
            link = offered(self.resource, action, self.rights) if action is not None and not action.is_edit else None
            if link is not None and key != self.resource.create:
                listed.append(link)
        create = offered(self.resource, actions.get(self.resource.create), self.rights)
        if create is None:
            return listed, []
        if create.kind == "do" and self.rights.can("importer.import_file"):
            listed.insert(0, Link(_("导入"), f"{reverse('importer:imports')}?into={self.key}", key="import"))
        return listed, [replace(create, key="new")]


@dataclass(frozen=True)
class SavedLink:
    """A saved view as a chip."""

    name: str
    url: str
    on: bool
    id: int

    @property
    def label(self) -> str:
        return self.name
