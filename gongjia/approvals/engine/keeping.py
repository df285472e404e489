"""The state of a run as JSON, without the specification and without what follows from it; and the runs that this process still holds."""

from __future__ import annotations

from collections import OrderedDict
from copy import deepcopy
from threading import Lock
from typing import Any
from uuid import UUID

import msgspec
from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from gongjia.approvals.engine.reading import Compiled

_MOST = 512
_REGISTRY = BpmnWorkflowSerializer.configure()


def dumped(workflow: Any) -> str:
    """Return a run's state: its tasks in rows, the data of a task only where it differs from its parent's."""
    inner = [
        [key.hex, found.spec.name, found.success, found.completed, found.data, _rows(found)] for key, found in workflow.subprocesses.items()
    ]
    state = [workflow.success, workflow.completed, _REGISTRY.convert(workflow.data), _rows(workflow), inner]
    return msgspec.json.encode(state, enc_hook=str).decode()


def _rows(workflow: Any) -> list[list[Any]]:
    tasks = workflow.tasks
    places = {key: number for number, key in enumerate(tasks)}
    return [
        [
            task.id.hex,
            [places[child] for child in task._children],  # noqa: SLF001 - the library's own converters read it too
            task.last_state_change,
            int(task.state),
            task.task_spec.name,
            task.triggered,
            _REGISTRY.convert(task.internal_data) if task.internal_data else None,
            None if task.parent is not None and task.data == task.parent.data else _REGISTRY.convert(task.data),
        ]
        for task in tasks.values()
    ]


def restored(route: Compiled, text: str, engine: PythonScriptEngine) -> Any:
    """Return the run of a state."""
    success, completed, data, rows, inner = msgspec.json.decode(text)
    workflow = BpmnWorkflow(route.spec, route.subprocesses, script_engine=engine, deserializing=True)
    _fill(workflow, workflow, rows)
    workflow.success, workflow.completed, workflow.data = success, completed, _REGISTRY.restore(data)
    for key, name, done_well, over, values, tasks in inner:
        task = workflow.get_task_from_id(UUID(key))
        found = BpmnSubWorkflow(workflow.subprocess_specs[name], task.id, workflow, deserializing=True)
        _fill(found, workflow, tasks)
        found.success, found.completed, found.data = done_well, over, values
        workflow.subprocesses[task.id] = found
        found.completed_event.connect(task.task_spec._on_subworkflow_completed, task)  # noqa: SLF001 - as the library restores it
    return workflow


def _fill(workflow: Any, top: Any, rows: list[list[Any]]) -> None:
    """Rebuild the tasks of a workflow; a parent stands before its children."""
    workflow.tasks = {}
    made = [_task(workflow, row) for row in rows]
    for task, row in zip(made, rows, strict=True):
        task._children = [made[place].id for place in row[1]]  # noqa: SLF001
        for place in row[1]:
            made[place]._parent = task.id  # noqa: SLF001
    workflow.task_tree = made[0]
    _give_data(made, rows, 0, {})
    for task in made:
        if isinstance(task.task_spec, CatchingEvent) and task.has_state(TaskState.WAITING):
            top.event_manager.add_task(task)


def _task(workflow: Any, row: list[Any]) -> Task:
    task = Task(workflow, workflow.spec.task_specs[row[4]], state=row[3], id=UUID(row[0]))
    task.last_state_change, task.triggered = row[2], row[5]
    task.internal_data = _REGISTRY.restore(row[6]) if row[6] else {}
    return task


def _give_data(made: list[Task], rows: list[list[Any]], place: int, inherited: dict[str, Any]) -> None:
    own = rows[place][7]
    made[place].data = _REGISTRY.restore(own) if own is not None else deepcopy(inherited) if inherited else {}
    for child in rows[place][1]:
        _give_data(made, rows, child, made[place].data)


class Held:
    """Runs by the very text that was written of them: the next decision in the same process need not read it again."""

    def __init__(self) -> None:
        self._runs: OrderedDict[str, Any] = OrderedDict()
        self._lock = Lock()

    def put(self, text: str, workflow: Any) -> None:
        with self._lock:
            self._runs[text] = workflow
            while len(self._runs) > _MOST:
                self._runs.popitem(last=False)

    def take(self, text: str) -> Any | None:
        """Return the run of a text and forget it: whoever takes it will change it."""
        with self._lock:
            return self._runs.pop(text, None)


held = Held()
