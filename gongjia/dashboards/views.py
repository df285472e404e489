"""The cockpit on a desk or on a wall, and the one page on screen or on paper."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjia.core.access import access
from gongjia.core.periods import today
from gongjia.dashboards.cockpit import panes_of
from gongjia.dashboards.headline import headline
from gongjia.dashboards.looking import Look
from gongjia.dashboards.menu import VIEW
from gongjia.dashboards.one_page import fitted, foot, one_page
from gongjia.web.scope import scope_of
from gongjia.web.views.entry import signed_in


def look_of(request: HttpRequest) -> Look:
    """Return what this person looks at; raises PermissionDenied for one who may not."""
    if not access(request.user).can(VIEW):
        raise PermissionDenied(VIEW)
    return Look(request.user, today(), scope_of(request))


@require_GET
@signed_in
def cockpit(request: HttpRequest) -> HttpResponse:
    """Figures and charts of the chosen units; `?wall=1` for a wall screen."""
    look = look_of(request)
    context = {
        "look": look,
        "figures": list(headline(look)),
        "panes": list(panes_of(look)),
        "title": _("驾驶舱"),
        "query": request.GET.urlencode(),
    }
    return render(request, "dashboards/wall.html" if request.GET.get("wall") else "dashboards/cockpit.html", context)


@require_GET
@signed_in
def one_page_html(request: HttpRequest) -> HttpResponse:
    """The one page on screen, every number linked."""
    look = look_of(request)
    context = {"look": look, "page": one_page(look), "foot": foot(look), "query": request.GET.urlencode(), "title": _("公家一页")}
    return render(request, "dashboards/one_page.html", context)


@require_GET
@signed_in
def one_page_pdf(request: HttpRequest) -> HttpResponse:
    """The one page as PDF, on A4."""
    look = look_of(request)
    sheet = fitted(look, request.build_absolute_uri("/").rstrip("/"))
    name = f"gongjia-{look.on.isoformat()}.pdf"
    return HttpResponse(sheet, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
