"""The one NinjaAPI, made from the registries when the addresses are loaded."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as BadParameter

from gongjia.api import doing
from gongjia.api.answers import answer, broken, failure, not_found
from gongjia.api.auth import PageAuth, TokenAuth
from gongjia.api.doing import add_action
from gongjia.api.reading import add_resource
from gongjia.api.working import add_jobs
from gongjia.core.action import actions
from gongjia.core.problems import Conflict, Forbidden, Refused
from gongjia.core.resource import NotFound, resources

VERSION = "1"


def _unknown(request: HttpRequest, sort: str, name: str) -> HttpResponse:
    return failure(404, "unknown", _("没有名为“%(name)s”的%(sort)s。") % {"sort": sort, "name": name})


def _add_failures(api: NinjaAPI) -> None:
    api.add_exception_handler(Refused, doing.refused)
    api.add_exception_handler(NotFound, doing.missing)
    api.add_exception_handler(Forbidden, doing.forbidden)
    api.add_exception_handler(Conflict, doing.conflict)
    api.add_exception_handler(AuthenticationError, lambda request, _error: failure(401, "signed_out", _("请先登录，或带上有效的令牌。")))
    api.add_exception_handler(RequestDataTooBig, lambda request, _error: failure(413, "too_large", _("一次送来的太多；请分批，或用导入。")))
    api.add_exception_handler(HttpError, lambda request, error: failure(error.status_code, "refused", error))
    api.add_exception_handler(BadParameter, not_found)
    api.add_exception_handler(Exception, broken)


def _add_docs(api: NinjaAPI) -> None:
    """Add the schema, in the caller's language, and a page that lists it; nothing foreign is loaded."""

    @api.get("/openapi.json", include_in_schema=False, url_name="openapi")
    def openapi(request: HttpRequest) -> HttpResponse:
        return answer(api.get_openapi_schema(path_prefix="api/"))

    @api.get("/", include_in_schema=False, url_name="docs")
    def docs(request: HttpRequest) -> HttpResponse:
        return render(request, "api/docs.html", {"title": _("接口说明"), "paths": _by_tag(api.get_openapi_schema(path_prefix="api/"))})


def _by_tag(described: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append({"path": path, "method": method.upper(), **operation})
    return groups


def _add_unknown(api: NinjaAPI) -> None:
    """Answer in JSON, too, for what is not declared; must come last."""

    @api.post("/actions/{key}", include_in_schema=False)
    def unknown_action(request: HttpRequest, key: str) -> HttpResponse:
        return _unknown(request, _("动作"), key)

    @api.get("/{app}/{name}", include_in_schema=False)
    def unknown_resource(request: HttpRequest, app: str, name: str) -> HttpResponse:
        return _unknown(request, _("台账"), f"{app}.{name}")


def build() -> NinjaAPI:
    """Make the door from all declared resources and actions."""
    api = NinjaAPI(
        title="Gongjia",
        version=VERSION,
        description=gettext_lazy("每个台账可读，每个动作可做；权限与网页相同。"),
        openapi_url=None,
        docs_url=None,
        urls_namespace="api",
        auth=[TokenAuth(), PageAuth()],
    )
    _add_failures(api)
    _add_docs(api)
    add_jobs(api)
    for declared in resources:
        add_resource(api, declared)
    for done in actions:
        add_action(api, done)
    _add_unknown(api)
    return api
