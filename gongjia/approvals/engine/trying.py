"""Trying a route before it goes live: every answer to its conditions is walked to the end, so that no way stops halfway."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.util.task import TaskState

from gongjia.approvals.engine.reading import Compiled

_MOST_WAYS = 256
_MOST_STEPS = 200


class _Supposed(PythonScriptEngine):
    """Answers conditions as supposed, and lets every timer go off at once."""

    def __init__(self, answers: dict[str, bool]) -> None:
        super().__init__()
        self.answers = answers

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        return self.answers.get(expression, 2 if expression.strip().isdigit() else "PT0S")

    def execute(self, task: Any, script: str, external_context: Any = None) -> Any:
        return False


def stops(route: Compiled, conditions: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the element at which some way through the route stops, with what was supposed; each element once."""
    known = list(dict.fromkeys(conditions))
    seen: set[str] = {""}
    for number, answers in enumerate(product((True, False), repeat=len(known))):
        if number >= _MOST_WAYS:
            return
        stopped = _walk(route, dict(zip(known, answers, strict=True)))
        if stopped not in seen:
            seen.add(stopped)
            yield stopped, "、".join(text for text, answer in zip(known, answers, strict=True) if answer)


def _walk(route: Compiled, answers: dict[str, bool]) -> str:
    """Walk one way and return the element at which it stops; '' where it ends, or goes round for good."""
    workflow = BpmnWorkflow(route.spec, route.subprocesses, script_engine=_Supposed(answers))
    workflow.task_tree.data.update({name: [1, 2] for name in route.collections})
    try:
        for _step in range(_MOST_STEPS):
            workflow.refresh_timers()
            workflow.do_engine_steps()
            ready = workflow.get_tasks(state=TaskState.READY, manual=True)
            if not ready:
                break
            ready[0].run()
        else:
            return ""
    except SpiffWorkflowException:
        return ""  # no line of a gateway holds: these answers exclude each other
    if workflow.completed:
        return ""
    waiting = workflow.get_tasks(state=TaskState.WAITING | TaskState.STARTED)
    return waiting[-1].task_spec.bpmn_id or route.process if waiting else route.process
