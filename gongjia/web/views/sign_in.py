"""Signing in and out, the demo's one-time links, the answer to too many failures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjia.core.resource import resources
from gongjia.web.forming import FormPage
from gongjia.web.scope import UNIT
from gongjia.web.services import redeem_link
from gongjia.web.shapes import Field, Group
from gongjia.web.views.entry import signed_in


@dataclass(frozen=True)
class SignInPage:
    """What `web/sign_in.html` draws."""

    problem: str = ""
    username: str = ""
    demo: str = ""
    roles: list[Any] = field(default_factory=list)


def safe_next(request: HttpRequest) -> str:
    """Return the address to go on to, if it is one of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours and not target.startswith("/sign-") else "/"


def demo_words() -> str:
    """Say in the demo that the city is invented, and which real province's tables bind it."""
    if not settings.GONGJIA_DEMO or UNIT not in resources:
        return ""
    root = resources[UNIT].all_rows().filter(parent__isnull=True, vertical=False).order_by("pk").first()
    code = root.division if root is not None else ""
    return _("演示数据：城市、单位和人名都是虚构的；挂在真实的行政区划代码 %(code)s 之下，好让该省真实的标准对它生效。") % {"code": code}


def _draw(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    page = SignInPage(problem, request.POST.get("username", ""), demo_words())
    return render(request, "web/sign_in.html", {"page": page, "title": _("登录")}, status=status)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Check name and password; a wrong one says so without saying which."""
    if request.user.is_authenticated:
        return redirect(safe_next(request))
    if request.method == "GET":
        return _draw(request)
    user = authenticate(request, username=request.POST.get("username", ""), password=request.POST.get("password", ""))
    if user is None:
        return _draw(request, _("用户名或密码不对。请核对大小写和输入法后再试。"))
    login(request, user)
    return redirect(safe_next(request))


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Answer a locked account; named in settings for django-axes."""
    return _draw(request, _("连续输错太多次，这个账号已暂时锁定。请 15 分钟后再试，或请系统管理员解锁。"), 429)


@never_cache
@require_GET
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Sign the link's person in, once, in the demo only."""
    user = redeem_link(token)
    if user is None:
        return _draw(request, _("这个链接已用过或无效。每次启动演示都会打印新的链接。"), 404)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("/")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("密码已修改。"))
        return redirect("/")
    labels = {"old_password": _("现在的密码"), "new_password1": _("新密码"), "new_password2": _("再输一遍新密码")}
    errors = form.errors if request.method == "POST" else {}
    fields = [Field(name, labels[name], "password", required=True, errors=list(errors.get(name, []))) for name in labels]
    page = FormPage(_("修改密码"), _("修改密码"), "/", "", [Group("", fields=fields)], says=_("至少 10 个字符，不要全是数字。"))
    return render(request, "web/password.html", {"page": page, "title": page.title})
