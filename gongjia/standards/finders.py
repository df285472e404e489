"""The one search finds tables of the rulebook: by title, document or number, or by the words of a clause."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongjia.standards.explaining import language
from gongjia.standards.rulebook.loading import load
from gongjia.standards.rulebook.schema import Table
from gongjia.web.finders import Finder, declare_finder
from gongjia.web.shapes import Link


def _words(table: Table) -> str:
    printed = " ".join(f"{version.source.document} {version.source.number} {version.clause}" for version in table.versions)
    return f"{table.title.zh} {table.title.en} {table.key} {printed}".casefold()


def _link(table: Table) -> Link:
    url = reverse("standards:table", args=[table.key])
    return Link(table.title.in_language(language()), url, key=table.versions[-1].source.number, kind="row")


def find(_user: Any, text: str, most: int) -> list[Link]:
    """Return the tables in which every typed word stands."""
    wanted = text.casefold().split()
    return [_link(table) for table in load().tables.values() if all(word in _words(table) for word in wanted)][:most]


declare_finder(Finder("standards.tables", _("规范库"), find))
