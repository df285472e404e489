"""The form of an exception: the action's own fields, with the evidence as an upload."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongjia.core import files
from gongjia.core.action import actions
from gongjia.core.periods import today
from gongjia.core.problems import Problem, Refused
from gongjia.standards.explaining import explain
from gongjia.standards.models import Finding
from gongjia.standards.resources import FINDINGS
from gongjia.web import forming
from gongjia.web.addresses import list_url, row_url
from gongjia.web.shapes import Field, Group
from gongjia.web.views.documents import REFUSED

ACTION = "standards.excuse_finding"


def excuse_form(request: HttpRequest, found: Finding, problems: Sequence[Problem]) -> forming.FormPage:
    """Return the form, with what was typed and what is wrong with it."""
    action = actions[ACTION]
    fresh = {"valid_from": today().isoformat()}
    values = forming.posted(action, request.POST) if request.method == "POST" else {**forming.initial(action, None, request.GET), **fresh}
    groups = [
        Group(group.label, fields=[_upload(field) for field in group.fields]) for group in forming.groups_of(action, values, problems)
    ]
    back = row_url(FINDINGS.key, found.pk)
    return forming.FormPage(
        title=_("登记例外：%(name)s") % {"name": explain(found, alternatives=False).title},
        submit=action.label,
        back=back,
        draft_key=f"excuse:{found.pk}",
        groups=groups,
        says=_("例外有起止日期，须附批件或证明；到期后这条发现自动恢复。"),
        trail=[(_("核查"), list_url(FINDINGS))],
        problems=problems,
    )


def _upload(field: Any) -> Field:
    if field.name != "evidence":
        return field
    return replace(field, kind="file", value="", required=True, help=_("批件、证明或照片，一份文件。"))


def run_excuse(request: HttpRequest, found: Finding) -> list[Problem]:
    """Store the evidence and register the exception; returns what is wrong, and then nothing was registered."""
    action = actions[ACTION]
    typed = forming.filled(action, forming.posted(action, request.POST))
    upload = request.FILES.get("evidence")
    if upload is not None and (upload.size > settings.GONGJIA_MAX_UPLOAD_BYTES or upload.name.lower().endswith(REFUSED)):
        return [Problem("file_refused", _("“%(name)s”的类型或大小不收。") % {"name": upload.name}, "evidence")]
    evidence = {"evidence": _stored(upload)} if upload is not None and upload.size else {}
    try:
        action.run(request.user, {"id": found.pk, **typed, **evidence})
    except Refused as refusal:
        return forming.row_problems(refusal.problems)
    return []


def _stored(upload: Any) -> str:
    return str(files.store_chunks(upload.chunks(), upload.name, upload.content_type or "application/octet-stream").digest)
