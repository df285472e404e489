"""What went wrong, in the words of the door at which it did: a page for people, JSON for programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from gongjia.api import answers
from gongjia.web.views import errors as pages


def _of_a_program(request: HttpRequest) -> bool:
    """Whether a program asked: addresses of pages end with a stroke, those of the door for programs never."""
    return request.path.startswith("/api/") and not request.path.endswith("/")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, where no address matched."""
    return answers.not_found(request) if _of_a_program(request) else pages.not_found(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """500, before or after the door itself had its turn."""
    return answers.broken(request) if _of_a_program(request) else pages.broken(request)
