"""One request as its page shows it: what is asked, what the gates say, where it stands, who said what, and what may be done now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjia.approvals import gating, tracking
from gongjia.approvals.choices import RequestState
from gongjia.approvals.judging import check_request, frozen, judge
from gongjia.approvals.models import Request
from gongjia.approvals.reckoning import total_of
from gongjia.approvals.remembering import Difference, diff_since
from gongjia.approvals.rights import may_of
from gongjia.approvals.seeing import waiting_for
from gongjia.approvals.tabling import Table, named, table_of
from gongjia.core.action import actions
from gongjia.core.models import Attachment, Reservation
from gongjia.core.problems import Forbidden, Problem
from gongjia.core.resource import NotFound, resources
from gongjia.web.addresses import row_url
from gongjia.web.references import openable
from gongjia.web.shapes import Link, Tone
from gongjia.web.wording import amount_words

TONES: dict[str, Tone] = {
    **dict.fromkeys(("running", "granted"), "info"),
    **dict.fromkeys(("returned",), "doubt"),
    **dict.fromkeys(("stuck", "refused"), "breach"),
    "done": "order",
}
LIVE = (RequestState.DRAFT, RequestState.RETURNED)
"""States in which the gates are asked anew whenever the page is read."""
NAMED = 6


def tone_of(state: str) -> Tone:
    """Return the colour of a request's state."""
    return TONES.get(state, "plain")


class RequestPage:
    """Everything that `approvals/request.html` draws."""

    def __init__(self, http: HttpRequest, request: Request) -> None:
        self.http, self.request, self.user = http, request, http.user
        self.action = actions.get(request.action)
        self.may = may_of(http.user, request)
        self.own = request.applicant_id == http.user.pk
        self.state, self.tone = request.get_state_display(), tone_of(request.state)

    # -- what -------------------------------------------------------------------------------------------------------

    @cached_property
    def table(self) -> Table:
        return table_of(self.action, self.request.rows, self.user) if self.action else Table((), ())

    @cached_property
    def total(self) -> str:
        """The money that the request is about, nothing where it is about none."""
        found = total_of(self.action, self.request.rows) if self.action else 0
        return amount_words(found) if found else ""

    @property
    def adds_rows(self) -> bool:
        """Whether a draft may get another row by its own form; records are added from their list."""
        return self.may.edit and self.action is not None and not self.action.is_edit

    # -- what the gates say -----------------------------------------------------------------------------------------

    @cached_property
    def _now(self) -> tuple[Mapping[str, Any], Sequence[Problem]]:
        """What the gates say now, or what keeps the rows from being judged."""
        try:
            checked = check_request(self.request)
        except (Forbidden, NotFound) as lost:
            return {}, [Problem("lost", _("申请人的权限或所涉记录已变化：%(what)s") % {"what": lost})]
        return ({}, checked.refused) if checked.refused else (frozen(judge(self.request, checked.rows)), [])

    @cached_property
    def said(self) -> Mapping[str, Any]:
        """What the gates say: now for a draft, else as it was frozen at submission."""
        return self._now[0] if self.request.state in LIVE else self.request.judgements

    @property
    def problems(self) -> Sequence[Problem]:
        return self._now[1] if self.request.state in LIVE else ()

    @cached_property
    def gates(self) -> list[gating.Shown]:
        return gating.shown_gates(self.http, self.request, self.said, open_to_answer=self.may.edit)

    @property
    def verdict(self) -> str:
        """The gravest verdict of the gates."""
        return gating.worst(self.said)

    @cached_property
    def turned(self) -> list[tuple[Any, str]]:
        """The gates that say something graver to the signer now than they said at submission."""
        if not self.may.sign:
            return []
        rank, now = gating.GRAVITY.index, self._now[0]
        shown = {gate.key: gate.label for gate in self.gates}
        worse = [key for key, word in now.items() if key in self.said and rank(word["verdict"]) < rank(self.said[key]["verdict"])]
        return [(shown[key], now[key]["text"]) for key in worse]

    @cached_property
    def moved(self) -> list[tuple[str, str, list[Difference]]]:
        """What changed since submission, by record: its name, its address, its values before and now."""
        found = diff_since(self.request) if self.request.state == RequestState.RUNNING else []
        links = openable(self.user, [(one.resource, one.pk) for one in found])
        grouped: dict[tuple[str, int], list[Difference]] = {}
        for one in found:
            grouped.setdefault((one.resource, one.pk), []).append(one)
        return [(ones[0].title, links.get(pair, ""), ones) for pair, ones in grouped.items()]

    @cached_property
    def held(self) -> list[str]:
        """The names of what is reserved for this request."""
        rows = Reservation.objects.filter(holder=self.request.key, released_at__isnull=True).order_by("pk")
        pairs = list(rows.values_list("subject", "subject_id"))
        wanted: dict[str, set[int]] = {}
        for subject, pk in pairs:
            wanted.setdefault(subject, set()).add(pk)
        names = {(key, pk): name[0] for key, pks in wanted.items() if key in resources for pk, name in named(resources[key], pks).items()}
        return [names.get(pair, f"{pair[0]} {pair[1]}") for pair in pairs]

    @property
    def held_words(self) -> str:
        shown = _("、").join(self.held[:NAMED])
        return shown if len(self.held) <= NAMED else _("%(names)s 等 %(n)s 项") % {"names": shown, "n": len(self.held)}

    # -- where it stands --------------------------------------------------------------------------------------------

    @cached_property
    def version(self) -> Any:
        return tracking.version_of(self.request)

    @cached_property
    def marks(self) -> list[tracking.Mark]:
        return tracking.marks_of(self.request, tracking.read(self.version))

    @property
    def lit(self) -> str:
        """The states of the drawing's nodes, as `node:state` words."""
        return " ".join(f"{spec}:{state}" for spec, state in tracking.lit(self.marks).items())

    @property
    def next_act(self) -> str:
        """The one thing that comes next, in a sentence."""
        return NEXT.get(self.request.state, lambda page: "")(self)

    @cached_property
    def results(self) -> list[Link]:
        """The records that the request made or changed, as far as this person may open them."""
        outcome = self.request.outcome
        pairs = [(outcome["resource"], pk) for pk in outcome.get("ids", [])[:NAMED]] if outcome.get("resource") in resources else []
        links = openable(self.user, pairs)
        names = named(resources[outcome["resource"]], {pk for _key, pk in pairs}) if pairs else {}
        return [Link(names[pk][0], links[(key, pk)]) for key, pk in pairs if (key, pk) in links and pk in names]

    @cached_property
    def queue(self) -> tuple[int, int, str]:
        """The place of this request among those that wait for this person, how many there are, and the next one's address."""
        waiting = list(dict.fromkeys(waiting_for(self.user).values_list("request_id", flat=True)))
        own = self.request.pk
        place = waiting.index(own) + 1 if own in waiting else 0
        others = [pk for pk in waiting[place:] + waiting[: max(0, place - 1)] if pk != own]
        return place, len(waiting), row_url("approvals.request", others[0]) if others else ""

    # -- who said what ----------------------------------------------------------------------------------------------

    @cached_property
    def decisions(self) -> list[Any]:
        return list(self.request.decisions.select_related("actor", "on_behalf_of", "step").order_by("pk"))

    @cached_property
    def comments(self) -> list[Any]:
        return list(self.request.comments.select_related("actor").order_by("pk"))

    @cached_property
    def readers(self) -> list[Any]:
        return list(self.request.readers.select_related("user").order_by("pk"))

    @cached_property
    def documents(self) -> list[Any]:
        return list(
            Attachment.objects.filter(subject="approvals.request", subject_id=self.request.pk)
            .select_related("file", "actor")
            .order_by("pk")
        )


