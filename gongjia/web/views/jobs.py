"""Jobs of the person: list, page, cancel, result; exports begin here."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjia.core import files
from gongjia.core.jobs import cancel, enqueue
from gongjia.core.models import Attachment, Job, StoredFile
from gongjia.core.resource import Resource, resources
from gongjia.web.asked import read_address
from gongjia.web.scope import WITHIN, scope_for, scope_of
from gongjia.web.views.entry import readable, signed_in
from gongjia.web.working import JobPage


def _own(request: HttpRequest, pk: int) -> Job:
    row = Job.objects.select_related("result_file").filter(pk=pk, actor=request.user).first()
    if row is None:
        raise Http404
    return row


@require_GET
@signed_in
def job_list(request: HttpRequest) -> HttpResponse:
    """The person's last jobs."""
    rows = Job.objects.select_related("result_file").filter(actor=request.user).order_by("-id")[:100]
    return render(request, "web/jobs.html", {"jobs": [JobPage(row) for row in rows], "title": _("我的任务")})


@require_GET
@signed_in
def job_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One job; its body alone while the page asks again and again."""
    page = JobPage(_own(request, pk))
    template = "web/job_body.html" if request.headers.get("HX-Request") else "web/job.html"
    return render(request, template, {"page": page, "title": page.title})


@require_POST
@signed_in
def cancel_job(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one's job to stop."""
    cancel(_own(request, pk))
    return redirect("web:job", pk)


def _download(stored: StoredFile, name: str) -> FileResponse:
    response = FileResponse(files.path_of(stored).open("rb"), as_attachment=True, filename=name, content_type=stored.content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
@signed_in
def job_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over the file that one's job made."""
    row = _own(request, pk)
    if row.result_file is None:
        raise Http404
    return _download(row.result_file, row.result_file.name)


@require_GET
@signed_in
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over a document to those who may see the record that it hangs on."""
    found = Attachment.objects.select_related("file").filter(pk=pk).first()
    if found is None or found.subject not in resources:
        raise Http404
    resources[found.subject].get(request.user, found.subject_id)
    return _download(found.file, found.file.name)


@require_GET
@readable
def export_page(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Ask for format and columns of an export of what the list shows."""
    asked = read_address(resource, request.GET)
    shown = set(asked.columns) or {name for name, column in resource.by_name.items() if column.shown}
    page = {
        "label": resource.label,
        "key": resource.key,
        "columns": list(resource.by_name.values()),
        "shown": shown,
        "query": urlencode(asked.pairs(leave=["col"])),
        "scope": scope_of(request).label,
    }
    return render(request, "web/export.html", {"page": page, "title": _("导出")})


def _path_of(request: HttpRequest) -> str:
    """Return the subtree that the exported list showed: that of its address, else the chosen one."""
    within = QueryDict(request.POST.get("query", "")).get(WITHIN, "")
    return scope_for(request.user, within).path if within else scope_of(request).path


@require_POST
@readable
def export_start(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Start the export in the background and go to its page."""
    shape = "csv" if request.POST.get("format") == "csv" else "xlsx"
    columns = [name for name in request.POST.getlist("col") if name in resource.by_name]
    if not columns:
        messages.warning(request, _("请至少选一列。"))
        return redirect(f"{reverse('web:export', args=resource.key.split('.'))}?{request.POST.get('query', '')}")
    row = enqueue(
        "web.export",
        request.user,
        resource=resource.key,
        query=request.POST.get("query", ""),
        columns=columns,
        shape=shape,
        path=_path_of(request),
        language=getattr(request, "LANGUAGE_CODE", "zh-hans"),
    )
    return redirect("web:job", row.pk)
