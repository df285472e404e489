"""日常维修: reported, dispatched, accepted, done, confirmed; one that does not hold is opened again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.numbering import numbered
from gongjia.core.permissions import grant_to
from gongjia.core.problems import Problem
from gongjia.core.writing import create_rows
from gongjia.domains.maintenance.choices import FINISHED, OPEN, TicketState
from gongjia.domains.maintenance.models import Crew, Part, Ticket
from gongjia.domains.maintenance.resources import PARTS, TICKETS
from gongjia.domains.maintenance.services.stating import change, keep_to
from gongjia.domains.maintenance.terms import allowed_hours
from gongjia.org.models import Person, Place, Unit

grant_to("space_manager", "maintenance.*")
grant_to("asset_clerk", "maintenance.*")
REPORTING = ("maintenance.report_fault", "maintenance.confirm_ticket", "maintenance.reopen_ticket", "maintenance.cancel_ticket")
for role in ("requester", "unit_head", "fleet_manager", "asset_office", "chief"):
    grant_to(role, *REPORTING)
grant_to("repair_worker", "maintenance.accept_ticket", "maintenance.finish_ticket", "maintenance.record_part")

TICKET = _("工单")


class ReportFault(Input, of=Ticket):
    """A defect that somebody has seen."""

    place: Annotated[int, Ref("org.place")] = given(label=_("地点"), synonyms=("房间", "楼栋"))
    asset: Annotated[int | None, Ref("ledger.asset")] = given(None, label=_("资产"), synonyms=("资产编号",), help=_("坏的是一件资产时填。"))
    trade: str = given("other", synonyms=("类别",))
    urgency: str = given("ordinary", synonyms=("紧急程度",))
    fault: str = given(synonyms=("故障", "故障描述"))
    contact: str = given("", synonyms=("电话",))
    client_key: str = given("", label=_("终端编号"), help=_("手机生成的编号，同一次报修重复上传只登记一次。"))


class DispatchTicket(Input, of=Ticket):
    """Who is to mend it."""

    id: Annotated[int, Ref("maintenance.ticket")] = given(label=TICKET)
    crew: Annotated[int, Ref("maintenance.crew")] = given(label=_("维修队伍"))
    worker: Annotated[int | None, Ref("org.person")] = given(None, label=_("维修人员"), help=_("不指定则由队伍自行安排。"))
    urgency: str | None = given(None, help=_("派单时可以改；完成时限随之重算。"))


class AcceptTicket(Input, of=Ticket):
    """A ticket that somebody takes up."""

    id: Annotated[int, Ref("maintenance.ticket")] = given(label=TICKET)


class FinishTicket(Input, of=Ticket):
    """What was done and what it took."""

    id: Annotated[int, Ref("maintenance.ticket")] = given(label=TICKET)
    work: str = given(label=_("维修内容"))
    hours: Decimal = given(Decimal(0))
    labour: Decimal = given(Decimal(0), label=_("人工费"))
    part: str = given("", label=_("材料名称"), help=_("用了多种材料的，其余在“登记材料”里加。"))
    quantity: Decimal = given(Decimal(1), lender="maintenance.Part.quantity", label=_("材料数量"))
    unit_price: Decimal = given(Decimal(0), lender="maintenance.Part.unit_price", label=_("材料单价"))


class RecordPart(Input, of=Part):
    """Material that a ticket used up."""

    ticket: Annotated[int, Ref("maintenance.ticket")] = given(label=TICKET)
    name: str = given(synonyms=("材料",))
    quantity: Decimal = given(Decimal(1))
    unit_price: Decimal = given()


class ConfirmTicket(Input, of=Ticket):
    """The reporter's word on what was done."""

    id: Annotated[int, Ref("maintenance.ticket")] = given(label=TICKET)
    rating: int = given(label=_("评分（1–5）"))
    remark: str = given("", label=_("评价"))


class ReopenTicket(Input, of=Ticket):
    """Why it is not mended after all."""

    id: Annotated[int, Ref("maintenance.ticket")] = given(label=TICKET)
    remark: str = given(label=_("返修原因"))


class CancelTicket(Input, of=Ticket):
    """Why nothing needs to be done."""

    id: Annotated[int, Ref("maintenance.ticket")] = given(label=TICKET)
    remark: str = given(label=_("撤销原因"))


def due_after(unit: Unit, urgency: str, since: dt.datetime, on: dt.date) -> dt.datetime:
    """Return by when a ticket is to be done."""
    return since + dt.timedelta(hours=allowed_hours(unit, urgency, on))


@action("maintenance.report_fault", label=_("报修"), subject="maintenance.ticket", unit="place")
def report_faults(context: Context, rows: Sequence[ReportFault]) -> list[int]:
    """Register tickets; one that the same phone has sent before is not registered again."""
    keys = [row.client_key for row in rows if row.client_key]
    sent = dict(Ticket.objects.filter(client_key__in=keys).values_list("client_key", "pk"))
    fresh = [row for row in rows if row.client_key not in sent]
    made = iter(_registered(context, fresh))
    return [sent[row.client_key] if row.client_key in sent else next(made) for row in rows]


