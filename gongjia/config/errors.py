"""What went wrong, in the words of the door at which it did: a page for people, JSON for programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from gongjia.api import answers
from gongjia.web.views import errors as pages


def broken(request: HttpRequest) -> HttpResponse:
    """500, before or after the door itself had its turn."""
    return answers.broken(request) if request.path.startswith("/api/") else pages.broken(request)
