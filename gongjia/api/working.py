"""Jobs over JSON: how far, how it ended, stop it, fetch what it made. A person sees her own."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI

from gongjia.api import schema
from gongjia.api.answers import answer
from gongjia.core import files
from gongjia.core.jobs import cancel
from gongjia.core.models import Job
from gongjia.core.resource import NotFound


def _own(request: HttpRequest, pk: int) -> Job:
    row = Job.objects.select_related("result_file").filter(pk=pk, actor=request.user).first() if pk < 2**63 else None
    if row is None:
        raise NotFound("core.job")
    return row


def _told(row: Job) -> HttpResponse:
    return answer(
        {
            "id": row.pk,
            "kind": row.kind,
            "state": row.state,
            "done": row.done,
            "total": row.total,
            "message": row.message,
            "result": row.result,
            "file": reverse("api:job_file", args=[row.pk]) if row.result_file_id else None,
            "created_at": row.created_at,
            "finished_at": row.finished_at,
        }
    )


def add_jobs(api: NinjaAPI) -> None:
    """Add the operations of jobs."""
    told = {"responses": schema.responses(schema.JOB, 404)}

    @api.get("/jobs/{int:pk}", operation_id="get_job", summary=_("任务"), tags=["core.job"], openapi_extra=told)
    def read_job(request: HttpRequest, pk: int) -> HttpResponse:
        return _told(_own(request, pk))

    @api.post("/jobs/{int:pk}/cancel", operation_id="cancel_job", summary=_("请任务停止"), tags=["core.job"], openapi_extra=told)
    def cancel_job(request: HttpRequest, pk: int) -> HttpResponse:
        cancel(_own(request, pk))
        return _told(_own(request, pk))

    @api.get("/jobs/{int:pk}/file", operation_id="get_job_file", summary=_("任务的结果文件"), tags=["core.job"], url_name="job_file")
    def read_file(request: HttpRequest, pk: int) -> HttpResponseBase:
        stored = _own(request, pk).result_file
        if stored is None:
            raise NotFound("core.job")
        path = files.path_of(stored)
        return FileResponse(path.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.content_type)
