"""Reading a route: a BPMN file becomes a specification with the rules of its steps, kept by the digest of its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

NAMESPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "spiff": "http://spiffworkflow.org/bpmn/schema/1.0/core",
}
ELEMENTS = (
    "startEvent",
    "endEvent",
    "userTask",
    "exclusiveGateway",
    "parallelGateway",
    "inclusiveGateway",
    "subProcess",
    "intermediateCatchEvent",
    "boundaryEvent",
)
"""The elements of BPMN that a route may use; everything else is refused by the check."""
LARGEST = 1_000_000


class Unreadable(ValueError):
    """Raised for a file that is no BPMN 2.0 or holds an element that routes do not know; `why` is a key, `element` its id."""

    def __init__(self, why: str, element: str = "", detail: str = "") -> None:
        self.why, self.element, self.detail = why, element, detail
        super().__init__(f"{why} {element} {detail}".strip())


@dataclass(frozen=True)
class StepRule:
    """Who signs a step and how: the properties of a user task."""

    spec: str
    label: str
    role: str = ""
    where: str = "applicant"
    user: str = ""
    mode: str = "any"
    ratio: int = 100
    deadline: int | None = None
    skip_signed: bool = False
    many: bool = False
    """A multi-instance task: one step for each item of its collection."""


@dataclass(frozen=True)
class Compiled:
    """A route ready to run. `before[a]` holds the steps from which `a` can be reached."""

    digest: str
    process: str
    name: str
    spec: Any
    subprocesses: Mapping[str, Any]
    steps: Mapping[str, StepRule]
    collections: frozenset[str] = frozenset()
    after: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The steps that can be reached from each step."""


class _Parser(BpmnParser):
    """Spiff's parser with the elements of routes only."""

    PARSER_CLASSES = {tag: made for tag, made in BpmnParser.PARSER_CLASSES.items() if tag in {full_tag(name) for name in ELEMENTS}}


def digest_of(bpmn: str) -> str:
    """Return the SHA-256 of a route's text."""
    return hashlib.sha256(bpmn.encode()).hexdigest()


def tree_of(bpmn: str) -> Any:
    """Parse the XML without entities, network or document types; raises Unreadable."""
    if len(bpmn) > LARGEST:
        raise Unreadable("too_large")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(bpmn.encode(), parser)
    except etree.XMLSyntaxError as failure:
        raise Unreadable("no_xml", detail=str(failure)) from None
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise Unreadable("no_xml", detail="DOCTYPE")
    if root.tag != full_tag("definitions"):
        raise Unreadable("no_bpmn")
    return root


def properties_of(task: Any) -> dict[str, str]:
    """Return the extension properties of an element by name."""
    found = task.findall("bpmn:extensionElements/spiff:properties/spiff:property", NAMESPACES)
    return {node.get("name", ""): (node.get("value") or "").strip() for node in found}


def rule_of(task: Any) -> StepRule:
    """Return the rule that a user task states; what is misspelt is the check's to tell."""
    told, spec = properties_of(task), task.get("id", "")
    return StepRule(
        spec=spec,
        label=task.get("name") or spec,
        role=told.get("role", ""),
        where=told.get("where", "") or "applicant",
        user=told.get("user", ""),
        mode=told.get("mode", "") or "any",
        ratio=int(told["ratio"]) if told.get("ratio", "").isdigit() else 100,
        deadline=int(told["deadline"]) if told.get("deadline", "").isdigit() else None,
        skip_signed=told.get("skip_signed", "") in ("yes", "true", "1"),
        many=task.find("bpmn:multiInstanceLoopCharacteristics", NAMESPACES) is not None,
    )


@lru_cache(maxsize=256)
def compiled(bpmn: str) -> Compiled:
    """Return the route of a BPMN text, read once a process; raises Unreadable."""
    root = tree_of(bpmn)
    processes = [node for node in root.findall("bpmn:process", NAMESPACES) if node.get("isExecutable") == "true"]
    if len(processes) != 1:
        raise Unreadable("one_process")
    key = processes[0].get("id", "")
    parser = _Parser()
    try:
        parser.add_bpmn_xml(root, filename=key)
        spec = parser.get_spec(key)
        subprocesses = parser.get_subprocess_specs(key)
    except ValidationException as failure:
        raise Unreadable("not_readable", getattr(failure, "id", "") or "", str(failure)) from None
    tasks = [rule_of(node) for node in processes[0].iterfind(".//bpmn:userTask", NAMESPACES)]
    inputs = processes[0].iterfind(".//bpmn:multiInstanceLoopCharacteristics/bpmn:loopDataInputRef", NAMESPACES)
    return Compiled(
        digest_of(bpmn),
        key,
        processes[0].get("name") or key,
        spec,
        subprocesses,
        {rule.spec: rule for rule in tasks},
        frozenset((node.text or "").strip() for node in inputs),
        _reachable(processes[0], {rule.spec for rule in tasks}),
    )


def flows_of(process: Any) -> dict[str, set[str]]:
    """Return the elements that follow each element, over sub-processes: entering one leads to its starts, its ends lead on."""
    following: dict[str, set[str]] = {}
    for flow in process.iterfind(".//bpmn:sequenceFlow", NAMESPACES):
        following.setdefault(flow.get("sourceRef", ""), set()).add(flow.get("targetRef", ""))
    for event in process.iterfind(".//bpmn:boundaryEvent", NAMESPACES):
        following.setdefault(event.get("attachedToRef", ""), set()).add(event.get("id", ""))
    for inner in process.iterfind(".//bpmn:subProcess", NAMESPACES):
        onward = following.get(inner.get("id", ""), set())
        starts = {node.get("id", "") for node in inner.findall("bpmn:startEvent", NAMESPACES)}
        for end in inner.findall("bpmn:endEvent", NAMESPACES):
            following[end.get("id", "")] = set(onward)
        following[inner.get("id", "")] = onward | starts
    return following


def reached_from(start: str, following: Mapping[str, set[str]]) -> set[str]:
    """Return every element that can be reached from `start`."""
    seen: set[str] = set()
    waiting = list(following.get(start, ()))
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting.extend(following.get(current, ()))
    return seen


def _reachable(process: Any, steps: set[str]) -> dict[str, frozenset[str]]:
    following = flows_of(process)
    return {step: frozenset(reached_from(step, following) & steps) for step in steps}
