"""The way into the import pages: signed in, with the right to import, and only to one's own sessions."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from gongjia.core.access import access
from gongjia.core.problems import Forbidden
from gongjia.importer.menu import IMPORT
from gongjia.importer.models import ImportSession
from gongjia.importer.services import reconcile

View = Callable[..., HttpResponse]


def importing(view: View) -> View:
    """Ask a stranger to sign in, and refuse who may not import."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not access(request.user).can(IMPORT):
            raise PermissionDenied(IMPORT)
        try:
            return view(request, *args, **kwargs)
        except Forbidden as refusal:
            raise PermissionDenied(refusal.permission) from refusal

    return guarded


def own_session(view: View) -> View:
    """Hand the view the session of its address, if it is this person's."""

    @importing
    @wraps(view)
    def guarded(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        found = ImportSession.objects.select_related("job", "batch", "marked", "file").filter(pk=pk, actor=request.user).first()
        if found is None:
            raise Http404
        return view(request, reconcile(found), *args, **kwargs)

    return guarded
