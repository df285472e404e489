"""What the address of a JSON list asks for. A program is told what it got wrong; nothing is silently left out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from gongjia.core.problems import Problem, Refused
from gongjia.core.query import SIZE, Query, fits, is_cursor
from gongjia.core.resource import Resource, resources

OWN = ("q", "sort", "after", "size", "unit", "columns")
MOST = 500


def read_query(resource: Resource, request: HttpRequest) -> Query:
    """Return the query of an address; raises Refused naming every parameter that is not understood."""
    data = request.GET
    problems: list[Problem] = []
    filters = {name: data.getlist(name) for name in data if name not in OWN}
    for name, values in filters.items():
        problems += _filter_problems(resource, name, values)
    columns = [name for name in data.get("columns", "").split(",") if name]
    problems += [_unknown("columns", name) for name in columns if name not in resource.by_name]
    problems += _order_problems(resource, data)
    if problems:
        raise Refused(problems)
    return Query(
        q=data.get("q", "")[:200],
        filters=filters,
        sort=data.get("sort", ""),
        after=data.get("after", ""),
        size=int(data.get("size") or SIZE),
        unit_path=_unit_path(resource, request.user, data.get("unit", "")),
        columns=columns,
    )


def _unknown(field: str, value: str) -> Problem:
    return Problem("unknown_parameter", _("没有“%(name)s”这一项。") % {"name": value}, field, value=value)


def _filter_problems(resource: Resource, name: str, values: list[str]) -> list[Problem]:
    column_name, _sign, operator = name.partition("__")
    column = resource.by_name.get(column_name)
    if column is None or not column.filter or operator not in ("", "gte", "lte", "gt", "lt", "empty"):
        return [_unknown(name, name)]
    bad = [value for value in values if value and not fits(column, operator, value)]
    return [Problem("bad_value", _("“%(value)s”不能与“%(label)s”比较。") % {"value": v, "label": column.label}, name, value=v) for v in bad]


def _order_problems(resource: Resource, data: QueryDict) -> list[Problem]:
    problems = []
    sort = resource.by_name.get(data.get("sort", "").lstrip("-"))
    if data.get("sort") and (sort is None or not sort.sort):
        problems.append(_unknown("sort", data["sort"]))
    if data.get("after") and not is_cursor(data["after"]):
        problems.append(Problem("bad_cursor", _("after 不是上一页给出的 next。"), "after", value=data["after"]))
    size = data.get("size", "")
    if size and not (size.isascii() and size.isdigit() and 1 <= int(size) <= MOST):
        problems.append(Problem("bad_value", _("size 应为 1 至 %(most)s。") % {"most": MOST}, "size", value=size))
    return problems


def _unit_path(resource: Resource, user: Any, code: str) -> str:
    """Return the path of the unit with this code; one that the caller may not see is as unknown as one that is not there."""
    if not code:
        return ""
    units = resources["org.unit"]
    found = units.resolve(user, {code})
    if code not in found:
        raise Refused([Problem("unknown_reference", _("找不到单位“%(value)s”。") % {"value": code}, "unit", value=code)])
    return str(units.get(user, found[code]).path)
