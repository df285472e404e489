"""The way into a page: signed in, the resource known and readable; what the core raises becomes an answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from gongjia.core.access import access
from gongjia.core.problems import Conflict, Forbidden, Refused
from gongjia.core.resource import NotFound, Resource, resources

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Ask a stranger to sign in first; answer 403 and 404 for what the core forbids and does not find.

    What it refuses, and the page does not explain itself, is said on the page that it was sent from.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        try:
            return view(request, *args, **kwargs)
        except Forbidden as refusal:
            raise PermissionDenied(refusal.permission) from refusal
        except NotFound as missing:
            raise Http404(str(missing)) from missing
        except (Refused, Conflict) as refusal:
            if request.method != "POST":
                raise
            return _sent_back(request, refusal)

    return guarded


def _sent_back(request: HttpRequest, refusal: Exception) -> HttpResponse:
    messages.warning(request, str(refusal), extra_tags="doubt")
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return redirect(page if ours else "web:desk")


def readable(view: View) -> View:
    """Hand the view the resource named in its address, if this person may read it at all."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, app: str, name: str, *args: Any, **kwargs: Any) -> HttpResponse:
        resource: Resource | None = resources.get(f"{app}.{name}")
        if resource is None:
            raise Http404(f"{app}.{name}")
        if not access(request.user).can(resource.view_permission):
            raise PermissionDenied(resource.view_permission)
        return view(request, resource, *args, **kwargs)

    return guarded


def by_key(view: View) -> View:
    """Like `readable`, for an address that holds the key in one part."""

    @wraps(view)
    def split(request: HttpRequest, key: str, *args: Any, **kwargs: Any) -> HttpResponse:
        app, _dot, name = key.partition(".")
        return readable(view)(request, app, name, *args, **kwargs)

    return split
