"""The approval form as values: who asked what and why, what the gates concluded, who signed with which words and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongjia.approvals.choices import Verb
from gongjia.approvals.gating import WORDS
from gongjia.approvals.models import Decision, Request
from gongjia.approvals.reckoning import total_of
from gongjia.approvals.tabling import table_of
from gongjia.approvals.tracking import marks_of, read, version_of
from gongjia.core.action import actions
from gongjia.core.gate import gates
from gongjia.web.wording import amount_words, instant_words

SIGNED = (Verb.APPROVE, Verb.REFUSE, Verb.RETURN, Verb.SKIP)


@dataclass(frozen=True)
class Sheet:
    """What stands on the form; every part is words."""

    title: str
    facts: Sequence[tuple[str, str]]
    reason: tuple[str, str]
    what: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    gates_title: str
    gates: Sequence[Sequence[str]]
    signs_title: str
    sign_heads: Sequence[str]
    signs: Sequence[Sequence[str]]
    awaited: Sequence[str]
    foot: str
    address: str


def sheet_of(request: Request, address: str) -> Sheet:
    """Return the form of a request as it stands."""
    action = actions.get(request.action)
    table = table_of(action, request.rows) if action else None
    total = total_of(action, request.rows) if action else 0
    rows = (
        [
            [str(number), *(cell.text + (f"\n{cell.small}" if cell.small else "") for cell in cells)]
            for number, cells in enumerate(table.rows, 1)
        ]
        if table
        else []
    )
    return Sheet(
        title=_("审批单"),
        facts=_facts(request, amount_words(total) if total else ""),
        reason=(_("事由"), request.reason or "–"),
        what=str(action.label) if action else request.action,
        heads=["#", *(head.label for head in table.heads)] if table else [],
        rows=rows,
        gates_title=_("核对结论"),
        gates=[_gate(key, word) for key, word in request.judgements.items()],
        signs_title=_("审批意见"),
        sign_heads=[_("环节"), _("意见"), _("签署人"), _("时间")],
        signs=[
            _sign(act) for act in request.decisions.select_related("actor", "on_behalf_of", "step").order_by("pk") if act.verb in SIGNED
        ],
        awaited=[mark.label for mark in marks_of(request, read(version_of(request))) if mark.state in ("open", "coming")],
        foot=_("%(key)s · 打印于 %(at)s · 扫码可核对现在的状态") % {"key": request.key, "at": instant_words(timezone.now())},
        address=address,
    )


def _facts(request: Request, total: str) -> list[tuple[str, str]]:
    return [
        (_("编号"), request.key),
        (_("状态"), request.get_state_display()),
        (_("申请单位"), str(request.unit.name)),
        (_("申请人"), str(request.applicant)),
        (_("提交时间"), instant_words(request.submitted_at)),
        (_("办结时间"), instant_words(request.finished_at)),
        (_("事项"), request.title),
        (_("金额"), total or "–"),
    ]


def _gate(key: str, word: dict[str, Any]) -> list[str]:
    label = str(gates[key].label) if key in gates else key
    return [label, str(WORDS.get(word["verdict"], word["verdict"])), str(word.get("text", ""))]


def _sign(act: Decision) -> list[str]:
    opinion = "：".join(part for part in (act.get_verb_display(), act.note) if part)
    name = str(act.actor or _("系统")) + (_("（代 %(name)s）") % {"name": act.on_behalf_of} if act.on_behalf_of else "")
    return [act.step.label if act.step else "", opinion, name, instant_words(act.at)]
