"""Light or dark without a script; with one, the page does it itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongjia.web.frame import THEMES
from gongjia.web.views.sign_in import safe_next


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie."""
    response = redirect(safe_next(request))
    if request.POST.get("theme") in THEMES:
        response.set_cookie("theme", request.POST["theme"], max_age=31_536_000, samesite="Lax")
    return response
