"""Deciding: approve, refuse, return, and call in a co-signer; for oneself or on behalf of who delegated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.approvals.choices import RequestState, SeatKind, SeatState, StepState, Verb
from gongjia.approvals.docket import Docket, File
from gongjia.approvals.executing import grant
from gongjia.approvals.judging import check_request, judge, newly_blocked
from gongjia.approvals.models import Seat, Step
from gongjia.approvals.routing import compiled_of
from gongjia.approvals.rules import is_ripe, outcome
from gongjia.approvals.seeing import principals
from gongjia.core.access import access
from gongjia.core.action import Context, action
from gongjia.core.gate import gates_of
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Conflict, Problem
from gongjia.org.models import User

NOTE = _("意见")


class Place(models.TextChoices):
    BEFORE = "before", _("在我之前")
    AFTER = "after", _("在我之后")


class ApproveStep(Input):
    """Agreement to a step."""

    id: Annotated[int, Ref("approvals.step")] = given(label=_("步骤"))
    note: str | None = given("", label=NOTE, lender="approvals.Decision.note")


class RefuseStep(Input):
    """Refusal of a step: the request ends."""

    id: Annotated[int, Ref("approvals.step")] = given(label=_("步骤"))
    note: str = given(label=NOTE, lender="approvals.Decision.note")


class ReturnStep(Input):
    """Sending a request back, to an earlier step by its node or to the applicant."""

    id: Annotated[int, Ref("approvals.step")] = given(label=_("步骤"))
    note: str = given(label=NOTE, lender="approvals.Decision.note")
    to: str | None = given("", label=_("退回到"), help=_("较早步骤的节点；不填退回申请人。"))


class AddSigner(Input):
    """A co-signer of a step, before or after the others."""

    id: Annotated[int, Ref("approvals.step")] = given(label=_("步骤"))
    user: Annotated[int, Ref("org.user", anywhere=True)] = given(label=_("加签人"))
    place: str = given("before", label=_("位置"), lender="approvals.Seat.kind", help=_("before 在我之前签，after 在我之后签。"))
    note: str | None = given("", label=NOTE, lender="approvals.Decision.note")


def opened(context: Context, rows: Sequence[Any]) -> tuple[Docket, list[tuple[File, Step, Any]]]:
    """Lock the requests of the steps named and return each row with its step; raises Conflict where one was decided meanwhile."""
    docket = Docket(context)
    requests = dict(Step.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "request_id"))
    files = docket.open(requests.values())
    found = []
    for row in rows:
        step = files[requests[row.id]].step(row.id)
        if step is None:
            raise Conflict(_now("这一步已由别人办理，请刷新后再看。"))
        found.append((files[requests[row.id]], step, row))
    return docket, found


def seat_of(step: Step, actor_id: int, mine: set[int]) -> Seat | None:
    """Return the seat that an actor may sign now: its own first, else one of who delegated to it."""
    ripe = [seat for seat in step.signers if seat.user_id in mine and is_ripe(seat, step.signers)]
    return min(ripe, key=lambda seat: seat.user_id != actor_id, default=None)


def sign(docket: Docket, step: Step, mine: set[int], state: SeatState) -> Seat:
    """Sign the actor's seat or raise Conflict where it is gone."""
    actor = docket.context.actor_id
    seat = seat_of(step, actor or 0, mine)
    if seat is None:
        raise Conflict(_now("这一步已由别人办理，请刷新后再看。"))
    seat.state, seat.signed_at = state, docket.context.now
    docket.pending.seats[id(seat)] = seat
    return seat


def behalf(docket: Docket, seat: Seat) -> dict[str, Any]:
    return {"on_behalf_of_id": seat.user_id if seat.user_id != docket.context.actor_id else None}


@action("approvals.approve_step", label=_("同意"), subject="approvals.step", permission="approvals.sign")
def approve_steps(context: Context, rows: Sequence[ApproveStep]) -> list[int]:
    """Sign steps; a step that is agreed to moves its request on, the last one carries it out."""
    docket, found = opened(context, rows)
    mine = principals(context.actor)
    for file, step, row in found:
        if step.state != StepState.OPEN:
            continue  # closed by an earlier row of this very batch
        seat = sign(docket, step, mine, SeatState.SIGNED)
        file.signed |= {seat.user_id, context.actor_id or 0}
        docket.decide(file, Verb.APPROVE, step, row.note or "", **behalf(docket, seat))
        context.record("approvals.step", step.pk, file.request.unit_id, {"state": "open"}, {"verb": "approve", "seat": seat.user_id})
        settle(docket, file, step)
    grant(docket, [file for file, _step, _row in found])
    docket.flush()
    return [row.id for row in rows]


