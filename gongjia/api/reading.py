"""Reading: one operation for the list of each resource and one for a row, from the declaration alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI

from gongjia.api import schema
from gongjia.api.answers import answer
from gongjia.api.asked import read_query
from gongjia.core.access import access
from gongjia.core.masking import cover, masked
from gongjia.core.problems import Forbidden
from gongjia.core.query import page
from gongjia.core.resource import NotFound, Resource


def _guard(request: HttpRequest, resource: Resource) -> None:
    if not access(request.user).can(resource.view_permission):
        raise Forbidden(resource.view_permission)


def _renamed(row: dict[str, Any]) -> dict[str, Any]:
    return {"id": row.pop("pk"), **row}


def list_of(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Answer one page of a resource."""
    _guard(request, resource)
    found = page(resource, request.user, read_query(resource, request))
    rows = [_renamed(row) for row in found.rows]
    return answer({"rows": rows, "next": found.next or None, "count": found.count, "capped": found.capped})


def row_of(request: HttpRequest, resource: Resource, pk: int) -> HttpResponse:
    """Answer one row with every column, and its version where it has one."""
    _guard(request, resource)
    columns = resource.by_name
    versioned = ["version"] if any(field.name == "version" for field in resource.model._meta.concrete_fields) else []
    paths = dict.fromkeys(["pk", *(column.path for column in columns.values()), *versioned])
    row = resource.queryset(request.user).filter(pk=pk).values(*paths).first() if pk < 2**63 else None
    if row is None:
        raise NotFound(resource.key)
    hidden = masked(resource, request.user)
    whole = {"id": row["pk"], **{name: cover(row[c.path]) if name in hidden else row[c.path] for name, c in columns.items()}}
    return answer({**whole, **{name: row[name] for name in versioned}})


def add_resource(api: NinjaAPI, resource: Resource) -> None:
    """Add the two operations of a resource."""
    path = "/" + resource.key.replace(".", "/")
    name = resource.key.replace(".", "_")

    @api.get(
        path,
        operation_id=f"list_{name}",
        summary=resource.label,
        tags=[resource.key],
        openapi_extra={
            "parameters": schema.list_parameters(resource),
            "responses": schema.responses(schema.list_schema(resource), 400, 403),
        },
    )
    def read_list(request: HttpRequest) -> HttpResponse:
        return list_of(request, resource)

    @api.get(
        path + "/{int:pk}",
        operation_id=f"get_{name}",
        summary=resource.label,
        description=_("一条记录的全部列"),
        tags=[resource.key],
        openapi_extra={"responses": schema.responses(schema.row_schema(resource, whole=True), 403, 404)},
    )
    def read_row(request: HttpRequest, pk: int) -> HttpResponse:
        return row_of(request, resource, pk)
