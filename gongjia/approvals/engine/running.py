"""Running a route: which steps are open, what follows when one is done; kept as JSON without the specification."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.util.task import TaskState

from gongjia.approvals.engine.expressions import NotAllowed, Undecided, parsed
from gongjia.approvals.engine.keeping import dumped, held, restored
from gongjia.approvals.engine.reading import Compiled, StepRule


@dataclass(frozen=True)
class Asked:
    """What conditions may read: names, functions, and the collections of multi-instance steps."""

    names: Mapping[str, Any] = field(default_factory=dict)
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    collections: Mapping[str, list[Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """One task that waits for signatures; `item` is its part of a collection."""

    task: str
    rule: StepRule
    item: Any = None


class _Conditions(PythonScriptEngine):
    """Evaluates the small language; no Python is ever run."""

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.asked = asked

    def validate(self, expression: str) -> None:
        parsed(expression)

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        return parsed(expression).value({**task.data, **self.asked.names}, self.asked.functions)

    def execute(self, task: Any, script: str, external_context: Any = None) -> Any:
        raise NotAllowed("element", element="script")


class Run:
    """One run of a route."""

    def __init__(self, route: Compiled, workflow: Any) -> None:
        self.route, self._workflow, self._written = route, workflow, ""

    @classmethod
    def start(cls, route: Compiled, asked: Asked) -> Run:
        """Begin at the start event and go on to the first open steps; raises Undecided."""
        workflow = BpmnWorkflow(route.spec, route.subprocesses, script_engine=_Conditions(asked))
        workflow.task_tree.data.update({name: asked.collections.get(name, []) for name in route.collections})
        run = cls(route, workflow)
        run.go_on()
        return run

    @classmethod
    def load(cls, route: Compiled, text: str, asked: Asked) -> Run:
        """Restore what `dump` kept."""
        workflow = held.take(text)
        if workflow is None or workflow.spec is not route.spec:
            return cls(route, restored(route, text, _Conditions(asked)))
        workflow.script_engine = _Conditions(asked)
        return cls(route, workflow)

    def dump(self) -> str:
        """Return the state as JSON; this process holds the run until it is taken up again."""
        self._forget()
        self._written = dumped(self._workflow)
        held.put(self._written, self._workflow)
        return self._written

    def _forget(self) -> None:
        """Let go of what was written before: the run is not in that state any more."""
        if self._written:
            held.take(self._written)
            self._written = ""

    @property
    def is_over(self) -> bool:
        return bool(self._workflow.completed)

    def items(self) -> list[Item]:
        """Return the tasks that wait for signatures."""
        ready = self._workflow.get_tasks(state=TaskState.READY, manual=True)
        steps = self.route.steps
        return [Item(str(task.id), steps[task.task_spec.bpmn_id], _item_of(task)) for task in ready]

    def complete(self, task: str) -> None:
        """Mark one task done and go on to the next open steps; raises Undecided where a condition meets an unknown value."""
        self._forget()
        try:
            self._workflow.get_task_from_id(UUID(task)).run()
        except SpiffWorkflowException as failure:
            raise _undecided(failure) from None
        self.go_on()

    def go_on(self) -> None:
        """Do what needs no person: gateways, events, timers whose time has come."""
        self._forget()
        try:
            self._workflow.refresh_timers()
            self._workflow.do_engine_steps()
        except SpiffWorkflowException as failure:
            raise _undecided(failure) from None

    def wakes_at(self) -> dt.datetime | None:
        """Return when the next timer goes off, None where none waits."""
        found = []
        for task in self._workflow.event_manager.tasks.values():
            kept = task.internal_data.get("event_value")
            if isinstance(task.task_spec.event_definition, TimerEventDefinition) and kept:
                found.append(TimerEventDefinition.get_datetime(kept) if isinstance(kept, str) else None)
        return min((moment for moment in found if moment), default=None)


def _item_of(task: Any) -> Any:
    """Return the part of a collection for which one task of a multi-instance step stands."""
    many = task.parent.task_spec
    named = getattr(many, "input_item", None)
    return (
        named.get(task)
        if named is not None and named.exists(task)
        else task.internal_data.get("item", task.internal_data.get("key_or_index"))
    )


def _undecided(failure: Exception) -> Exception:
    """Return what a condition met, out of the engine's wrapping."""
    cause: BaseException | None = failure
    while cause is not None:
        if isinstance(cause, (Undecided, NotAllowed)):
            return cause
        cause = getattr(cause, "exception", None) or cause.__cause__ or cause.__context__
    return Undecided(str(failure), "")
