"""How the door answers: JSON by msgspec, exact numbers as text, one shape for everything that went wrong."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongjia.core.problems import Problem

log = logging.getLogger(__name__)
_ENCODE = msgspec.json.Encoder(decimal_format="string", enc_hook=str).encode


def answer(data: Any, status: int = 200) -> HttpResponse:
    """Return `data` as JSON, never cached by anybody in between."""
    return HttpResponse(_ENCODE(data), status=status, content_type="application/json", headers={"Cache-Control": "private, no-store"})


def problem_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as its fields; `row` counts from 0 in what was sent."""
    return {
        "row": problem.row,
        "field": problem.field,
        "code": problem.code,
        "level": problem.level,
        "message": str(problem.message),
        "value": problem.value,
    }


def failure(status: int, error: str, message: Any, problems: Sequence[Problem] = (), **more: Any) -> HttpResponse:
    """Return what went wrong: a stable word for programs, a sentence for people, the problems one by one."""
    body: Mapping[str, Any] = {"error": error, "message": str(message), "problems": [problem_json(p) for p in problems], **more}
    return answer(body, status)


def not_found(request: HttpRequest, lost: Exception | None = None) -> HttpResponse:
    """Answer that there is nothing, or nothing for the caller's eyes; both read the same."""
    return failure(404, "not_found", _("没有这一条，或不在你能看的范围内。"))


def broken(request: HttpRequest, error: Exception | None = None) -> HttpResponse:
    """Answer that the fault is ours; what it was goes to the log, never to the caller."""
    if error is not None:
        log.error("%s %s failed", request.method, request.path, exc_info=error)
    return failure(500, "broken", _("程序出错了，没有写入任何内容。请返回重试。"))
