"""Before a route goes live: each fault is found and names its element."""

from __future__ import annotations

import pytest

from gongjia.approvals.checking import flaws_of
from gongjia.approvals.models import RouteVersion
from gongjia.core.action import actions
from gongjia.core.problems import Forbidden, Refused
from tests.approvals.drawing import flows, line, node, process, task, timer
from tests.approvals.working import REGISTER, Office
from tests.people import Town, user

pytestmark = [pytest.mark.django_db, pytest.mark.data]
HEAD = task("head", role="unit_head")
SPLIT = node("exclusiveGateway", "gate", default="gate_end")

BAD = {
    "dead_end": (process(HEAD, task("more", role="chief"), flows("start > head", "head > end", "start > more")), "more", "断"),
    "unreached": (process(HEAD, task("more", role="chief"), flows("start > head", "head > end", "more > end")), "more", "走不到"),
    "nobody": (line(task("head")), "head", "由谁签署"),
    "unknown_role": (line(task("head", role="emperor")), "head", "emperor"),
    "unknown_user": (line(task("head", user="nobody")), "head", "nobody"),
    "unknown_where": (line(task("head", role="unit_head", where="moon")), "head", "moon"),
    "no_unit_field": (line(task("head", role="unit_head", where="field:name")), "head", "name"),
    "unknown_field": (line(task("head", role="unit_head", where="field:nothing")), "head", "nothing"),
    "unknown_record": (line(task("head", role="unit_head", where="record:name")), "head", "name"),
    "unknown_collection": (line(task("head", loop="units_moon", role="unit_head", where="item")), "head", "units_moon"),
    "role_that_may_not_sign": (line(task("head", role="auditor")), "head", "auditor"),
    "unknown_mode": (line(task("head", role="unit_head", mode="most")), "head", "签署方式"),
    "unknown_property": (line(task("head", role="unit_head", colour="red")), "head", "colour"),
    "bad_deadline": (line(task("head", role="unit_head", deadline="soon")), "head", "deadline"),
    "script": (process(HEAD, node("scriptTask", "run"), flows("start > head", "head > run", "run > end")), "run", "scriptTask"),
    "service": (process(HEAD, node("serviceTask", "run"), flows("start > head", "head > run", "run > end")), "run", "serviceTask"),
    "unsigned": (
        process(HEAD, SPLIT, flows("start > gate", "gate > head ? request.total > 5", "gate > end", "head > end")),
        "start",
        "不经",
    ),
    "implicit": (process(HEAD, task("b", role="chief"), flows("start > head", "head > b", "head > end", "b > end")), "head", "网关"),
    "no_default": (
        process(
            HEAD,
            node("exclusiveGateway", "gate"),
            flows("start > head", "head > gate", "gate > end ? request.total > 5", "gate > head ? request.total < 5"),
        ),
        "gate",
        "默认",
    ),
    "no_condition": (process(HEAD, SPLIT, flows("start > head", "head > gate", "gate > head", "gate > end")), "gate_head", "条件"),
    "no_topic": (
        process(HEAD, SPLIT, flows("start > head", "head > gate", "gate > head ? request.total > limit('moon', 'amount')", "gate > end")),
        "gate_head",
        "moon",
    ),
    "two_starts": (process(HEAD, node("startEvent", "again"), flows("start > head", "head > end", "again > head")), "p", "开始"),
    "message": (
        process(
            HEAD,
            node("intermediateCatchEvent", "wait", '<bpmn:messageEventDefinition id="m"/>'),
            flows("start > head", "head > wait", "wait > end"),
        ),
        "wait",
        "message",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_route_is_told_with_the_id_of_its_element(town: Town, name: str) -> None:
    bpmn, element, word = BAD[name]
    found = flaws_of(bpmn, [REGISTER])
    assert any(flaw.element == element and word in flaw.text for flaw in found), found


@pytest.mark.parametrize(
    ("condition", "word"),
    [
        ("__import__('os').system('id')", "不允许"),
        ("request.__class__", "不允许"),
        ("[x for x in request.rows]", "ListComp"),
        ("(lambda: 1)()", "不允许"),
        ("request.rows[0]", "Subscript"),
        ("request.total >", "写法有误"),
        ("request.weather == 'rain'", "request.weather"),
        ("request.rows.colour == 'red'", "request.rows.colour"),
        ("open('x') > 1", "open"),
        ("2 ** 99999999 > 1", "不允许"),
        ("total > 1", "total"),
        ("limit(request.total) > 1", "limit"),
    ],
)
def test_a_condition_outside_the_language_is_refused(town: Town, condition: str, word: str) -> None:
    bpmn = process(
        HEAD, SPLIT, task("b", role="chief"), flows("start > head", "head > gate", f"gate > b ? {condition}", "gate > end", "b > end")
    )
    assert any(flaw.element == "gate_b" and word in flaw.text for flaw in flaws_of(bpmn, [REGISTER]))


def test_a_join_whose_branch_never_comes_is_found_by_walking(town: Town) -> None:
    parts = (
        HEAD,
        task("a", role="chief"),
        task("b", role="chief"),
        node("exclusiveGateway", "split", default="split_b"),
        node("parallelGateway", "join"),
    )
    ways = ("start > head", "head > split", "split > a ? request.total > 5", "split > b", "a > join", "b > join", "join > end")
    [flaw] = flaws_of(process(*parts, flows(*ways)), [REGISTER])
    assert flaw.element == "join" and "汇合" in flaw.text


def test_sound_routes_pass(town: Town) -> None:
    inner = node(
        "subProcess", "inner", node("startEvent", "s") + node("endEvent", "e") + task("deep", role="chief") + flows("s > deep", "deep > e")
    )
    gate = node("exclusiveGateway", "gate")
    opposite = flows(
        "start > head", "head > gate", "gate > inner ? request.total >= 5", "gate > wait ? request.total < 5", "wait > end", "inner > end"
    )
    assert flaws_of(process(HEAD, inner, gate, timer("wait", "'P5D'"), opposite), [REGISTER]) == []
    assert flaws_of(line(task("each", loop="units_unit", role="unit_head", where="item")), [REGISTER]) == []


@pytest.mark.parametrize("text", ["", "no xml", "<a/>", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", process().replace('"true"', '"false"')])
def test_what_is_no_route_is_told_in_a_sentence(town: Town, text: str) -> None:
    [flaw] = flaws_of(text, [REGISTER])
    assert flaw.text


def test_a_route_with_a_flaw_does_not_go_live(office: Office) -> None:
    with pytest.raises(Refused, match=r"head.*由谁签署"):
        actions["approvals.publish_route"].run(office.assets, {"key": "bad", "actions": REGISTER, "bpmn": line(task("head"))})
    assert not RouteVersion.objects.filter(route__key="bad").exists()


def test_a_published_route_has_versions_and_can_be_retired(office: Office) -> None:
    publish = actions["approvals.publish_route"]
    pk = publish.run(office.assets, {"key": "mine", "name": "试行", "actions": REGISTER, "bpmn": line(HEAD)})
    publish.run(office.assets, {"key": "mine", "bpmn": line(HEAD, task("b", role="chief"))})
    assert list(RouteVersion.objects.filter(route=pk).order_by("number").values_list("number", "state")) == [(1, "retired"), (2, "live")]
    actions["approvals.retire_route"].run(office.assets, {"id": pk})
    assert not RouteVersion.objects.filter(route=pk, state="live").exists()


def test_only_who_manages_routes_publishes_them(office: Office) -> None:
    for someone in (office.asker, office.head, office.town.stranger, user("far", "auditor", office.town.city)):
        with pytest.raises(Forbidden):
            actions["approvals.publish_route"].run(someone, {"key": "x", "actions": REGISTER, "bpmn": line(HEAD)})
