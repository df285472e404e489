"""Finding rows by a few typed characters: for a reference field, and over everything at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongjia.core.access import access
from gongjia.core.query import Query, filtered
from gongjia.core.resource import Column, Resource, resources
from gongjia.core.search import tokens
from gongjia.web.addresses import list_url, row_url, title_path
from gongjia.web.finders import finders
from gongjia.web.frame import Frame
from gongjia.web.scope import scope_of
from gongjia.web.shapes import Link
from gongjia.web.wording import words

A_FEW = 6
A_LIST = 12


def _matching(resource: Resource, user: Any, text: str, path: str = "") -> Any:
    """Return the visible rows that match, by the index where there is one, else by their look-up columns."""
    if not text or resource.search:
        return filtered(resource, user, Query(q=text, unit_path=path))
    condition = Q()
    for column in resource.lookup:
        condition |= Q(**{f"{column}__icontains": text})
    return resource.queryset(user, path).filter(condition)


def _in_directory(resource: Resource, text: str) -> Any:
    """Return the rows of the directory whose code or name holds the text."""
    condition = Q()
    for path in dict.fromkeys([*resource.lookup, title_path(resource)]):
        condition |= Q(**{f"{path}__icontains": text})
    return resource.all_rows().filter(resource.directory).filter(condition)


def look_up(resource: Resource, user: Any, text: str, *, anywhere: bool = False) -> list[dict[str, str]]:
    """Return a few rows as value (what the field takes), label and note; a code of two rows carries the key behind it.

    With `anywhere`, rows of the directory, also those that the person may not read.
    """
    code = resource.lookup[0] if resource.lookup else "pk"
    title, told = title_path(resource), _told(resource)
    paths = dict.fromkeys(["pk", code, title, *(column.path for column in told)])
    found = _in_directory(resource, text.strip()) if anywhere else _matching(resource, user, text.strip())
    rows = list(found.order_by("pk").values(*paths)[:A_LIST])
    seen = resource.all_rows() if anywhere else resource.queryset(user)
    same = seen.filter(**{f"{code}__in": [row[code] for row in rows]}).order_by().values(code)
    twice = set(same.annotate(n=Count("pk")).filter(n__gt=1).values_list(code, flat=True))
    return [_hit(row, code, title, told, unique=row[code] not in twice) for row in rows]


def _told(resource: Resource) -> list[Column]:
    """Return the columns that tell rows apart: those they are looked up by, and those of the natural key."""
    by_path = {column.path: column for column in resource.by_name.values()}
    found = [by_path.get(path) for path in resource.lookup] + [resource.by_name.get(name) for name in resource.natural_key]
    return list({column.path: column for column in found if column is not None and column.kind in ("text", "choice")}.values())


def _hit(row: dict[str, Any], code: str, title: str, told: list[Column], *, unique: bool) -> dict[str, str]:
    note = " · ".join(words(row[column.path], column) for column in told if column.path != title and row[column.path])
    value = str(row[code]) if unique else f"{row[code]} #{row['pk']}"
    return {"value": value, "label": str(row[title]), "note": note}


@dataclass(frozen=True)
class Hits:
    """What was found in one table."""

    label: Any
    links: list[Link]
    all_url: str = ""


def find_everywhere(request: HttpRequest, text: str) -> list[Hits]:
    """Return the pages and the rows of every searchable table that match, a few of each."""
    text = text.strip()[:100]
    if not text:
        return [Hits(_("页面"), _pages(request, ""))]
    rights, path = access(request.user), scope_of(request).path
    readable = [resource for resource in resources if resource.search and rights.can(resource.view_permission)]
    found = [Hits(_("页面"), _pages(request, text)), *(_rows(resource, request.user, text, path) for resource in readable)]
    found += [Hits(finder.label, list(finder.find(request.user, text, A_FEW))) for finder in finders]
    return [hits for hits in found if hits.links]


def _pages(request: HttpRequest, text: str) -> list[Link]:
    pages = [page for group in Frame(request).menu for page in group["pages"]]
    if not text:
        return pages[:A_LIST]
    wanted = text.casefold()
    return [page for page in pages if wanted in str(page.label).casefold() or f"py{wanted}" in tokens(str(page.label))][:A_FEW]


def _rows(resource: Resource, user: Any, text: str, path: str) -> Hits:
    code = resource.lookup[0] if resource.lookup else "pk"
    title = title_path(resource)
    rows = _matching(resource, user, text, path).order_by("pk").values(*dict.fromkeys(["pk", code, title]))[: A_FEW + 1]
    links = [Link(row[title], row_url(resource.key, row["pk"]), key=str(row[code]), kind="row") for row in rows]
    return Hits(resource.label, links[:A_FEW], list_url(resource, [("q", text)]) if len(links) > A_FEW else "")
