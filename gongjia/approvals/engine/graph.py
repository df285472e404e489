"""The shape of a route: dead ends, splits without a rule, ways that nobody signs; found on the drawing, before anything runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from gongjia.approvals.engine.expressions import NotAllowed, parsed
from gongjia.approvals.engine.reading import ELEMENTS, NAMESPACES, flows_of, reached_from

_BESIDE = (
    "sequenceFlow",
    "documentation",
    "extensionElements",
    "laneSet",
    "textAnnotation",
    "association",
    "group",
    "incoming",
    "outgoing",
)
_LOOP = ("multiInstanceLoopCharacteristics",)
_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}


@dataclass(frozen=True)
class Fault:
    """One fault of the shape: the id of an element, a key for the sentence, and its parameters."""

    element: str
    why: str
    detail: str = ""


def local(node: Any) -> str:
    return etree.QName(node).localname


def containers(process: Any) -> Iterator[Any]:
    """Yield the process and each sub-process in it."""
    yield process
    yield from process.iterfind(".//bpmn:subProcess", NAMESPACES)


def faults(process: Any) -> Iterator[Fault]:
    """Yield every fault of the shape."""
    yield from _foreign(process)
    for inside in containers(process):
        yield from _ends(inside)
    yield from _ways(process)
    for gateway in process.iterfind(".//bpmn:exclusiveGateway", NAMESPACES):
        yield from _split(process, gateway, exclusive=True)
    for gateway in process.iterfind(".//bpmn:inclusiveGateway", NAMESPACES):
        yield from _split(process, gateway, exclusive=False)


def nodes_of(process: Any) -> list[Any]:
    return [node for inside in containers(process) for node in inside if isinstance(node.tag, str) and local(node) in ELEMENTS]


def _foreign(process: Any) -> Iterator[Fault]:
    for inside in containers(process):
        for node in inside:
            if not isinstance(node.tag, str) or local(node) in (*ELEMENTS, *_BESIDE, *_LOOP):
                continue
            yield Fault(node.get("id", ""), "unsupported", local(node))
    for node in process.iter():
        if not isinstance(node.tag, str) or not local(node).endswith("EventDefinition") or local(node) == "timerEventDefinition":
            continue
        yield Fault(node.getparent().get("id", ""), "unsupported", local(node))
    for kind in ("intermediateCatchEvent", "boundaryEvent"):
        for node in process.iterfind(f".//bpmn:{kind}", NAMESPACES):
            if node.find("bpmn:timerEventDefinition", NAMESPACES) is None:
                yield Fault(node.get("id", ""), "no_timer")


def _ends(inside: Any) -> Iterator[Fault]:
    starts = inside.findall("bpmn:startEvent", NAMESPACES)
    if len(starts) != 1:
        yield Fault(inside.get("id", ""), "one_start", str(len(starts)))
    if not inside.findall("bpmn:endEvent", NAMESPACES):
        yield Fault(inside.get("id", ""), "no_end")


def _ways(process: Any) -> Iterator[Fault]:
    following = flows_of(process)
    nodes = {node.get("id", ""): local(node) for node in nodes_of(process)}
    starts = [node.get("id", "") for node in process.findall("bpmn:startEvent", NAMESPACES)]
    ends = {node.get("id", "") for node in process.findall("bpmn:endEvent", NAMESPACES)}
    reached = {*starts, *(found for start in starts for found in reached_from(start, following))}
    for key, kind in nodes.items():
        out = following.get(key, set())
        if key not in reached and kind != "startEvent":
            yield Fault(key, "unreached")
        elif key not in ends and not reached_from(key, following) & ends:
            yield Fault(key, "dead_end")
        elif len(out) > 1 and kind in ("startEvent", "intermediateCatchEvent", "boundaryEvent"):
            yield Fault(key, "implicit_split")
    for task in process.iterfind(".//bpmn:userTask", NAMESPACES):
        if len(flows_from(process, task.get("id", ""))) > 1:
            yield Fault(task.get("id", ""), "implicit_split")
    unsigned = {key: targets for key, targets in following.items() if nodes.get(key) != "userTask"}
    boundary = {node.get("id", "") for node in process.iterfind(".//bpmn:boundaryEvent", NAMESPACES)}
    plain = {key: {to for to in targets if to not in boundary} for key, targets in unsigned.items()}
    for start in starts:
        if reached_from(start, _around(process, plain)) & ends:
            yield Fault(start, "unsigned_way")


def _around(process: Any, following: dict[str, set[str]]) -> dict[str, set[str]]:
    """Leave out the way around a sub-process: what is inside it is walked through."""
    found = dict(following)
    for inner in process.iterfind(".//bpmn:subProcess", NAMESPACES):
        starts = {node.get("id", "") for node in inner.findall("bpmn:startEvent", NAMESPACES)}
        found[inner.get("id", "")] = starts
    return found


def flows_from(process: Any, key: str) -> list[Any]:
    return [flow for flow in process.iterfind(".//bpmn:sequenceFlow", NAMESPACES) if flow.get("sourceRef") == key]


def condition_of(flow: Any) -> str | None:
    """Return the condition of a sequence flow, None without one."""
    node = flow.find("bpmn:conditionExpression", NAMESPACES)
    return (node.text or "").strip() if node is not None else None


def _split(process: Any, gateway: Any, *, exclusive: bool) -> Iterator[Fault]:
    key, default = gateway.get("id", ""), gateway.get("default")
    flows = flows_from(process, key)
    if len(flows) < 2:
        return
    conditions = []
    for flow in flows:
        text = condition_of(flow)
        if flow.get("id") != default and text is None:
            yield Fault(flow.get("id", ""), "no_condition")
        elif flow.get("id") != default:
            conditions.append(text or "")
    if default is None and not (exclusive and _is_complete(conditions)):
        yield Fault(key, "no_default")


def _is_complete(conditions: list[str]) -> bool:
    """Say whether two conditions are each other's opposite, so that one of them always holds."""
    if len(conditions) != 2:
        return False
    try:
        first, second = (_flat(text) for text in conditions)
    except NotAllowed:
        return False
    if f"not {first}" == second or f"not {second}" == first or f"not ({first})" == second or f"not ({second})" == first:
        return True
    for operator, opposite in _OPPOSITE.items():
        left, found, right = first.partition(f" {operator} ")
        if found and second == f"{left} {opposite} {right}":
            return True
    return False


def _flat(text: str) -> str:
    return ast.unparse(parsed(text).tree)
