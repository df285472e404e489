"""Daily repair: from the report to the reporter's word."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from gongjia.core import jobs
from gongjia.core.models import Job
from gongjia.core.periods import today
from gongjia.core.problems import Forbidden, Refused
from gongjia.core.resource import NotFound
from gongjia.domains.maintenance.models import Part, Ticket
from tests.domains.maintenance.works import NOON, TODAY, Works

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def test_a_defect_goes_from_the_report_to_the_rating(works: Works) -> None:
    ticket = works.done()
    assert (ticket.state, ticket.hours, ticket.parts_cost) == ("done", Decimal("1.5"), Decimal("35.00"))
    works.do("maintenance.confirm_ticket", works.employee, {"id": ticket.pk, "rating": 5, "remark": "很快"})
    ticket.refresh_from_db()
    assert (ticket.state, ticket.rating, ticket.unit) == ("confirmed", 5, works.town.water)
    assert Part.objects.get().amount == Decimal("35.00")


@pytest.mark.parametrize(("urgency", "hours"), [("emergency", 4), ("urgent", 24), ("ordinary", 72)])
def test_the_urgency_sets_the_deadline(works: Works, urgency: str, hours: int) -> None:
    assert works.report(urgency=urgency).due_at == NOON + dt.timedelta(hours=hours)


def test_the_dispatcher_may_raise_the_urgency_and_the_deadline_follows(works: Works) -> None:
    ticket = works.report(urgency="ordinary")
    works.do("maintenance.dispatch_ticket", works.dispatcher, {"id": ticket.pk, "crew": works.crew.pk, "urgency": "emergency"})
    ticket.refresh_from_db()
    assert ticket.due_at == NOON + dt.timedelta(hours=4)


def test_the_same_report_sent_twice_is_one_ticket(works: Works) -> None:
    first, second = works.report(client_key="a1"), works.report(client_key="a1")
    assert first == second
    assert Ticket.objects.count() == 1


def test_a_defect_that_is_nowhere_is_refused(works: Works) -> None:
    with pytest.raises(Refused, match="地点"):
        works.report(place=None)


def test_nobody_reports_for_another_unit(works: Works) -> None:
    with pytest.raises((Refused, Forbidden, NotFound)):
        works.do("maintenance.report_fault", works.town.stranger, {"place": works.room.pk, "trade": "water", "fault": "x"})
    assert not Ticket.objects.exists()


def test_what_does_not_hold_is_opened_again_with_a_new_deadline(works: Works) -> None:
    ticket = works.done()
    later = TODAY + dt.timedelta(days=3)
    works.do("maintenance.reopen_ticket", works.employee, {"id": ticket.pk, "remark": "又漏了"}, later)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.reopened, ticket.done_at) == ("dispatched", 1, None)
    assert ticket.due_at == NOON + dt.timedelta(days=4)


def test_only_the_reporter_or_a_dispatcher_confirms(works: Works) -> None:
    ticket = works.done()
    with pytest.raises(Refused, match="由报修人确认"):
        works.do("maintenance.confirm_ticket", works.office, {"id": ticket.pk, "rating": 5})


def test_a_rating_is_between_one_and_five(works: Works) -> None:
    ticket = works.done()
    with pytest.raises(Refused, match="1 到 5"):
        works.do("maintenance.confirm_ticket", works.employee, {"id": ticket.pk, "rating": 6})


def test_a_worker_does_not_take_what_was_given_to_somebody_else(works: Works) -> None:
    ticket = works.report()
    other = works.town.person
    works.do("maintenance.dispatch_ticket", works.dispatcher, {"id": ticket.pk, "crew": works.crew.pk, "worker": other.pk})
    with pytest.raises(Refused, match="派给了别人"):
        works.do("maintenance.accept_ticket", works.worker, {"id": ticket.pk})


def test_steps_are_not_skipped(works: Works) -> None:
    ticket = works.report()
    with pytest.raises(Refused, match="待派单"):
        works.do("maintenance.finish_ticket", works.worker, {"id": ticket.pk, "work": "x"})


def test_an_employee_does_not_dispatch(works: Works) -> None:
    ticket = works.report()
    with pytest.raises(Forbidden):
        works.do("maintenance.dispatch_ticket", works.employee, {"id": ticket.pk, "crew": works.crew.pk})


def plan(works: Works, **more: object) -> int:
    raw = {"code": "P1", "name": "消防检查", "unit": "YC-SW", "place": works.building.pk, "trade": "fire", "every": 3, "work": "检查灭火器"}
    return works.do("maintenance.register_plan", works.dispatcher, {**raw, "next_due": dt.date(2026, 1, 31), **more})


def test_a_plan_makes_each_ticket_once_and_moves_on(works: Works) -> None:
    pk = plan(works, crew=works.crew.pk)
    for _again in range(2):
        works.do("maintenance.issue_tickets", works.dispatcher, {"id": pk})
    days = list(Ticket.objects.order_by("occasion").values_list("occasion", flat=True))
    assert days == [dt.date(2026, 1, 31), dt.date(2026, 4, 30)]
    assert Ticket.objects.filter(state="dispatched", crew=works.crew).count() == 2
    assert Ticket.objects.first().plan.next_due == dt.date(2026, 7, 31)


def test_a_plan_set_back_does_not_make_a_ticket_again(works: Works) -> None:
    pk = plan(works)
    works.do("maintenance.issue_tickets", works.dispatcher, {"id": pk})
    works.do("maintenance.edit_plan", works.dispatcher, {"id": pk, "next_due": dt.date(2026, 4, 30)})
    works.do("maintenance.issue_tickets", works.dispatcher, {"id": pk})
    assert Ticket.objects.count() == 2


def test_the_nightly_job_issues_what_is_due(works: Works) -> None:
    plan(works, next_due=today())
    row = jobs.enqueue("maintenance.issue", works.dispatcher)
    Job.objects.filter(pk=row.pk).update(state=Job.State.RUNNING, heartbeat_at=NOON)
    jobs.perform(Job.objects.get(pk=row.pk))
    assert Job.objects.get(pk=row.pk).result == {"plans": 1, "tickets": 1}
    assert Ticket.objects.get().occasion == today()