def settle(docket: Docket, file: File, step: Step) -> None:
    """Move on where a step is agreed to, end the request where it is refused."""
    found = outcome(step.mode, step.ratio, step.signers)
    if found == "refused":
        end_refused(docket, file)
    elif found == "after":
        for seat in step.signers:
            if seat.kind == SeatKind.ASSIGNED and seat.state == SeatState.WAITING:
                seat.state = SeatState.SKIPPED
                docket.pending.seats[id(seat)] = seat
        docket.tell(file, [seat.user_id for seat in step.signers if seat.kind == SeatKind.AFTER], "to_sign")
    elif found == "approved":
        docket.complete(file, step)


def end_refused(docket: Docket, file: File) -> None:
    docket.end(file, RequestState.REFUSED)
    docket.tell(file, [file.request.applicant_id], "refused")


@action("approvals.refuse_step", label=_("不同意"), subject="approvals.step", permission="approvals.sign", danger=True)
def refuse_steps(context: Context, rows: Sequence[RefuseStep]) -> list[int]:
    """Refuse steps; the request ends unless enough others may still agree."""
    docket, found = opened(context, rows)
    mine = principals(context.actor)
    for file, step, row in found:
        if step.state != StepState.OPEN:
            continue
        seat = sign(docket, step, mine, SeatState.REFUSED)
        docket.decide(file, Verb.REFUSE, step, row.note, **behalf(docket, seat))
        context.record("approvals.step", step.pk, file.request.unit_id, {"state": "open"}, {"verb": "refuse", "seat": seat.user_id})
        settle(docket, file, step)
    grant(docket, [file for file, _step, _row in found])
    docket.flush()
    return [row.id for row in rows]


@action("approvals.return_step", label=_("退回"), subject="approvals.step", permission="approvals.sign")
def return_steps(context: Context, rows: Sequence[ReturnStep]) -> list[int]:
    """Send requests back; what was signed stays in the record, and what follows the step is signed anew."""
    docket, found = opened(context, rows)
    mine = principals(context.actor)
    for file, step, row in found:
        if step.state != StepState.OPEN:
            continue
        seat = seat_of(step, context.actor_id or 0, mine)
        if seat is None:
            raise Conflict(_now("这一步已由别人办理，请刷新后再看。"))
        docket.decide(file, Verb.RETURN, step, row.note or "", data={"to": row.to or ""}, **behalf(docket, seat))
        context.record("approvals.step", step.pk, file.request.unit_id, {"state": "open"}, {"verb": "return", "to": row.to})
        _send_back(docket, file, row.to or "")
    docket.flush()
    return [row.id for row in rows]


def _send_back(docket: Docket, file: File, to: str) -> None:
    """Run the route anew up to the step `to`: steps that do not follow it keep their signatures, open ones among them stay open."""
    if not to:
        for step in file.open_steps():
            docket.close_step(step, StepState.CANCELLED)
        docket.set(file, state=RequestState.RETURNED, workflow="", wakes_at=None)
        docket.tell(file, [file.request.applicant_id], "returned")
        return
    assert file.route is not None  # noqa: S101 - it has open steps
    again = {to} | file.route.after[to]
    for step in file.open_steps():
        if step.spec in again:
            docket.close_step(step, StepState.CANCELLED)
        else:
            step.task = ""
    done = Step.objects.filter(request=file.request, state__in=[StepState.DONE, StepState.SKIPPED]).exclude(spec__in=again)
    file.kept = set(done.values_list("spec", "item"))
    file.signed = set()
    docket.set(file, round=file.request.round + 1)
    docket.begin(file, file.route)


@action("approvals.add_signer", label=_("加签"), subject="approvals.step", permission="approvals.sign")
def add_signers(context: Context, rows: Sequence[AddSigner]) -> list[int]:
    """Seat a co-signer at steps, before or after those who sign already."""
    docket, found = opened(context, rows)
    for file, step, row in found:
        seat = Seat(step=step, user_id=row.user, kind=row.place, state=SeatState.WAITING, added_by_id=context.actor_id)
        step.signers.append(seat)
        docket.pending.new_seats.append(seat)
        docket.decide(file, Verb.ADD_SIGNER, step, row.note or "", data={"user": row.user, "place": row.place})
        context.record("approvals.step", step.pk, file.request.unit_id, None, {"verb": "add_signer", "user": row.user, "place": row.place})
        docket.tell(file, [row.user], "to_sign")
    docket.flush()
    return [row.id for row in rows]


