"""Gates between a request and its approval: they ask, block, settle, and what they said is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from gongjia.approvals.executing import JOB, PATIENCE
from gongjia.approvals.models import Request, Step
from gongjia.core.action import actions
from gongjia.core.gate import Case, Gate, Judgement, declare_gate, gates
from gongjia.core.inputs import Input, given
from gongjia.core.jobs import perform
from gongjia.core.models import Job, Reservation
from gongjia.core.problems import Refused
from gongjia.core.reservations import Claim
from gongjia.ledger.models import Asset
from tests.approvals.working import REGISTER, Office, act, approve, draft, step_for

pytestmark = [pytest.mark.django_db, pytest.mark.data]


class Answer(Input):
    """What is said to the gate."""

    reason: str = given(label="理由")


class Porter:
    """A gate whose mind the tests change."""

    def __init__(self) -> None:
        self.word: Judgement | None = Judgement("question", "两街之外有一台闲置的", {"found": 1})
        self.settled: list[Any] = []

    def judge(self, case: Case) -> Judgement | None:
        return (
            Judgement("clear", data={"found": 1})
            if "tests.porter" in case.answers and self.word and self.word.verdict == "question"
            else self.word
        )

    def settle(self, case: Case) -> list[Any]:
        self.settled.append(case.answers.get("tests.porter"))
        return list(case.rows)


@pytest.fixture
def porter() -> Iterator[Porter]:
    made = Porter()
    declare_gate(Gate("tests.porter", "先借后买", (REGISTER,), made.judge, answer=Answer, settle=made.settle))
    yield made
    gates.remove("tests.porter")


def test_a_question_stops_the_request_until_it_is_answered(office: Office, porter: Porter) -> None:
    pk = draft(office)
    with pytest.raises(Refused, match="两街之外"):
        act(office.asker, "submit_request", {"id": pk})
    act(office.asker, "answer_gate", {"id": pk, "gate": "tests.porter", "answer": {"reason": "型号不合"}})
    act(office.asker, "submit_request", {"id": pk})
    request = approve(office.head, Request.objects.get(pk=pk))
    assert request.state == "done" and porter.settled == [{"reason": "型号不合"}]
    assert request.judgements["tests.porter"] == {"verdict": "clear", "text": "", "data": {"found": 1}}


@pytest.mark.parametrize("raw", [{}, {"reason": ""}, {"reason": "x", "colour": "red"}, [{"reason": "a"}, {"reason": "b"}]])
def test_an_answer_of_the_wrong_shape_is_refused(office: Office, porter: Porter, raw: Any) -> None:
    with pytest.raises(Refused):
        act(office.asker, "answer_gate", {"id": draft(office), "gate": "tests.porter", "answer": raw})


def test_a_blocked_request_is_not_submitted(office: Office, porter: Porter) -> None:
    porter.word = Judgement("blocked", "超出编制")
    with pytest.raises(Refused, match=r"先借后买.*超出编制"):
        act(office.asker, "submit_request", {"id": draft(office)})


def test_a_gate_that_blocks_anew_stops_the_approval(office: Office, porter: Porter) -> None:
    porter.word = None
    pk = draft(office)
    act(office.asker, "submit_request", {"id": pk})
    porter.word = Judgement("blocked", "已有闲置")
    step = step_for(office.head, Request.objects.get(pk=pk))
    with pytest.raises(Refused, match="已有闲置"):
        act(office.head, "approve_step", {"id": step.pk})
    assert Request.objects.get(pk=pk).state == "running"


def test_what_a_gate_claims_is_reserved(office: Office, porter: Porter) -> None:
    card = actions[REGISTER].run(office.town.clerk, {"number": "C-9", "name": "桌", "unit": "YC-SW"})
    porter.word = Judgement("warning", "留意", claims=(Claim("ledger.asset", card),))
    act(office.asker, "submit_request", {"id": draft(office)})
    assert Reservation.objects.get().subject_id == card


def test_a_gate_that_settles_everything_leaves_nothing_for_the_action(
    office: Office, porter: Porter, monkeypatch: pytest.MonkeyPatch
) -> None:
    porter.word = None
    monkeypatch.setattr(Porter, "settle", lambda self, case: [])
    gates.remove("tests.porter")
    declare_gate(Gate("tests.porter", "先借后买", (REGISTER,), porter.judge, settle=porter.settle))
    pk = draft(office)
    act(office.asker, "submit_request", {"id": pk})
    request = approve(office.head, Request.objects.get(pk=pk))
    assert (request.state, request.outcome["ids"], Asset.objects.count()) == ("done", [], 0)


def test_many_requests_with_a_slow_gate_are_carried_out_by_jobs(office: Office, porter: Porter) -> None:
    porter.word = None
    gates.remove("tests.porter")
    declare_gate(Gate("tests.porter", "慢", (REGISTER,), porter.judge, patient=True))
    drafts = [draft(office, number=f"S-{n}") for n in range(PATIENCE + 1)]
    actions["approvals.submit_request"].run_many(office.asker, [{"id": pk} for pk in drafts])
    steps = Step.objects.filter(state="open").values_list("pk", flat=True)
    actions["approvals.approve_step"].run_many(office.head, [{"id": pk} for pk in steps])
    assert set(Request.objects.values_list("state", flat=True)) == {"granted"}
    for job in Job.objects.filter(kind=JOB):
        perform(job)
    assert set(Request.objects.values_list("state", flat=True)) == {"done"} and Asset.objects.count() == PATIENCE + 1
