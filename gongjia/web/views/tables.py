"""List and detail of any resource, saved views, look-ups."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjia.core.resource import NotFound, Resource, resources
from gongjia.web.addresses import list_url
from gongjia.web.detailing import DetailPage, read_row
from gongjia.web.listing import ListPage
from gongjia.web.looking import look_up
from gongjia.web.services import forget_view, save_view
from gongjia.web.views.entry import by_key, readable, signed_in


@require_GET
@readable
def list_page(request: HttpRequest, resource: Resource) -> HttpResponse:
    """The list; for a search within it, only its rows."""
    page = ListPage(resource, request)
    partial = request.headers.get("HX-Target") == "rows"
    return render(request, "web/list_rows.html" if partial else "web/list.html", {"page": page, "title": page.label})


@require_GET
@readable
def detail_page(request: HttpRequest, resource: Resource, pk: int) -> HttpResponse:
    """One row in full, or its short form beside the list."""
    row = read_row(resource, request.user, pk)
    if row is None:
        raise NotFound(resource.key)
    beside = "beside" in request.GET
    page = DetailPage(resource, request, row, panels=not beside)
    return render(request, "web/beside.html" if beside else "web/detail.html", {"page": page, "title": page.name})


@require_GET
@by_key
def lookup(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Rows for a reference field, as JSON."""
    return JsonResponse({"hits": look_up(resource, request.user, request.GET.get("q", ""))})


@require_GET
@signed_in
def directory(request: HttpRequest, key: str) -> HttpResponse:
    """Rows for a field that may name one outside the person's rights: those that the table lists for everybody."""
    resource = resources.get(key)
    if resource is None or resource.directory is None:
        raise Http404(key)
    return JsonResponse({"hits": look_up(resource, request.user, request.GET.get("q", ""), anywhere=True)})


@require_POST
@by_key
def keep_view(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Save the address's conditions under a name."""
    query = request.POST.get("query", "")[:2000]
    if request.POST.get("name", "").strip():
        save_view(request.user, resource.key, request.POST["name"], query)
    return redirect(f"{list_url(resource)}?{query}" if query else list_url(resource))


@require_POST
@signed_in
def drop_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one of one's own views."""
    key = forget_view(request.user, pk)
    if key is None:
        raise Http404
    return redirect("web:list", *key.split("."))
