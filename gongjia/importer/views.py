"""The wizard: upload, check sheet and columns, see what will happen, mend, commit, undo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjia.core import files
from gongjia.core.access import access
from gongjia.importer import services
from gongjia.importer.deciding import map_values, read_decisions
from gongjia.importer.entry import importing, own_session
from gongjia.importer.models import ImportSession
from gongjia.importer.paging import SessionPage
from gongjia.importer.targets import NoTarget, importable


@require_http_methods(["GET", "POST"])
@importing
def imports(request: HttpRequest) -> HttpResponse:
    """List one's imports, and take a new file."""
    if request.method == "POST":
        return upload(request)
    rights = access(request.user)
    targets = sorted((made for made in importable() if rights.can(made.create)), key=lambda made: made.key != "ledger.asset")
    rows = ImportSession.objects.filter(actor=request.user).order_by("-id")[:30]
    labels = {made.key: made.label for made in targets}
    context = {"targets": targets, "rows": rows, "labels": labels, "into": request.GET.get("into", ""), "title": _("导入"),
               "limit": settings.GONGJIA_MAX_UPLOAD_BYTES >> 20}  # fmt: skip
    return render(request, "importer/imports.html", context)


def upload(request: HttpRequest) -> HttpResponse:
    """Store the file and begin; a file that is missing or too large is said at once."""
    sent = request.FILES.get("file")
    if sent is None or not sent.size:
        messages.warning(request, _("还没有选择文件，或文件是空的。"), extra_tags="doubt")
        return redirect("importer:imports")
    if sent.size > settings.GONGJIA_MAX_UPLOAD_BYTES:
        text = _("“%(name)s”超过 %(limit)s MB，请拆成几个文件。")
        messages.warning(request, text % {"name": sent.name, "limit": settings.GONGJIA_MAX_UPLOAD_BYTES >> 20}, extra_tags="breach")
        return redirect("importer:imports")
    stored = files.store_chunks(sent.chunks(), sent.name or "", sent.content_type or "application/octet-stream")
    try:
        session = services.begin(request.user, stored, sent.name or "", request.POST.get("into", ""))
    except NoTarget as no:
        raise Http404(str(no)) from no
    return redirect("importer:session", session.pk)


@require_GET
@own_session
def session_page(request: HttpRequest, session: ImportSession) -> HttpResponse:
    """Show where an import stands; the moving part alone while the page asks again."""
    page = SessionPage(session, request.GET)
    if request.headers.get("HX-Request") and session.busy:
        return render(request, "importer/progress.html", {"page": page})
    answer = render(request, f"importer/{page.template}.html", {"page": page, "title": page.title})
    if request.headers.get("HX-Request"):
        answer = HttpResponse(headers={"HX-Refresh": "true"})
    return answer


@require_POST
@own_session
def look(request: HttpRequest, session: ImportSession) -> HttpResponse:
    """Read again with another sheet, header row or profile."""
    if session.is_open:
        row, depth = request.POST.get("header", ""), request.POST.get("depth", "1")
        header = int(row) if row.isdecimal() else None
        sheet = request.POST.get("sheet", "")
        if sheet != session.sheet:
            header = None
        services.look_again(session, sheet, header, 2 if depth == "2" else 1, request.POST.get("profile", ""))
    return redirect("importer:session", session.pk)


@require_POST
@own_session
def decide(request: HttpRequest, session: ImportSession) -> HttpResponse:
    """Take the decisions about columns, keep them as a profile when a name is given, and preview."""
    if session.is_open:
        session.plan = read_decisions(session, request.POST)
        if name := request.POST.get("keep", "").strip():
            services.keep_profile(session, request.user, name)
            messages.success(request, _("已保存导入方案“%(name)s”。") % {"name": name})
        services.decide(session, session.plan, session.edits)
    return redirect("importer:session", session.pk)


@require_POST
@own_session
def mend(request: HttpRequest, session: ImportSession) -> HttpResponse:
    """Take corrected cells and translated values, and preview again."""
    if session.is_open:
        edits = dict(session.edits)
        for name, text in request.POST.items():
            place = name.removeprefix("cell-")
            if place != name and text != request.POST.get(f"was-{place}", ""):
                edits[place] = text[:2000]
        services.decide(session, map_values(session, request.POST), edits)
    return redirect("importer:session", session.pk)


@require_POST
@own_session
def act(request: HttpRequest, session: ImportSession, verb: str) -> HttpResponse:
    """Go back to the columns, commit, or undo."""
    if verb == "back" and session.is_open:
        ImportSession.objects.filter(pk=session.pk).update(state=ImportSession.State.MAPPED)
    elif verb == "commit" and session.state == ImportSession.State.PREVIEWED:
        services.commit(session)
    elif verb == "undo" and session.state == ImportSession.State.DONE:
        services.undo(session)
    return redirect("importer:session", session.pk)


@require_GET
@own_session
def marked(request: HttpRequest, session: ImportSession) -> FileResponse:
    """Hand back the workbook with the marked cells."""
    stored: Any = session.marked
    if stored is None:
        raise Http404
    answer = FileResponse(files.path_of(stored).open("rb"), as_attachment=True, filename=stored.name, content_type=stored.content_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