def _registered(context: Context, rows: Sequence[ReportFault]) -> list[int]:
    if not rows:
        return []
    places = Place.objects.select_related("unit").in_bulk({row.place for row in rows})
    units = [places[row.place].unit for row in rows]
    owners = [unit.pk for unit in units]
    due = [due_after(unit, row.urgency, context.now, context.on) for unit, row in zip(units, rows, strict=True)]
    return create_rows(
        context, TICKETS, rows, owners, unit_id=owners, due_at=due, number=numbered("WX", context.on.year, len(rows)),
        reporter_id=context.actor_id, reported_at=context.now, **context.provenance(),
    )  # fmt: skip


@action("maintenance.dispatch_ticket", label=_("派单"), subject="maintenance.ticket")
def dispatch_tickets(context: Context, rows: Sequence[DispatchTicket]) -> list[int]:
    """Hand tickets to a crew or one of its people; a changed urgency sets the deadline anew."""
    tickets = Ticket.objects.select_related("unit").in_bulk([row.id for row in rows])
    for row in rows:
        ticket, urgency = tickets[row.id], row.urgency or tickets[row.id].urgency
        due = ticket.due_at if urgency == ticket.urgency else due_after(ticket.unit, urgency, ticket.reported_at, context.on)
        change(
            context, TICKETS, row.id, crew=row.crew, worker=row.worker, urgency=urgency, due_at=due, dispatched_at=context.now,
            state=TicketState.DISPATCHED.value,
        )  # fmt: skip
    return [row.id for row in rows]


@action("maintenance.accept_ticket", label=_("接单"), subject="maintenance.ticket")
def accept_tickets(context: Context, rows: Sequence[AcceptTicket]) -> list[int]:
    """Take tickets up."""
    for row in rows:
        change(context, TICKETS, row.id, state=TicketState.ACCEPTED.value, accepted_at=context.now)
    return [row.id for row in rows]


@action("maintenance.finish_ticket", label=_("登记完成"), subject="maintenance.ticket")
def finish_tickets(context: Context, rows: Sequence[FinishTicket]) -> list[int]:
    """Enter what was done, with hours, labour and the first part."""
    with_parts = [row for row in rows if row.part]
    _use_parts(context, [RecordPart(ticket=r.id, name=r.part, quantity=r.quantity, unit_price=r.unit_price) for r in with_parts])
    for row in rows:
        done = {"work": row.work, "hours": row.hours, "labour": row.labour, "done_at": context.now}
        change(context, TICKETS, row.id, state=TicketState.DONE.value, **done)
    return [row.id for row in rows]


@action("maintenance.record_part", label=_("登记材料"), subject="maintenance.part", unit="ticket")
def record_parts(context: Context, rows: Sequence[RecordPart]) -> list[int]:
    """Enter the materials that tickets used up."""
    return _use_parts(context, rows)


def _use_parts(context: Context, rows: Sequence[RecordPart]) -> list[int]:
    tickets = Ticket.objects.in_bulk({row.ticket for row in rows})
    owners = [tickets[row.ticket].unit_id for row in rows]
    amounts = [(row.quantity * row.unit_price).quantize(Decimal("0.01")) for row in rows]
    ids = create_rows(context, PARTS, rows, owners, unit_id=owners, amount=amounts, **context.provenance())
    for row, amount in zip(rows, amounts, strict=True):
        tickets[row.ticket].parts_cost += amount
    for ticket in tickets.values():
        change(context, TICKETS, ticket.pk, parts_cost=ticket.parts_cost)
    return ids


@action("maintenance.confirm_ticket", label=_("确认并评价"), subject="maintenance.ticket")
def confirm_tickets(context: Context, rows: Sequence[ConfirmTicket]) -> list[int]:
    """Confirm that it is mended, and rate it."""
    for row in rows:
        said: dict[str, Any] = {"rating": row.rating, "remark": row.remark, "confirmed_at": context.now}
        change(context, TICKETS, row.id, state=TicketState.CONFIRMED.value, **said)
    return [row.id for row in rows]


@action("maintenance.reopen_ticket", label=_("返修"), subject="maintenance.ticket")
def reopen_tickets(context: Context, rows: Sequence[ReopenTicket]) -> list[int]:
    """Send tickets back to their crew; the deadline runs anew from now."""
    tickets = Ticket.objects.select_related("unit").in_bulk([row.id for row in rows])
    for row in rows:
        ticket = tickets[row.id]
        due = due_after(ticket.unit, ticket.urgency, context.now, context.on)
        again: dict[str, Any] = {"done_at": None, "confirmed_at": None, "rating": None, "accepted_at": None, "due_at": due}
        state = TicketState.DISPATCHED if ticket.crew_id else TicketState.REPORTED
        change(context, TICKETS, row.id, state=state.value, remark=row.remark, reopened=ticket.reopened + 1, **again)
    return [row.id for row in rows]


