"""What is wrong with an input: where, what, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Level = Literal["refused", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect of one input row; `row` counts from 0 in the sequence that was handed in."""

    code: str
    message: str
    field: str = ""
    row: int | None = None
    level: Level = "refused"
    value: Any = None

    @property
    def refuses(self) -> bool:
        return self.level == "refused"


class Refused(Exception):
    """Raised by `Action.run` when the input has problems; nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem.message) for problem in problems[:5]))


class Forbidden(Exception):
    """Raised when the actor lacks a permission; doors answer 403."""

    def __init__(self, permission: str) -> None:
        self.permission = permission
        super().__init__(permission)


class NeedsRequest(Forbidden):
    """Raised when an action that is done only by request is tried directly; doors answer 403 and say where to ask."""


class Conflict(Exception):
    """Raised when a record changed since it was read, so that the commit would overwrite somebody's work."""
