"""Carrying a granted request out: in one savepoint, as the requester, keyed by the request; or saying why it cannot be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjia.approvals.choices import RequestState, Verb
from gongjia.approvals.docket import Docket, File
from gongjia.approvals.judging import Checked, asking, check_rows, check_together, obstacles
from gongjia.approvals.models import Request
from gongjia.approvals.remembering import touched
from gongjia.core import audit, search
from gongjia.core.action import Action, Context, Prepared, actions
from gongjia.core.gate import Case, Gate, gates_of
from gongjia.core.jobs import enqueue
from gongjia.core.problems import Conflict, Forbidden, Refused
from gongjia.core.reservations import holders, release
from gongjia.core.resource import NotFound

JOB = "approvals.carry_out"
LARGE = 200
"""A request with more rows is carried out by a job."""
PATIENCE = 3
"""So many requests with a slow gate are carried out at one click; more would hold the database while they are judged."""


def grant(docket: Docket, files: Iterable[File]) -> None:
    """Carry those requests out that are granted by now, or hand them to a job each where they are large, or many and slow to judge."""
    granted = {file.request.pk: file for file in files if file.request.state == RequestState.GRANTED}.values()
    slow = {file.request.pk for file in granted if any(gate.patient for gate in gates_of(file.request.action))}
    later = slow if len(slow) > PATIENCE else set()
    small = []
    for file in granted:
        if len(file.request.rows) > LARGE or file.request.pk in later:
            enqueue(JOB, docket.context.actor, key=file.request.key, unit_id=file.request.unit_id, request=file.request.pk)
        else:
            small.append(file)
    finish(docket, small)


def finish(docket: Docket, files: Sequence[File]) -> None:
    """Carry granted requests out, one after the other, each in a savepoint of its own."""
    ready, holding = checked_together(files), holders(file.request.key for file in files)
    for file in files:
        carry_out(docket, file, ready.get(file.request.pk), holds=file.request.key in holding)


def checked_together(files: Sequence[File]) -> dict[int, list[Any]]:
    """Return the validated rows of requests that can be checked in one go: of one applicant and action, about different records.

    A request with any problem is left out, and so is one about a record that another one names: they are checked when it is their turn.
    """
    groups: dict[tuple[int, str], list[Request]] = defaultdict(list)
    for file in files:
        groups[file.request.applicant_id, file.request.action].append(file.request)
    found: dict[int, list[Any]] = {}
    for (_applicant, key), members in groups.items():
        named = Counter(pk for request in members for pk in {(ref, row) for ref, rows in touched(request).items() for row in rows})
        alone = [one for one in members if actions[key].is_edit and not _shares(one, actions[key].subject, named)]
        checked = _quietly(alone) if len(alone) > 1 else []
        found.update({one.pk: result.rows for one, result in zip(alone, checked, strict=False) if not result.problems})
    return found


def _quietly(requests: Sequence[Request]) -> list[Checked]:
    try:
        return check_together(requests)
    except (Refused, NotFound, Conflict):
        return []  # said again, and to the right one, when it is their turn


def _shares(request: Request, subject: str, named: Mapping[tuple[str, int], int]) -> bool:
    return any(named[subject, pk] > 1 for pk in touched(request).get(subject, ()))


def carry_out(docket: Docket, file: File, rows: list[Any] | None, holds: bool) -> None:
    """Do what was granted, with rows validated just now or by validating them; what refuses it leaves the request stuck with the reason."""
    request, context = file.request, asking(file.request.applicant, file.request.key)
    try:
        with transaction.atomic():
            ids = _done(context, request, rows if rows is not None else _validated(context, request))
            if holds:
                release(request.key)
    except (Refused, Forbidden, NotFound, Conflict) as failure:
        reason = _reason(failure)
        docket.set(file, state=RequestState.STUCK, outcome={"reason": reason})
        docket.decide(file, Verb.STUCK, note=reason, actor_id=None)
        docket.tell(file, [request.applicant_id, docket.context.actor_id], "stuck")
        return
    batch = context.batch
    outcome = {"ids": ids, "batch": batch.pk if batch else None, "resource": actions[request.action].subject}
    docket.set(file, state=RequestState.DONE, outcome=outcome, batch=batch, finished_at=docket.context.now)
    docket.decide(file, Verb.CARRY_OUT, actor_id=None, data={"count": len(ids)})
    docket.tell(file, [request.applicant_id], "done")


def _validated(context: Context, request: Request) -> list[Any]:
    action = actions[request.action]
    [checked] = check_rows(request.applicant, action, [request.rows], request.key)
    if checked.refused:
        action.unreachable(context, checked.refused)
        raise Refused(checked.refused)
    return checked.rows


def _done(context: Context, request: Request, rows: list[Any]) -> list[int]:
    """Let the gates settle what was answered, and commit what is still to be done."""
    action = actions[request.action]
    for gate in gates_of(request.action):
        rows = _settled(gate, Case(action, context, rows, request.answers))
    ids = action.commit(context, Prepared(rows, list(range(len(rows)))))
    _write_rest(action, context)
    return ids


def _settled(gate: Gate, case: Case) -> list[Any]:
    word = gate.judge(case)
    if word is not None and (problems := obstacles([(gate, word)])):
        raise Refused(problems)
    return list(gate.settle(case)) if gate.settle else list(case.rows)


def _write_rest(action: Action, context: Context) -> None:
    """Write what gates did where nothing was left for the action itself."""
    trail, context.trail = context.trail, audit.Trail()
    if trail.ids:
        context.batch = context.batch or audit.open_batch(action.key, context.actor_id, context.origin, None, context.request_key)
        audit.write(trail, context.batch, action.key, context.actor_id)
        search.refresh(trail)


def _reason(failure: Exception) -> str:
    if isinstance(failure, Refused):
        return "；".join(str(problem.message) for problem in failure.problems[:5])
    if isinstance(failure, Forbidden):
        return _("申请人已没有“%(permission)s”的权限，不能以其名义执行。") % {"permission": failure.permission}
    return str(failure) if isinstance(failure, Conflict) else _("要变动的记录已经找不到了。")
