"""How the door answers: JSON by msgspec, exact numbers as text, one shape for everything that went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.http import HttpResponse

from gongjia.core.problems import Problem

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
