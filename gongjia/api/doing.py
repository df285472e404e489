"""Writing: one operation an action; it takes one row or a list and writes all of them or, when asked to, the good ones."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI

from gongjia.api import schema
from gongjia.api.answers import answer, failure, problem_json
from gongjia.core.access import access
from gongjia.core.action import Action
from gongjia.core.asking import ask, way
from gongjia.core.problems import Forbidden, NeedsRequest, Problem, Refused
from gongjia.core.resource import NotFound, resources

_DECODE = msgspec.json.Decoder(float_hook=Decimal).decode
_PARTIAL: schema.Schema = {
    "in": "query",
    "name": "partial",
    "required": False,
    "description": gettext_lazy("1：好的行先写入，有问题的行退回；不写则全部写入或全部不写"),
    "schema": {"enum": ["0", "1"]},
}


def rows_of(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the body as a list of objects; raises Refused for anything else."""
    try:
        data = _DECODE(request.body)
    except (msgspec.DecodeError, ValueError) as broken:
        raise Refused([Problem("bad_json", _("送来的不是 JSON：%(reason)s") % {"reason": broken})]) from None
    rows = data if isinstance(data, list) else [data]
    if not rows:
        raise Refused([Problem("empty", _("没有送来任何一行。"))])
    strange = [index for index, row in enumerate(rows) if not isinstance(row, dict)]
    if strange:
        raise Refused([Problem("not_an_object", _("每一行应是一个 JSON 对象。"), row=index) for index in strange])
    return rows


def versions_of(request: HttpRequest, action: Action, rows: list[dict[str, Any]]) -> dict[int, int]:
    """Take the versions out of the rows of an edit and return them by primary key."""
    if not action.is_edit or "version" in action.input_type.model_fields:
        return {}
    read = {row.get("id"): row.pop("version") for row in rows if "version" in row}
    for version in read.values():
        if not isinstance(version, int):
            raise Refused([Problem("bad_value", _("version 应是整数。"), "version", value=version)])
    keys: Mapping[Any, int] = (
        resources[action.subject].resolve(request.user, {key for key in read if isinstance(key, (str, int))}) if read else {}
    )
    return {keys[key]: version for key, version in read.items() if key in keys}


def do(request: HttpRequest, action: Action) -> HttpResponse:
    """Run an action and answer what it wrote, or every problem of every row; what must be asked for becomes a draft request."""
    how = way(access(request.user), action)
    if not how:
        raise NeedsRequest(action.ask_permission) if action.by_request else Forbidden(action.permission)
    rows = rows_of(request)
    if how == "ask":
        versions_of(request, action, rows)
        asked = ask(request.user, action, rows)
        return answer({"request": asked.key, "url": asked.url}, 202)
    partial = request.GET.get("partial") == "1"
    expected = versions_of(request, action, rows)
    outcome = action.run_many(request.user, rows, origin="json", all_or_nothing=not partial, expected=expected)
    refused = len({problem.row for problem in outcome.problems if problem.refuses})
    if refused and not outcome.ids:
        raise Refused(outcome.problems)
    batch = outcome.batch.pk if outcome.batch else None
    return answer({"ids": outcome.ids, "refused": refused, "problems": [problem_json(p) for p in outcome.problems], "batch": batch})


def add_action(api: NinjaAPI, action: Action) -> None:
    """Add the operation of an action."""

    @api.post(
        f"/actions/{action.key}",
        operation_id=action.key.replace(".", "_"),
        summary=action.label,
        description=action.help or action.label,
        tags=[action.subject],
        openapi_extra={
            "parameters": [_PARTIAL],
            "requestBody": schema.action_body(action),
            "responses": schema.responses(schema.DONE, 403, 404, 409, 413, 422) | schema.ASKED,
        },
    )
    def run(request: HttpRequest) -> HttpResponse:
        return do(request, action)


def refused(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """Answer a refusal: 400 for a question that was asked wrongly, 422 for rows that cannot be written."""
    problems = refusal.problems if isinstance(refusal, Refused) else []
    asking = request.method == "GET"
    message = _("问得不对；见 problems。") if asking else _("有问题，什么也没有写入；见 problems。")
    return failure(400 if asking else 422, "bad_request" if asking else "refused", message, problems)


def missing(request: HttpRequest, lost: Exception) -> HttpResponse:
    """Answer that a row is not there, or not for the caller's eyes; both read the same."""
    what = str(lost) if isinstance(lost, NotFound) else ""
    return failure(404, "not_found", _("没有这一条，或不在你能看的范围内。"), subject=what)


def forbidden(request: HttpRequest, no: Exception) -> HttpResponse:
    """Answer which permission is lacking."""
    return failure(403, "forbidden", _("你没有这个权限：%(permission)s") % {"permission": no}, permission=str(no))


def conflict(request: HttpRequest, newer: Exception) -> HttpResponse:
    return failure(409, "conflict", newer)