def _draft_next(page: RequestPage) -> str:
    if page.problems:
        return _("内容有问题，改好后再提交。")
    if page.verdict == "blocked":
        return _("有关口不能通过，改好后再提交。")
    if page.verdict == "question":
        return _("先答复下面的问题，再提交。")
    first = next((mark.label for mark in page.marks if mark.state == "coming"), "")
    if not first:
        return _("这项业务还没有启用的审批流程，请联系管理员。")
    return _("可以提交，将送“%(step)s”。") % {"step": first}


def _running_next(page: RequestPage) -> str:
    parts = [
        _("%(step)s：%(who)s") % {"step": mark.label, "who": mark.awaited}
        + (_("，%(day)s 前") % {"day": mark.due.date()} if mark.due else "")
        for mark in page.marks
        if mark.state == "open"
    ]
    return _("等待 %(steps)s。") % {"steps": "；".join(parts)} if parts else ""


def _returned_next(page: RequestPage) -> str:
    last = next((act for act in reversed(page.decisions) if act.verb == "return"), None)
    return _("退回意见：%(note)s 修改后可重新提交。") % {"note": last.note if last else ""}


def _last_note(page: RequestPage) -> str:
    last = next((act for act in reversed(page.decisions) if act.note), None)
    return last.note if last else ""


def _done_next(page: RequestPage) -> str:
    count = len(page.request.outcome.get("ids", []))
    return ngettext("已执行，共 %(n)s 条记录。", "已执行，共 %(n)s 条记录。", count) % {"n": count}


NEXT: dict[str, Any] = {
    RequestState.DRAFT: _draft_next,
    RequestState.RETURNED: _returned_next,
    RequestState.RUNNING: _running_next,
    RequestState.GRANTED: lambda page: _("已批准，正在执行。"),
    RequestState.STUCK: lambda page: page.request.outcome.get("reason", ""),
    RequestState.DONE: _done_next,
    RequestState.REFUSED: _last_note,
    RequestState.WITHDRAWN: _last_note,
    RequestState.VOID: _last_note,
}
