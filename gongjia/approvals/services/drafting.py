"""Drafts: an action's input kept as a request, held against the action's own validator from the first day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from pydantic import PrivateAttr

from gongjia.approvals.choices import RequestState
from gongjia.approvals.docket import Docket
from gongjia.approvals.judging import Checked, check_rows
from gongjia.approvals.models import Request
from gongjia.approvals.naming import key_for, titles_for, units_for
from gongjia.core import bulk
from gongjia.core.action import Action, Context, action, actions
from gongjia.core.gate import gates
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.resource import resources
from gongjia.core.validate import validate
from gongjia.core.writing import record_created

Rows = list[dict[str, Any]] | dict[str, Any]
EDITABLE = (RequestState.DRAFT, RequestState.RETURNED)


class DraftRequest(Input, of=Request):
    """What is asked for: the action by key, and its input as any door would hand it over."""

    action: str = given(help=_("要申请的动作的键，例如 disposal.scrap_asset。"))
    rows: Rows = given(help=_("动作的输入，一行一个；只有一行时也可以直接给出。"))
    title: str | None = given("")
    reason: str | None = given("")
    unit: Annotated[int | None, Ref("org.unit")] = given(None, help=_("不填时取所涉资产或申请人的单位。"))
    _checked: Checked = PrivateAttr(default_factory=Checked)
    _unit: int | None = PrivateAttr(None)


class EditDraft(Input, of=Request):
    """New content of a draft, or of a request that was returned; what is not given stays."""

    id: Annotated[int, Ref("approvals.request")] = given(label=_("申请"))
    rows: Rows | None = given(None)
    title: str | None = given(None)
    reason: str | None = given(None)
    _checked: Checked | None = PrivateAttr(None)


class AnswerGate(Input, of=Request):
    """The applicant's answer to one gate."""

    id: Annotated[int, Ref("approvals.request")] = given(label=_("申请"))
    gate: str = given(label=_("关口"))
    answer: Rows = given(label=_("答复"), lender="approvals.Request.answers")


def listed(rows: Rows) -> list[dict[str, Any]]:
    """Return rows as a list, also where one was handed over alone."""
    return [rows] if isinstance(rows, dict) else rows


def stored(checked: Checked) -> list[dict[str, Any]]:
    """Return parsed rows as a request keeps them: references as keys, amounts and dates as text, only what was given."""
    return [_plain(row) for row in checked.rows]


def _plain(row: Any) -> dict[str, Any]:
    return row.model_dump(mode="json", exclude_unset=True)


def askable(key: str) -> Action | None:
    """Return the action of a key, where it can be asked for: every one but the verbs of approvals themselves."""
    found = actions.get(key)
    return None if found is None or key.startswith("approvals.") else found


@action("approvals.draft_request", label=_("起草申请"), subject="approvals.request", unit="unit", permission="approvals.ask")
def draft_requests(context: Context, rows: Sequence[DraftRequest]) -> list[int]:
    """Keep new drafts and return their keys."""
    contents = [stored(row._checked) for row in rows]  # noqa: SLF001 - the check below left it for us
    units = [row._unit for row in rows]  # noqa: SLF001 - and this
    columns: dict[str, Any] = {
        "title": titles(rows, contents),
        "action": [row.action for row in rows],
        "reason": [row.reason or "" for row in rows],
        "unit_id": units,
        "rows": contents,
    }
    ids = bulk.next_ids(Request, len(rows))
    columns["key"] = [key_for(context.on, pk) for pk in ids]
    bulk.insert(Request, len(rows), ids=ids, applicant_id=context.actor_id, made_at=context.now, made_on=context.on, **columns)
    record_created(context, "approvals.request", ids, units, columns)
    return ids


def titles(rows: Sequence[DraftRequest], contents: Sequence[list[dict[str, Any]]]) -> list[str]:
    """Return the titles given, and for the others what the action calls it."""
    found = {place: row.title for place, row in enumerate(rows) if row.title}
    for key in {row.action for row in rows}:
        places = [place for place, row in enumerate(rows) if row.action == key and place not in found]
        found.update(zip(places, titles_for(actions[key], [contents[place] for place in places]), strict=True))
    return [str(found[place])[:200] for place in range(len(rows))]


@draft_requests.check
def what_is_asked_for_is_valid(context: Context, rows: Sequence[DraftRequest]) -> list[Problem]:
    """Refuse unknown actions and rows that the action itself would refuse."""
    problems: list[Problem] = []
    known: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        if askable(row.action) is None:
            text = _now("没有名为“%(key)s”的可申请事项。") % {"key": row.action}
            problems.append(Problem("unknown_action", text, "action", index))
        elif not listed(row.rows):
            problems.append(Problem("missing", _now("申请至少要有一行内容。"), "rows", index))
        else:
            known.setdefault(row.action, []).append(index)
    for key, places in known.items():
        problems += check_drafts(context, actions[key], {place: rows[place] for place in places})
    return problems


