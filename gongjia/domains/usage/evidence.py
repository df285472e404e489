"""Evidence: a stored file that an action's input names by its SHA-256, hung on the record that the action writes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongjia.core import files
from gongjia.core.action import Context
from gongjia.core.models import StoredFile
from gongjia.core.problems import Problem


def unknown_file(digest: str | None, field: str, row: int) -> list[Problem]:
    """Return the refusal of a file that was never uploaded."""
    if not digest or StoredFile.objects.filter(digest=digest).exists():
        return []
    return [Problem("unknown_file", _("没有这份已上传的文件。"), field, row, value=digest)]


def missing_file(digest: str | None, field: str, row: int, sentence: str) -> list[Problem]:
    """Return the refusal of a file that is missing or was never uploaded."""
    return unknown_file(digest, field, row) if digest else [Problem("evidence_missing", sentence, field, row)]


def hang(context: Context, subject: str, pk: int, digest: str | None, title: str) -> None:
    """Hang an uploaded file on a record; without one do nothing."""
    if digest:
        files.attach(subject, pk, StoredFile.objects.get(digest=digest), title, context.actor)
