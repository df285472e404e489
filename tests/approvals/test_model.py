"""Random verbs in random order by everybody, also by those who may not: what must hold, holds after each of them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from gongjia.approvals.choices import OPEN_STATES
from gongjia.approvals.models import Decision, Request, Seat, Step
from gongjia.approvals.seeing import ripe_seats
from gongjia.approvals.services.publishing import publish
from gongjia.core.action import actions
from gongjia.core.models import Reservation
from gongjia.core.problems import Conflict, Forbidden, Refused
from gongjia.core.resource import NotFound
from gongjia.ledger.models import Entry
from gongjia.org.models import RoleGrant, User
from tests import people
from tests.approvals import working
from tests.approvals.drawing import flows, node, process, task

TRANSFER = "ledger.transfer_asset"
REACHED: set[str] = set()
NAMES = ("asker", "head", "other_head", "archive_head", "assets", "second_assets", "finance", "chief", "stranger")
PEOPLE = st.sampled_from(NAMES)
WAYS = ("start > head", "head > fork", "fork > assets", "fork > finance", "assets > join", "finance > join", "join > chief", "chief > end")
TOLD = (Refused, Forbidden, NotFound, Conflict)


def route() -> str:
    """Return a head, two branches countersigned by half and by one, and a chief; who has signed is not asked twice."""
    tasks = (
        task("head", role="unit_head", mode="all"),
        task("assets", role="asset_office", mode="ratio", ratio="50", skip_signed="yes"),
        task("finance", role="finance_office", skip_signed="yes"),
        task("chief", role="chief", skip_signed="yes"),
    )
    return process(*tasks, node("parallelGateway", "fork"), node("parallelGateway", "join"), flows(*WAYS))


class Approvals(RuleBasedStateMachine):
    """Two cards, up to four requests for them, nine people."""

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        office = working.staff(people.build())
        RoleGrant.objects.create(user=office.head, role="requester", unit=office.town.water, valid_from=people.SINCE)
        publish("model", "随机", [TRANSFER], office.town.water.pk, route())
        register = actions[working.REGISTER]
        self.cards = [register.run(office.town.clerk, {"number": f"M-{n}", "name": "桌", "unit": "YC-SW"}) for n in range(2)]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    def tried(self, who: str, verb: str, raw: dict[str, Any]) -> None:
        """Do a verb, or be told why not: nothing else may happen."""
        with suppress(*TOLD), transaction.atomic():
            actions[f"approvals.{verb}"].run(User.objects.get(username=who), raw)

    @initialize(first=st.sampled_from(("asker", "head")), second=st.sampled_from(("asker", "head")))
    def begin(self, first: str, second: str) -> None:
        """Two people, or one twice, ask for one card, and somebody for the other."""
        for who, card in ((first, 0), (second, 0), (second, 1)):
            self.draft(who, card)
        for nth in (0, 2):
            self.submit(nth)

    @rule(who=st.sampled_from(("asker", "head")), card=st.integers(0, 1))
    def draft(self, who: str, card: int) -> None:
        if Request.objects.count() < 4:
            self.tried(who, "draft_request", {"action": TRANSFER, "rows": {"id": self.cards[card], "unit": "YC-DA"}})

    @rule(who=PEOPLE, verb=st.sampled_from(("submit_request", "withdraw_request", "remind", "retry_request")), nth=st.integers(0, 3))
    def ask(self, who: str, verb: str, nth: int) -> None:
        if request := Request.objects.order_by("pk")[nth : nth + 1].first():
            self.tried(request.applicant.username if nth % 2 else who, verb, {"id": request.pk})

    @rule(nth=st.integers(0, 3))
    def submit(self, nth: int) -> None:
        if request := Request.objects.order_by("pk")[nth : nth + 1].first():
            self.tried(request.applicant.username, "submit_request", {"id": request.pk})

    @rule(who=PEOPLE, nth=st.integers(0, 3))
    def void(self, who: str, nth: int) -> None:
        if request := Request.objects.order_by("pk")[nth : nth + 1].first():
            self.tried(who, "void_request", {"id": request.pk, "note": "误"})

    @rule(
        who=PEOPLE,
        nth=st.integers(0, 7),
        verb=st.sampled_from(("approve_step", "refuse_step", "return_step")),
        to=st.sampled_from(("", "head", "finance")),
    )
    def decide(self, who: str, nth: int, verb: str, to: str) -> None:
        if step := Step.objects.order_by("-pk")[nth : nth + 1].first():
            more = {"note": "看"} | ({"to": to} if verb == "return_step" and to else {})
            self.tried(who, verb, {"id": step.pk, **more})

    def signing(self, nth: int, verb: str, **more: str) -> None:
        """Somebody whose turn it is decides: so that requests come to their end."""
        ripe = [(seat.user.username, seat.step_id) for seat in ripe_seats().order_by("pk").select_related("user")]
        if ripe:
            who, pk = ripe[nth % len(ripe)]
            self.tried(who, verb, {"id": pk, **more})

    @rule(nth=st.integers(0, 5))
    def agree(self, nth: int) -> None:
        self.signing(nth, "approve_step")

    @rule(nth=st.integers(0, 5))
    def agree_again(self, nth: int) -> None:
        self.signing(nth, "approve_step")

    @rule(first=st.integers(0, 5))
    def agree_all(self, first: int) -> None:
        for turn in range(6):
            self.signing(first + turn, "approve_step")

    @rule(nth=st.integers(0, 5), to=st.sampled_from(("", "", "head", "finance")))
    def send_back(self, nth: int, to: str) -> None:
        self.signing(nth, "return_step", note="补", **({"to": to} if to else {}))

    @rule(nth=st.integers(0, 5))
    def turn_down(self, nth: int) -> None:
        self.signing(nth, "refuse_step", note="否")

    @rule(who=PEOPLE, other=PEOPLE, nth=st.integers(0, 3), place=st.sampled_from(("before", "after")))
    def call_in(self, who: str, other: str, nth: int, place: str) -> None:
        if step := Step.objects.filter(state="open").order_by("pk")[nth : nth + 1].first():
            self.tried(who, "add_signer", {"id": step.pk, "user": other, "place": place})

    @rule(who=PEOPLE, other=PEOPLE)
    def delegate(self, who: str, other: str) -> None:
        self.tried(who, "delegate", {"proxy": other, "valid_from": "2020-01-01", "valid_to": "2099-01-01"})

    @invariant()
    def no_request_stands_still(self) -> None:
        """Whoever is on his way waits for somebody who sees it on his list."""
        able = ripe_seats().filter(user__username__in=NAMES[1:-1]).exclude(user=F("step__request__applicant"))
        seen = set(able.values_list("step__request_id", flat=True))
        assert set(Request.objects.filter(state="running").values_list("pk", flat=True)) <= seen

    @invariant()
    def nobody_signs_his_own(self) -> None:
        for signed in Decision.objects.filter(verb="approve").select_related("request"):
            assert signed.request.applicant_id not in (signed.actor_id, signed.on_behalf_of_id)

    @invariant()
    def what_is_open_holds_and_nothing_else(self) -> None:
        held = list(Reservation.objects.filter(released_at__isnull=True).values_list("holder", flat=True))
        assert sorted(held) == sorted(Request.objects.filter(state__in=OPEN_STATES).values_list("key", flat=True))
        assert len(set(Reservation.objects.filter(released_at__isnull=True).values_list("subject_id", flat=True))) == len(held)

    @invariant()
    def nothing_is_granted_twice(self) -> None:
        moved = list(Entry.objects.filter(kind="transfer").values_list("request_key", flat=True))
        assert sorted(moved) == sorted(Request.objects.filter(state="done").values_list("key", flat=True))
        assert Decision.objects.filter(verb="carry_out").count() == len(moved)

    @invariant()
    def what_was_seen_is_remembered(self) -> None:
        REACHED.update(Request.objects.values_list("state", flat=True))

    @invariant()
    def only_running_requests_have_open_steps(self) -> None:
        assert not Step.objects.filter(state="open").exclude(request__state="running").exists()
        assert not Seat.objects.filter(step__state="done", state="waiting", kind="before").exists()


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_anybody_does_no_promise_is_broken() -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Approvals, settings=settings(max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=checks, derandomize=True)
    )
    assert {"done", "refused", "returned", "void", "running"} <= REACHED
