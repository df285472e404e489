"""Deadlines and timers: what the clock does to a request."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.utils import timezone

from gongjia.approvals.models import Decision, Notice, Request, Seat, Step
from gongjia.approvals.seeing import waiting_for
from gongjia.approvals.services.deadlines import KEEP
from gongjia.approvals.services.publishing import publish
from gongjia.core.jobs import enqueue, perform
from gongjia.core.models import Job
from gongjia.ledger.models import Asset
from tests.approvals.drawing import flows, line, node, process, task, timer
from tests.approvals.working import REGISTER, Office, approve, submitted
from tests.people import user

pytestmark = [pytest.mark.django_db, pytest.mark.data]
HEAD = task("head", role="unit_head", deadline="5")


def tick() -> dict:
    """Run the clock's job once and return what it did."""
    job = enqueue(KEEP, None)
    perform(job)
    return Job.objects.get(pk=job.pk).result


def test_a_step_has_the_deadline_that_its_route_states(office: Office) -> None:
    step = Step.objects.get(request=submitted(office))
    assert dt.timedelta(days=4, hours=23) < step.due_at - timezone.now() < dt.timedelta(days=5)
    assert tick()["escalated"] == 0


def test_an_overdue_step_is_escalated_once_to_the_level_above_who_may_sign(office: Office) -> None:
    boss, request = user("boss", "unit_head", office.town.city), submitted(office)
    Step.objects.update(due_at=timezone.now() - dt.timedelta(hours=1))
    assert (tick()["escalated"], tick()["escalated"]) == (1, 0)
    assert Decision.objects.filter(verb="escalate").count() == 1
    assert {"head", "boss", "asker"} <= set(Notice.objects.filter(kind="overdue").values_list("user__username", flat=True))
    assert waiting_for(boss).exists() and approve(boss, request).state == "done"


def test_a_timer_between_two_steps_waits_and_then_goes_on(office: Office) -> None:
    publish(
        "public",
        "公示",
        [REGISTER],
        office.town.water.pk,
        process(HEAD, timer("wait", "'PT1S'"), flows("start > head", "head > wait", "wait > end")),
    )
    request = approve(office.head, submitted(office))
    assert request.state == "running" and request.wakes_at is not None and not waiting_for(office.head).exists()
    assert tick()["woken"] == 0
    time.sleep(1.1)
    assert tick()["woken"] == 1 and Request.objects.get(pk=request.pk).state == "done" and Asset.objects.count() == 1


def test_a_timer_on_a_step_takes_it_away_when_it_goes_off(office: Office) -> None:
    late = timer("late", "'PT1S'", "boundaryEvent", attachedToRef="head")
    bpmn = process(HEAD, late, task("chief", role="chief"), flows("start > head", "head > end", "late > chief", "chief > end"))
    publish("late", "逾期转办", [REGISTER], office.town.water.pk, bpmn)
    request = submitted(office)
    time.sleep(1.1)
    assert tick()["woken"] == 1
    assert list(Step.objects.filter(request=request).order_by("pk").values_list("spec", "state")) == [
        ("head", "cancelled"),
        ("chief", "open"),
    ]
    assert approve(office.chief, request).state == "done"


def test_each_unit_that_an_input_names_signs_for_itself(office: Office) -> None:
    publish("each", "逐个单位", [REGISTER], office.town.water.pk, line(task("each", loop="units_unit", role="unit_head", where="item")))
    request = submitted(office)
    assert set(Seat.objects.filter(step__request=request).values_list("user__username", flat=True)) == {"head", "other_head"}
    assert Step.objects.get(request=request).item == str(office.town.water.pk)
    assert approve(office.head, request).state == "done"


def test_a_sub_process_is_walked_through(office: Office) -> None:
    inner = node(
        "subProcess", "inner", node("startEvent", "s") + node("endEvent", "e") + task("deep", role="chief") + flows("s > deep", "deep > e")
    )
    publish("nested", "内嵌", [REGISTER], office.town.water.pk, process(HEAD, inner, flows("start > head", "head > inner", "inner > end")))
    request = approve(office.head, submitted(office))
    assert waiting_for(office.chief).get().spec == "deep" and approve(office.chief, request).state == "done"


def test_who_signed_already_is_skipped_where_the_route_says_so(office: Office) -> None:
    again = task("again", role="unit_head", mode="all", skip_signed="yes")
    publish("skip", "不重复签", [REGISTER], office.town.water.pk, line(HEAD, again))
    request = approve(office.head, submitted(office))
    assert [seat.state for seat in Seat.objects.filter(step__spec="again").order_by("user__username")] == ["skipped", "waiting"]
    assert approve(office.other_head, request).state == "done"


def test_a_step_of_somebody_who_signed_is_passed_over_and_told(office: Office) -> None:
    publish("skip", "不重复签", [REGISTER], office.town.water.pk, line(HEAD, task("again", role="unit_head", skip_signed="yes")))
    request = approve(office.head, submitted(office))
    assert request.state == "done" and Step.objects.get(spec="again").state == "skipped"
    assert Decision.objects.filter(request=request, verb="skip").count() == 1


def test_a_granted_request_whose_job_was_lost_is_handed_out_again(office: Office) -> None:
    request = submitted(office)
    Request.objects.filter(pk=request.pk).update(state="granted")
    assert tick()["handed_out"] == 1
    perform(Job.objects.get(kind="approvals.carry_out"))
    assert Request.objects.get(pk=request.pk).state == "done"
