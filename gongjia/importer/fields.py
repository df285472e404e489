"""What a column may become: the target's fields as the importer sees them, free of any framework."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """One field of the target: how people call it, what kind of value it takes, in which unit."""

    name: str
    label: str
    kind: str = "text"
    required: bool = False
    unit: str = ""
    places: int | None = None
    choices: tuple[tuple[str, str], ...] = ()
    synonyms: tuple[str, ...] = ()
    ref: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One thing about one cell: `row` counts data rows from 0; the text is `CELL_MESSAGES[code] % params`."""

    row: int
    code: str
    field: str
    level: str = "refused"
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)
