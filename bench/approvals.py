"""Requests through three signatures, with audit and the deed, beside the workflow engine alone with its state kept in the database."""

from __future__ import annotations

import sys
from statistics import fmean
from typing import Any

from bench import world
from bench.figures import Figure, timed

from django.db import connection, transaction  # isort: skip

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser  # isort: skip
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer  # isort: skip
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow  # isort: skip
from SpiffWorkflow.util.task import TaskState  # isort: skip

from gongjia.approvals.engine.reading import tree_of
from gongjia.approvals.executing import PATIENCE
from gongjia.approvals.models import Request, Step
from gongjia.approvals.services.publishing import publish
from gongjia.core.action import actions
from gongjia.core.gate import declare_gate, gates
from gongjia.core.models import AuditEntry
from gongjia.org.models import RoleGrant, Unit, User

REQUESTS = 400
LOOKED_AT = 12  # requests that the standards look ahead of as well
TOGETHER = 40  # a full to-do list decided in one go
DEED, MOVE = "ledger.edit_asset", "ledger.change_status"
VALUES = {DEED: {"note": "已核对"}, MOVE: {"status": "idle"}}
LOOK_AHEAD = "standards.after"
SIGNERS = ("unit_head", "asset_office", "finance_office")


def route() -> str:
    """Return three signatures in a row."""
    steps = "".join(_task(key, before, after) for key, before, after in (("a", "0", "1"), ("b", "1", "2"), ("c", "2", "3")))
    ends = '<bpmn:startEvent id="start"/><bpmn:endEvent id="end"/>'
    nodes = ("start", "a", "b", "c", "end")
    flows = "".join(f'<bpmn:sequenceFlow id="f{n}" sourceRef="{nodes[n]}" targetRef="{nodes[n + 1]}"/>' for n in range(4))
    head = (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" id="d" targetNamespace="t">'
    )
    return f'{head}<bpmn:process id="p" isExecutable="true">{ends}{steps}{flows}</bpmn:process></bpmn:definitions>'


def _task(key: str, before: str, after: str) -> str:
    role = SIGNERS["abc".index(key)]
    told = f'<spiffworkflow:properties><spiffworkflow:property name="role" value="{role}"/></spiffworkflow:properties>'
    return f'<bpmn:userTask id="{key}" name="{key}"><bpmn:extensionElements>{told}</bpmn:extensionElements></bpmn:userTask>'


def engine_alone(bpmn: str, reload: bool) -> float:
    """Return instances a second of the engine: its state written after every step, and read before it with `reload`."""
    parser = BpmnParser()
    parser.add_bpmn_xml(tree_of(bpmn), filename="p")
    spec, serializer = parser.get_spec("p"), BpmnWorkflowSerializer()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE engine_alone (id integer PRIMARY KEY, state text)")
    with timed() as clock:
        for number in range(REQUESTS):
            _one_instance(number, spec, serializer, reload)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE engine_alone")
    return REQUESTS / clock.seconds


def _one_instance(number: int, spec: Any, serializer: Any, reload: bool) -> None:
    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO engine_alone VALUES (%s, %s)", [number, serializer.serialize_json(workflow)])
    while not workflow.completed:
        with transaction.atomic(), connection.cursor() as cursor:
            if reload:
                cursor.execute("SELECT state FROM engine_alone WHERE id = %s", [number])
                workflow = serializer.deserialize_json(cursor.fetchone()[0])
            workflow.get_tasks(state=TaskState.READY, manual=True)[0].run()
            workflow.do_engine_steps()
            cursor.execute("UPDATE engine_alone SET state = %s WHERE id = %s", [serializer.serialize_json(workflow), number])


def people() -> tuple[User, list[User], Unit]:
    """Return an applicant, three signers and their bureau."""
    bureau = Unit.objects.create(code="B", name="局", tier="municipal", division="349900", path="")
    Unit.objects.filter(pk=bureau.pk).update(path=f"{bureau.pk}.")
    roles = ("asset_clerk", *SIGNERS)
    made = [User.objects.create(username=f"bench-{role}", name=role) for role in roles]
    for user, role in zip(made, roles, strict=True):
        RoleGrant.objects.create(user=user, role=role, unit=bureau, valid_from="2020-01-01")
    return made[0], made[1:], bureau


def through_actions(deed: str, applicant: User, signers: list[User], cards: list[int], together: int = TOGETHER) -> float:
    """Return requests a second from the draft to the deed, in the batches of a busy to-do list."""
    with timed() as clock:
        for start in range(0, len(cards), together):
            rows = [{"action": deed, "rows": {"id": pk, **VALUES[deed]}} for pk in cards[start : start + together]]
            drafts = actions["approvals.draft_request"].run_many(applicant, rows).ids
            actions["approvals.submit_request"].run_many(applicant, [{"id": pk} for pk in drafts])
            for signer in signers:
                steps = Step.objects.filter(request__in=drafts, state="open").values_list("pk", flat=True)
                actions["approvals.approve_step"].run_many(signer, [{"id": pk} for pk in steps])
    assert not Request.objects.exclude(state="done").exists(), "every request was carried out"
    return len(cards) / clock.seconds


def main(_scale: int) -> None:
    world.migrated()
    bpmn = route()
    publish("bench", "三级", [DEED, MOVE], None, bpmn)
    applicant, signers, bureau = people()
    made = range(REQUESTS + LOOKED_AT + TOGETHER)
    rows = [{"number": f"A-{n}", "name": "台式计算机", "unit": bureau.pk, "cost": "4800"} for n in made]
    cards = actions["ledger.register_asset"].run_many(applicant, rows).ids
    looking = gates[LOOK_AHEAD]
    gates.remove(LOOK_AHEAD)
    through_actions(DEED, applicant, signers, cards[-TOGETHER:])  # both are measured warm
    engine_alone(bpmn, reload=True)
    alone = [[engine_alone(bpmn, reload=again)] for again in (False, True)]
    audited = AuditEntry.objects.count()
    rate = through_actions(DEED, applicant, signers, cards[:REQUESTS])
    assert AuditEntry.objects.count() - audited >= 6 * REQUESTS, "every act is audited"
    for again, rates in enumerate(alone):  # measured on either side: a machine is seldom as quiet for long
        rates.append(engine_alone(bpmn, reload=bool(again)))
    ceiling, reloaded = (fmean(rates) for rates in alone)
    moved = through_actions(MOVE, applicant, signers, cards[:REQUESTS])
    declare_gate(looking)
    slower = through_actions(MOVE, applicant, signers, cards[REQUESTS : REQUESTS + LOOKED_AT], PATIENCE)
    report(ceiling, reloaded, rate, {"whose deed moves a card in the ledger": moved, "and is judged by the standards beforehand": slower})


def report(ceiling: float, reloaded: float, rate: float, others: dict[str, float]) -> None:
    what = f"three-step requests through Actions with audit and deed, {TOGETHER} at a time, on {connection.vendor}"
    peer = f"the engine alone, its state read before and written after each step ({reloaded:,.0f}/s)"
    world.emit(Figure("approvals", what, rate, "requests/s", round(0.4 * reloaded, 1), peer=peer, ratio=rate / reloaded))
    peer = f"the engine alone, kept in memory, its state written after each step ({ceiling:,.0f}/s)"
    world.emit(Figure("approvals", "the same", rate, "requests/s", peer=peer, ratio=rate / ceiling))
    for what, other in others.items():
        world.emit(Figure("approvals", f"the same, {what}", other, "requests/s", peer=f"the first ({rate:,.0f}/s)", ratio=other / rate))


if __name__ == "__main__":
    main(int(sys.argv[1]))
