"""The one search, the scope chooser, the camera's page, the list of keys."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongjia.core.resource import resources
from gongjia.web import scope
from gongjia.web.looking import find_everywhere, look_up
from gongjia.web.views.entry import signed_in
from gongjia.web.views.sign_in import safe_next


@require_GET
@signed_in
def search(request: HttpRequest) -> HttpResponse:
    """Hits over pages and tables; only the hits when the search dialog asks."""
    text = request.GET.get("q", "")
    context = {"hits": find_everywhere(request, text), "q": text, "title": _("搜索")}
    return render(request, "web/hits.html" if request.headers.get("HX-Request") else "web/search.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def choose_scope(request: HttpRequest) -> HttpResponse:
    """Show the units that match, or keep the chosen one for all following pages."""
    if request.method == "POST":
        if not scope.choose(request, request.POST.get("unit", "")):
            return HttpResponseForbidden(_("这个单位不在你的权限范围内。"))
        return redirect(safe_next(request))
    units = _units(request)
    context = {"units": units, "next": safe_next(request), "q": request.GET.get("q", ""), "title": _("单位范围")}
    return render(request, "web/scope_hits.html" if request.headers.get("HX-Request") else "web/scope.html", context)


def _units(request: HttpRequest) -> list[dict[str, object]]:
    if scope.UNIT not in resources:
        return []
    text = request.GET.get("q", "")
    found = resources[scope.UNIT].queryset(request.user)
    if text.strip():
        codes = [hit["value"] for hit in look_up(resources[scope.UNIT], request.user, text)]
        found = found.filter(code__in=codes)
    units = list(found.order_by("path").values("pk", "name", "code", "path")[:60])
    top = min((unit["path"].count(".") for unit in units), default=0)
    return [{**unit, "depth": min(unit["path"].count(".") - top, 5)} for unit in units]


@require_GET
@signed_in
def scan(request: HttpRequest) -> HttpResponse:
    """Read a label with the camera, or type what is printed on it; one hit opens at once."""
    code = request.GET.get("code", "").strip()
    hits = find_everywhere(request, code) if code else []
    links = [link for group in hits for link in group.links]
    exact = [link for link in links if link.key == code]
    if len(exact) == 1:
        return redirect(exact[0].url)
    return render(request, "web/scan.html", {"code": code, "hits": hits, "title": _("扫码")})


@require_GET
@signed_in
def keys(request: HttpRequest) -> HttpResponse:
    """What the keyboard does."""
    walk = _("下一行 / 上一行，并在旁边打开")
    mark = _("选中这一行")
    everywhere, here = _("搜索全部"), _("在本表中搜索")
    listed = [("Ctrl K", everywhere), ("/", here), ("j / k", walk), ("Enter", _("打开这一行")), ("x", mark), ("Esc", _("关闭"))]
    return render(request, "web/keys.html", {"keys": listed, "title": _("键盘操作")})
