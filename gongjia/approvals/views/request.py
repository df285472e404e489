"""The page of one request, and the file of the route that it draws."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjia.approvals.models import Notice, Request, RouteVersion
from gongjia.approvals.page import RequestPage
from gongjia.approvals.resources import REQUESTS, ROUTES
from gongjia.approvals.services.deciding import Place, earlier_steps
from gongjia.approvals.tracking import version_of
from gongjia.core.resource import NotFound
from gongjia.web.addresses import list_url
from gongjia.web.shapes import Field
from gongjia.web.views.entry import signed_in


def read(http: HttpRequest, pk: int) -> Request:
    """Return one request that this person may see; raises NotFound."""
    rows = REQUESTS.queryset(http.user).select_related("unit", "applicant__person__unit", "route_version__route", "batch")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound(REQUESTS.key)
    return found


@require_GET
@signed_in
def request_page(http: HttpRequest, pk: int) -> HttpResponse:
    """One request in full, or beside a list; what was told of it is read now."""
    page = RequestPage(http, read(http, pk))
    given = {"page": page, "r": page.request, "title": page.request.title, "trail": [(_("申请"), list_url(REQUESTS))]}
    if "beside" in http.GET:
        return render(http, "approvals/beside.html", given)
    Notice.objects.filter(request=pk, user=http.user, read_at__isnull=True).update(read_at=timezone.now())
    back = earlier_steps(page.may.steps[0].pk) if page.may.steps else {}
    return render(http, "approvals/request.html", {**given, "back": back, "people": people_fields(), "places": Place.choices})


def people_fields() -> dict[str, Field]:
    """Return the fields in which a colleague is named: to sign as well, or to read."""
    return {
        "signer": Field("user", _("加签人"), "ref", id="id-signer", ref="org.user", anywhere=True, required=True),
        "reader": Field("user", _("抄送给"), "ref", id="id-reader", ref="org.user", anywhere=True, required=True),
    }


@require_GET
@signed_in
def request_route(http: HttpRequest, pk: int) -> HttpResponse:
    """The route of a request as BPMN, for those who may see the request."""
    version = version_of(read(http, pk))
    if version is None:
        raise Http404("route")
    return bpmn(version)


@require_GET
@signed_in
def route_file(http: HttpRequest, pk: int) -> HttpResponse:
    """One version of a route as BPMN."""
    version = RouteVersion.objects.filter(pk=pk, route__in=ROUTES.queryset(http.user)).first()
    if version is None:
        raise Http404("route")
    return bpmn(version)


def bpmn(version: RouteVersion) -> HttpResponse:
    name = f"{version.route.key}-{version.number}.bpmn"
    return HttpResponse(
        version.bpmn, content_type="application/xml; charset=utf-8", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