@action("maintenance.cancel_ticket", label=_("撤销工单"), subject="maintenance.ticket")
def cancel_tickets(context: Context, rows: Sequence[CancelTicket]) -> list[int]:
    """Withdraw tickets that need no work."""
    for row in rows:
        change(context, TICKETS, row.id, state=TicketState.CANCELLED.value, remark=row.remark)
    return [row.id for row in rows]


keep_to(dispatch_tickets, TICKETS, *OPEN)
keep_to(accept_tickets, TICKETS, TicketState.DISPATCHED)
keep_to(finish_tickets, TICKETS, TicketState.ACCEPTED)
keep_to(confirm_tickets, TICKETS, TicketState.DONE)
keep_to(reopen_tickets, TICKETS, *FINISHED)
keep_to(cancel_tickets, TICKETS, TicketState.REPORTED, TicketState.DISPATCHED)


@dispatch_tickets.check
def crew_knows_the_worker(context: Context, rows: Sequence[DispatchTicket]) -> list[Problem]:
    """Refuse to name the people of a contractor, who are not ours, and people who have left."""
    outside = set(Crew.objects.filter(pk__in={row.crew for row in rows}, kind="contractor").values_list("pk", flat=True))
    gone = set(
        Person.objects.filter(pk__in={row.worker for row in rows if row.worker}).exclude(status="active").values_list("pk", flat=True)
    )
    problems = [
        Problem("outside", _now("承修单位自行安排人员，不在这里指定。"), "worker", index)
        for index, row in enumerate(rows)
        if row.worker and row.crew in outside
    ]
    return problems + [Problem("gone", _now("这个人已经离任。"), "worker", n) for n, row in enumerate(rows) if row.worker in gone]


@accept_tickets.check
@finish_tickets.check
def ones_own_work(context: Context, rows: Sequence[Any]) -> list[Problem]:
    """Refuse work that was given to somebody else, unless to a person who dispatches."""
    mine = getattr(context.actor, "person_id", None)
    tickets = Ticket.objects.filter(pk__in=[row.id for row in rows], worker__isnull=False)
    others = {ticket.pk: ticket.unit_id for ticket in tickets if ticket.worker_id != mine}
    may = context.access.allowed(dispatch_tickets.permission, set(others.values()))
    text = _now("这张工单派给了别人。")
    return [Problem("not_yours", text, "id", index) for index, row in enumerate(rows) if row.id in others and others[row.id] not in may]


@confirm_tickets.check
@reopen_tickets.check
@cancel_tickets.check
def reporters_word(context: Context, rows: Sequence[Any]) -> list[Problem]:
    """Refuse the word of somebody who neither reported nor dispatches."""
    known = {row.pk: (row.reporter_id, row.unit_id) for row in Ticket.objects.filter(pk__in=[row.id for row in rows])}
    may = context.access.allowed(dispatch_tickets.permission, {unit for _reporter, unit in known.values()})
    text = _now("由报修人确认、返修或撤销；报修人不在的，由派单人代办。")
    wrong = {pk for pk, (reporter, unit) in known.items() if reporter != context.actor_id and unit not in may}
    return [Problem("not_yours", text, "id", index) for index, row in enumerate(rows) if row.id in wrong]


@confirm_tickets.check
def rating_is_a_rating(context: Context, rows: Sequence[ConfirmTicket]) -> list[Problem]:
    """Refuse a rating outside 1 to 5."""
    text = _now("评分是 1 到 5。")
    return [Problem("bad_rating", text, "rating", n, value=row.rating) for n, row in enumerate(rows) if not 1 <= row.rating <= 5]


@finish_tickets.check
@record_parts.check
def amounts_make_sense(context: Context, rows: Sequence[Any]) -> list[Problem]:
    """Refuse hours, quantities and prices below nothing."""
    text = _now("不能小于 0。")
    return [
        Problem("negative", text, name, index)
        for index, row in enumerate(rows)
        for name in ("hours", "labour", "quantity", "unit_price")
        if getattr(row, name, 0) < 0
    ]


@record_parts.check
def ticket_is_open(context: Context, rows: Sequence[RecordPart]) -> list[Problem]:
    """Refuse material for a ticket that is confirmed or withdrawn."""
    shut = (TicketState.CONFIRMED, TicketState.CANCELLED)
    closed = set(Ticket.objects.filter(pk__in={row.ticket for row in rows}, state__in=shut).values_list("pk", flat=True))
    text = _now("工单已经确认或撤销。")
    return [Problem("closed", text, "ticket", index) for index, row in enumerate(rows) if row.ticket in closed]
