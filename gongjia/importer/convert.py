"""Columns of cells become columns of typed values: each distinct cell is converted once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongjia.importer.fields import CellProblem, Target
from gongjia.importer.sheets import Cell
from gongjia.importer.transforms import Bad, Doubt, compile_steps


@dataclass(slots=True)
class Converted:
    """One field's values in row order (None for empty and for refused cells) and what was wrong or doubtful."""

    target: Target
    values: list[Any]
    problems: list[CellProblem] = field(default_factory=list)


def convert(target: Target, cells: Sequence[Cell], transforms: Sequence[Mapping[str, Any]] = ()) -> Converted:
    """Convert a column; a bad cell costs one problem and leaves None."""
    step = compile_steps(target, transforms)
    if bool in set(map(type, cells)):
        cells = [("是" if cell else "否") if cell.__class__ is bool else cell for cell in cells]
    known: dict[Any, Any] = {}
    odd: dict[Any, tuple[str, str, Mapping[str, object]]] = {}
    for cell in set(cells):
        try:
            value = step(cell)
        except Bad as bad:
            odd[cell] = ("refused", bad.code, bad.params)
            value = None
        if value.__class__ is Doubt:
            odd[cell] = ("warning", value.code, value.params)
            value = value.value
        known[cell] = value
    made = Converted(target, [known[cell] for cell in cells])
    if odd:
        made.problems = [remark(target, row, *odd[cell]) for row, cell in enumerate(cells) if cell in odd]
    return made


def remark(target: Target, row: int, level: str, code: str, params: Mapping[str, object]) -> CellProblem:
    return CellProblem(row, code, target.name, level, params)
