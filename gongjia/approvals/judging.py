"""The deferred action of a request: its rows held against the action's own validator, and what the gates say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from gongjia.approvals.models import Request
from gongjia.core.action import Action, Context, actions, context_for
from gongjia.core.gate import Case, Gate, Judgement, gates_of
from gongjia.core.problems import Forbidden, Problem
from gongjia.core.validate import Raw

DRAFT = "-"
"""The key of a request that has none yet: it asks with the permission to ask, and holds nothing."""


@dataclass
class Checked:
    """The rows of one request after the validator: parsed, and what is wrong with them."""

    rows: list[Any] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.refuses]


def asking(applicant: Any, key: str = DRAFT) -> Context:
    """Return the context in which an applicant asks, or his request is carried out."""
    return context_for(applicant, "request", request_key=key)


def check_rows(applicant: Any, action: Action, bundles: Sequence[Sequence[Raw]], key: str = DRAFT) -> list[Checked]:
    """Hold the rows of several requests of one applicant and action against its validator, in one go."""
    flat = [raw for rows in bundles for raw in rows]
    owners = [place for place, rows in enumerate(bundles) for _raw in rows]
    starts = [owners.index(place) if place in owners else 0 for place in range(len(bundles))]
    prepared = action.prepare(asking(applicant, key), flat)
    found = [Checked() for _bundle in bundles]
    for place, row in zip(prepared.places, prepared.rows, strict=True):
        found[owners[place]].rows.append(row)
    for problem in prepared.problems:
        for owner in range(len(bundles)) if problem.row is None else [owners[problem.row]]:
            row = None if problem.row is None else problem.row - starts[owner]
            found[owner].problems.append(_at(problem, row, len(bundles[owner])))
    return found


def _at(problem: Problem, row: int | None, count: int) -> Problem:
    """Say in the sentence which row is meant, where there are several."""
    message = _("第 %(row)s 行：%(text)s") % {"row": row + 1, "text": problem.message} if row is not None and count > 1 else problem.message
    return Problem(problem.code, message, problem.field, row, problem.level, problem.value)


def check_request(request: Request) -> Checked:
    """Hold one request's rows against its action's validator now."""
    return check_together([request], request.key)[0]


def check_together(requests: Sequence[Request], key: str = DRAFT) -> list[Checked]:
    """Check requests of one applicant and action; a right that he has lost is a problem of theirs, not of who looks at them."""
    first = requests[0]
    try:
        return check_rows(first.applicant, actions[first.action], [row.rows for row in requests], key)
    except Forbidden as failure:
        text = _("申请人已没有“%(permission)s”的权限。") % {"permission": failure.permission}
        return [Checked(problems=[Problem("forbidden", text, "id")]) for _request in requests]


def check_requests(requests: Sequence[Request]) -> dict[int, Checked]:
    """Hold many requests against their validators, those of one applicant and action together while they hold nothing yet."""
    groups: dict[tuple[Any, ...], list[Request]] = defaultdict(list)
    for request in requests:
        fresh = request.state == "draft"
        groups[(request.applicant_id, request.action, "" if fresh else request.key)].append(request)
    found: dict[int, Checked] = {}
    for (_applicant, _action, key), members in groups.items():
        found.update({row.pk: one for row, one in zip(members, check_together(members, key or DRAFT), strict=True)})
    return found


def case_of(request: Request, rows: Sequence[Any]) -> Case:
    """Return what gates judge of a request."""
    return Case(actions[request.action], asking(request.applicant, request.key), rows, request.answers)


def judge(request: Request, rows: Sequence[Any], *, patient: bool = True) -> list[tuple[Gate, Judgement]]:
    """Return what each gate of the request's action says now, the patient ones unless not asked for; one without a word is left out."""
    case = case_of(request, rows)
    said = [(gate, gate.judge(case)) for gate in gates_of(request.action) if patient or not gate.patient]
    return [(gate, word) for gate, word in said if word is not None]


def frozen(said: Sequence[tuple[Gate, Judgement]]) -> dict[str, Any]:
    """Return judgements as a request keeps them."""
    return {gate.key: {"verdict": word.verdict, "text": str(word.text), "data": dict(word.data)} for gate, word in said}


def obstacles(said: Sequence[tuple[Gate, Judgement]], *, questions: bool = True) -> list[Problem]:
    """Return a problem for each gate that stops the request; a question that waits for an answer stops it too."""
    stops = ("blocked", "question") if questions else ("blocked",)
    text = _("“%(gate)s”：%(text)s")
    return [
        Problem(f"gate_{word.verdict}", text % {"gate": gate.label, "text": word.text or _no_words(word)}, "id", value=gate.key)
        for gate, word in said
        if word.verdict in stops
    ]


def _no_words(word: Judgement) -> str:
    return _("需要先回答。") if word.verdict == "question" else _("不允许。")


def newly_blocked(request: Request, said: Sequence[tuple[Gate, Judgement]]) -> list[Problem]:
    """Return the problems of gates that block now and did not when the request was submitted."""
    before: Mapping[str, Any] = request.judgements
    return obstacles([(gate, word) for gate, word in said if before.get(gate.key, {}).get("verdict") != "blocked"], questions=False)