def check_drafts(context: Context, asked: Action, drafts: dict[int, DraftRequest]) -> list[Problem]:
    """Hold drafts of one action against its validator, find whose they are, and keep both for the service."""
    problems: list[Problem] = []
    checked = check_rows(context.actor, asked, [listed(row.rows) for row in drafts.values()])
    units = units_for(context, asked, [one.rows for one in checked], [row.unit for row in drafts.values()])
    for (place, row), one, unit in zip(drafts.items(), checked, units, strict=True):
        row._checked, row._unit = one, unit  # noqa: SLF001 - kept for the service
        problems += [Problem(p.code, p.message, p.field, place, p.level, p.value) for p in one.problems]
        if not one.refused and not unit:
            problems.append(Problem("missing", _now("请填申请单位。"), "unit", place))
    return problems


@action("approvals.edit_draft", label=_("修改申请"), subject="approvals.request", permission="approvals.ask")
def edit_drafts(context: Context, rows: Sequence[EditDraft]) -> list[int]:
    """Change drafts and returned requests."""
    docket = Docket(context)
    files = docket.open(row.id for row in rows)
    for row in rows:
        values: dict[str, Any] = {name: getattr(row, name) for name in ("title", "reason") if getattr(row, name) is not None}
        if row._checked is not None:  # noqa: SLF001 - the check below left it for us
            values["rows"] = stored(row._checked)  # noqa: SLF001
        docket.set(files[row.id], **values)
    docket.flush()
    return [row.id for row in rows]


@edit_drafts.check
def it_is_ones_own_and_editable(context: Context, rows: Sequence[EditDraft]) -> list[Problem]:
    """Refuse foreign requests, those on their way, and content that the action would refuse."""
    problems = own(context, rows, EDITABLE, _now("只有草稿和退回的申请可以修改。"))
    bad = {problem.row for problem in problems}
    for index, row in enumerate(rows):
        if index in bad or row.rows is None:
            continue
        request = Request.objects.select_related("applicant").get(pk=row.id)
        [checked] = check_rows(request.applicant, actions[request.action], [listed(row.rows)], request.key)
        row._checked = checked  # noqa: SLF001
        problems += [Problem(p.code, p.message, p.field, index, p.level, p.value) for p in checked.problems]
    return problems


@action("approvals.answer_gate", label=_("答复关口"), subject="approvals.request", permission="approvals.ask")
def answer_gates(context: Context, rows: Sequence[AnswerGate]) -> list[int]:
    """Keep the applicant's answers, by gate."""
    docket = Docket(context)
    files = docket.open(row.id for row in rows)
    for row in rows:
        file = files[row.id]
        docket.set(file, answers={**file.request.answers, row.gate: row.answer})
    docket.flush()
    return [row.id for row in rows]


@answer_gates.check
def the_gate_asks_and_the_answer_fits(context: Context, rows: Sequence[AnswerGate]) -> list[Problem]:
    """Refuse answers to unknown gates, of the wrong shape, or of somebody else."""
    problems = own(context, rows, EDITABLE, _now("只有草稿和退回的申请可以答复关口。"))
    bad = {problem.row for problem in problems}
    for index, row in enumerate(rows):
        if index not in bad:
            request = Request.objects.select_related("applicant").get(pk=row.id)
            problems += answer_problems(context, request, row, index)
    return problems


def answer_problems(context: Context, request: Request, row: AnswerGate, index: int) -> list[Problem]:
    """Hold an answer against the input type that the gate declares, and put the parsed form in its place."""
    gate = gates.get(row.gate)
    if gate is None or not gate.guards(request.action) or gate.answer is None:
        return [Problem("unknown_gate", _now("这项申请没有要答复的关口“%(gate)s”。") % {"gate": row.gate}, "gate", index)]
    given_rows = listed(row.answer)
    if not gate.many_answers and len(given_rows) != 1:
        return [Problem("one_answer", _now("这个关口只要一份答复。"), "answer", index)]
    parsed, problems = parse_answer(context, gate.answer, given_rows)
    row.answer = parsed if gate.many_answers else parsed[0] if parsed else {}
    return [Problem(p.code, p.message, p.field, index, p.level, p.value) for p in problems]


def parse_answer(context: Context, kind: type[Input], raws: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Return answers with their references resolved, and what is wrong with them."""
    parsed, problems = validate(
        kind, raws, lambda field, values: resources[field.ref].resolve(context.actor, values, anywhere=field.anywhere)
    )
    return [_plain(row) for row in parsed if row is not None], problems


def own(context: Context, rows: Sequence[Any], states: Sequence[str], otherwise: str) -> list[Problem]:
    """Return a problem for each row whose request is somebody else's or in another state."""
    found = {
        pk: (owner, state)
        for pk, owner, state in Request.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "applicant_id", "state")
    }
    problems = []
    for index, row in enumerate(rows):
        owner, state = found[row.id]
        if owner != context.actor_id:
            problems.append(Problem("forbidden_unit", _now("这不是你的申请。"), "id", index))
        elif state not in states:
            problems.append(Problem("wrong_state", otherwise, "id", index))
    return problems