def seated(context: Context, rows: Sequence[Any]) -> list[Problem]:
    """Return a problem for each step that is closed, not the actor's to decide, or of his own request."""
    mine = principals(context.actor)
    light = Step.objects.select_related("request").only("state", "request__applicant_id", "request__state")
    steps = light.filter(pk__in=[row.id for row in rows]).prefetch_related("seats").in_bulk()
    problems = []
    for index, row in enumerate(rows):
        step = steps[row.id]
        seats = list(step.seats.all())
        ours = [seat for seat in seats if seat.user_id in mine]
        if step.request.applicant_id == context.actor_id:
            problems.append(Problem("own_request", _now("不能审批自己的申请。"), "id", index))
        elif not ours:
            problems.append(Problem("forbidden_unit", _now("这一步不由你签署。"), "id", index))
        elif step.state != StepState.OPEN or step.request.state != RequestState.RUNNING:
            problems.append(Problem("closed_step", _now("这一步已经办结，不能再作决定。"), "id", index))
        elif not any(is_ripe(seat, seats) for seat in ours):
            problems.append(Problem("not_ripe", _now("你已签过，或还没有轮到你。"), "id", index))
    return problems


for verb in (approve_steps, refuse_steps, return_steps, add_signers):
    verb.check(seated)


@approve_steps.check
def nothing_blocks_it_anew(context: Context, rows: Sequence[ApproveStep]) -> list[Problem]:
    """Refuse to agree where a gate blocks that did not when the request was submitted."""
    asked = dict(Step.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "request__action"))
    guarded = {key for key in set(asked.values()) if any(not gate.patient for gate in gates_of(key))}
    wanted = [pk for pk, key in asked.items() if key in guarded]
    steps = Step.objects.select_related("request__applicant", "request__unit").in_bulk(wanted) if wanted else {}
    problems: list[Problem] = []
    for index, row in enumerate(rows):
        if row.id in steps:
            request = steps[row.id].request
            rows_now = check_request(request).rows
            found = newly_blocked(request, judge(request, rows_now, patient=False)) if rows_now else []
            problems += [Problem(p.code, p.message, p.field, index, p.level, p.value) for p in found]
    return problems


@return_steps.check
def it_goes_back_to_an_earlier_step(context: Context, rows: Sequence[ReturnStep]) -> list[Problem]:
    """Refuse to return to a step that was never taken, or that does not come before this one."""
    problems = []
    for index, row in enumerate(rows):
        if row.to and row.to not in earlier_steps(row.id):
            problems.append(Problem("not_earlier", _now("“%(step)s”不是这一步之前办过的步骤。") % {"step": row.to}, "to", index))
    return problems


def earlier_steps(step_id: int) -> dict[str, str]:
    """Return the steps to which a step can be returned, as node and label, in the order in which they were taken."""
    step = Step.objects.select_related("request__route_version").get(pk=step_id)
    done = Step.objects.filter(request=step.request, state__in=[StepState.DONE, StepState.SKIPPED]).order_by("closed_at", "pk")
    route = compiled_of(step.request)
    return {spec: label for spec, label in done.values_list("spec", "label") if step.spec in route.after.get(spec, frozenset())}


@add_signers.check
def the_co_signer_may_sign(context: Context, rows: Sequence[AddSigner]) -> list[Problem]:
    """Refuse the applicant, whoever may not sign at all, somebody who sits already, and a place that does not exist."""
    users = User.objects.filter(pk__in=[row.user for row in rows], is_active=True)
    able = {user.pk for user in users if access(user).can("approvals.sign")}
    steps = Step.objects.filter(pk__in=[row.id for row in rows]).select_related("request").prefetch_related("seats").in_bulk()
    problems = []
    for index, row in enumerate(rows):
        step = steps[row.id]
        if row.place not in Place.values:
            problems.append(Problem("unknown_choice", _now("位置只有 before 和 after。"), "place", index))
        elif row.user == step.request.applicant_id or row.user not in able:
            problems.append(Problem("cannot_sign", _now("申请人和没有签署权限的账号不能加签。"), "user", index))
        elif any(seat.user_id == row.user and (seat.state == SeatState.WAITING or seat.kind == row.place) for seat in step.seats.all()):
            problems.append(Problem("seated_already", _now("他已经在这一步签署。"), "user", index))
    return problems
