"""Hanging a document on a record."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongjia.core import files
from gongjia.core.access import access
from gongjia.core.resource import Resource
from gongjia.web.addresses import row_url
from gongjia.web.panels import ATTACH
from gongjia.web.views.entry import by_key

REFUSED = (".exe", ".dll", ".bat", ".cmd", ".js", ".vbs", ".scr", ".msi", ".html", ".htm", ".svg")


def refuses(upload: UploadedFile | None) -> str:
    """Return in a sentence why an upload is not taken, '' when it is."""
    if upload is None or not upload.size:
        return _("还没有选择文件，或文件是空的。")
    if upload.size > settings.GONGJIA_MAX_UPLOAD_BYTES or str(upload.name).lower().endswith(REFUSED):
        return _("“%(name)s”的类型或大小不收。") % {"name": upload.name}
    return ""


@require_POST
@by_key
def attach(request: HttpRequest, resource: Resource, pk: int) -> HttpResponse:
    """Store the uploaded file and hang it on a row that this person may see, with the right to attach there."""
    row = resource.get(request.user, pk)
    unit = resource.units_of([pk]).get(pk) if resource.scope else None
    if not access(request.user).can(ATTACH, unit):
        raise PermissionDenied(ATTACH)
    upload = request.FILES.get("file")
    refusal = refuses(upload)
    if refusal or upload is None:
        messages.warning(request, refusal, extra_tags="doubt")
    else:
        stored = files.store_chunks(upload.chunks(), upload.name, upload.content_type or "application/octet-stream")
        files.attach(resource.key, row.pk, stored, upload.name[-200:], request.user)
        messages.success(request, _("已添加“%(name)s”。") % {"name": upload.name})
    return redirect(row_url(resource.key, pk))
