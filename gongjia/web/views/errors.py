"""Pages for what went wrong: what it was, that nothing was lost, what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjia.core.permissions import all_permissions
from gongjia.web.shapes import Link


def _answer(request: HttpRequest, code: int, title: str, text: str) -> HttpResponse:
    acts = [Link(_("回工作台"), reverse("web:desk")), Link(_("搜索"), reverse("web:search"))]
    page = {"code": code, "title": title, "text": text, "acts": acts}
    return render(request, "web/error.html", {"page": page, "title": title}, status=code)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: which permission is missing, and who can give it."""
    label = all_permissions().get(str(exception or ""), "")
    what = _("你没有“%(label)s”的权限。") % {"label": label} if label else _("你的权限不包括这一页。")
    return _answer(request, 403, _("这里需要别的权限"), what + _("需要的话，请本单位系统管理员授权；没有任何内容被改动。"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing there, or nothing that this person may know of."""
    return _answer(request, 404, _("没有这一页"), _("地址可能写错了，或这条记录不在你的权限范围内。可以用编号或名称搜索。"))


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault, with nothing half-written."""
    try:
        return _answer(request, 500, _("程序出错了"), _("刚才的操作没有写入任何内容，可以返回重试；再次出现请把时间告诉系统管理员。"))
    except Exception:  # the page itself may be what is broken
        return HttpResponse(_("程序出错了，没有写入任何内容。请返回重试。"), status=500, content_type="text/plain; charset=utf-8")


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the CSRF check: the form is too old; named in settings."""
    return _answer(request, 403, _("页面已过期"), _("请返回上一页，刷新后再提交；填过的内容在草稿里，不会丢。"))
