"""The verbs of a request as posts: each runs its action and comes back to the page with what was done or what refused it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from gongjia.approvals.gating import answer_of
from gongjia.approvals.views.request import read
from gongjia.core import files
from gongjia.core.action import actions
from gongjia.core.gate import gates
from gongjia.core.problems import Conflict, Problem, Refused
from gongjia.web.views.documents import refuses
from gongjia.web.views.entry import signed_in


@dataclass(frozen=True)
class Deed:
    """A verb: its action, the fields that it takes, whether it is about a step, and what is said when it is done."""

    action: str
    done: Any
    fields: tuple[str, ...] = ("note",)
    of_step: bool = False


DEEDS: dict[str, Deed] = {
    "approve": Deed("approvals.approve_step", _("已同意。"), of_step=True),
    "refuse": Deed("approvals.refuse_step", _("已签“不同意”。"), of_step=True),
    "return": Deed("approvals.return_step", _("已退回。"), ("note", "to"), of_step=True),
    "sign": Deed("approvals.add_signer", _("已加签。"), ("user", "place", "note"), of_step=True),
    "withdraw": Deed("approvals.withdraw_request", _("已撤回，预留的都已释放。")),
    "void": Deed("approvals.void_request", _("已作废，预留的都已释放。")),
    "remind": Deed("approvals.remind", _("已提醒待签的人。")),
    "copy": Deed("approvals.copy_request", _("已抄送。"), ("user", "note")),
    "comment": Deed("approvals.comment", _("已留言。"), ("text",)),
    "retry": Deed("approvals.retry_request", _("已重新执行。"), ()),
}


def attempt(http: HttpRequest, key: str, raw: Mapping[str, Any]) -> bool:
    """Run an action of approvals; say what refused it. Returns whether it was done."""
    try:
        actions[key].run(http.user, raw)
    except Refused as refusal:
        tell(http, refusal.problems)
    except Conflict as conflict:
        messages.warning(http, str(conflict), extra_tags="doubt")
    else:
        return True
    return False


def tell(http: HttpRequest, problems: list[Problem]) -> None:
    """Say each refusal once."""
    for text in dict.fromkeys(str(problem.message) for problem in problems if problem.refuses):
        messages.warning(http, text, extra_tags="breach")


@require_POST
@signed_in
def do(http: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Do one verb on a request, or on the step that was shown."""
    request, deed = read(http, pk), DEEDS.get(verb)
    if deed is None:
        raise Http404(verb)
    subject = http.POST.get("step", "") if deed.of_step else str(request.pk)
    if not subject.isdigit():
        raise Http404("step")
    raw = {name: http.POST[name].strip() for name in deed.fields if http.POST.get(name, "").strip()}
    if attempt(http, deed.action, {"id": int(subject), **raw}):
        messages.success(http, str(deed.done))
    return redirect("approvals:request", request.pk)


@require_POST
@signed_in
def save(http: HttpRequest, pk: int) -> HttpResponse:
    """Keep title and reason of a draft; `submit` sends it on its way as well."""
    request = read(http, pk)
    typed = {name: http.POST.get(name, "").strip() for name in ("title", "reason")}
    kept = attempt(http, "approvals.edit_draft", {"id": pk, "title": typed["title"] or request.title, "reason": typed["reason"]})
    if kept and "submit" not in http.POST:
        messages.success(http, _now("已保存。"))
    if kept and "submit" in http.POST and attempt(http, "approvals.submit_request", {"id": pk}):
        messages.success(http, _now("已提交，审批进展会通知你。"))
    return redirect("approvals:request", request.pk)


@require_POST
@signed_in
def answer(http: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Keep the applicant's answer to one gate."""
    request = read(http, pk)
    if key not in gates or gates[key].answer is None:
        raise Http404(key)
    if attempt(http, "approvals.answer_gate", {"id": pk, "gate": key, "answer": answer_of(key, http.POST)}):
        messages.success(http, _now("已记下答复。"))
    return redirect(f"{_page(request.pk)}#gate-{key.replace('.', '-')}")


def _page(pk: int) -> str:
    return redirect("approvals:request", pk).url


@require_POST
@signed_in
def attach(http: HttpRequest, pk: int) -> HttpResponse:
    """Hang a file on a request that this person may see."""
    request = read(http, pk)
    upload = http.FILES.get("file")
    refusal = refuses(upload)
    if refusal or upload is None:
        messages.warning(http, refusal, extra_tags="doubt")
        return redirect("approvals:request", request.pk)
    stored = files.store_chunks(upload.chunks(), upload.name or "", upload.content_type or "application/octet-stream")
    files.attach("approvals.request", request.pk, stored, (upload.name or "")[-200:], http.user)
    messages.success(http, _now("已添加“%(name)s”。") % {"name": upload.name})
    return redirect("approvals:request", request.pk)
