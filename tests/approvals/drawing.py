"""Routes for tests, written from one line a node: no diagram, only what runs."""

from __future__ import annotations

from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" id="d" targetNamespace="t">'
)


def node(kind: str, key: str, inner: str = "", **attributes: str) -> str:
    """Return one element."""
    told = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f'<bpmn:{kind} id="{key}" name="{key}"{told}>{inner}</bpmn:{kind}>'


def task(key: str, loop: str = "", **properties: str) -> str:
    """Return a user task with its properties; `loop` is the collection of a parallel multi-instance task."""
    rows = "".join(f'<spiffworkflow:property name="{name}" value={quoteattr(value)} />' for name, value in properties.items())
    told = f"<bpmn:extensionElements><spiffworkflow:properties>{rows}</spiffworkflow:properties></bpmn:extensionElements>"
    many = f'<bpmn:loopDataInputRef>{loop}</bpmn:loopDataInputRef><bpmn:inputDataItem id="{key}_item" name="unit" />' if loop else ""
    return node(
        "userTask", key, told + (f"<bpmn:multiInstanceLoopCharacteristics>{many}</bpmn:multiInstanceLoopCharacteristics>" if loop else "")
    )


def timer(key: str, duration: str, kind: str = "intermediateCatchEvent", **attributes: str) -> str:
    """Return a timer event."""
    inner = f'<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">{escape(duration)}</bpmn:timeDuration>'
    return node(kind, key, f'<bpmn:timerEventDefinition id="{key}_timer">{inner}</bpmn:timerEventDefinition>', **attributes)


def flows(*ways: str) -> str:
    """Return sequence flows out of texts as `a > b` or `a > b ? condition`."""
    return "".join(_flow(way) for way in ways)


def _flow(way: str) -> str:
    ends, _mark, condition = way.partition(" ? ")
    source, _arrow, target = ends.partition(" > ")
    inner = (
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{escape(condition)}</bpmn:conditionExpression>' if condition else ""
    )
    return f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'


def process(*parts: str) -> str:
    """Return a whole route: start and end are there already."""
    inner = node("startEvent", "start") + node("endEvent", "end") + "".join(parts)
    return f'{HEAD}<bpmn:process id="p" name="p" isExecutable="true">{inner}</bpmn:process></bpmn:definitions>'


def line(*steps: str) -> str:
    """Return a route of tasks, one after the other."""
    keys = ["start", *(step.split('id="')[1].split('"')[0] for step in steps), "end"]
    return process(*steps, flows(*(f"{a} > {b}" for a, b in pairwise(keys))))
