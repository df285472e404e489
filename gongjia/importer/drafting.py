"""From columns of cells to rows of inputs: converted, completed with constants, problems kept by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongjia.importer.analysis import Analysis, Column
from gongjia.importer.convert import convert
from gongjia.importer.fields import CellProblem
from gongjia.importer.profile import heading_named
from gongjia.importer.sheets import Cell
from gongjia.importer.transforms import first_filled, joined, text_of

Edits = Mapping[tuple[int, int], str]


@dataclass(slots=True)
class Draft:
    """The data rows as inputs, in file order; a row with a refused cell keeps its place."""

    analysis: Analysis
    raws: list[dict[str, Any]]
    problems: list[CellProblem] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)

    def refuse(self, problem: CellProblem) -> None:
        self.problems.append(problem)
        self.refused.add(problem.row)


def draft(analysis: Analysis, edits: Edits | None = None) -> Draft:
    """Convert every mapped column; cells that the user mended (by data row and column) take the place of the file's."""
    fixed = {name: value for name, value in analysis.fixed.items() if value not in (None, "")}
    raws = [dict(fixed) for _row in analysis.table.data]
    problems: list[CellProblem] = []
    for column in analysis.columns:
        made = convert(column.target, cells_of(analysis, column, edits or {}), column.match.transforms)
        problems += made.problems
        name = column.target.name
        for raw, value in zip(raws, made.values, strict=True):
            if value is not None:
                raw[name] = value
    return Draft(analysis, raws, problems, {problem.row for problem in problems if problem.level == "refused"})


def cells_of(analysis: Analysis, column: Column, edits: Edits) -> Sequence[Cell]:
    """Return the cells that feed a field: one column, or several joined or taken in turn."""
    cells = [mended(analysis.table.values(heading.index), heading.index, edits) for heading in column.headings]
    if len(cells) == 1:
        return cells[0]
    options = {key: value for transform in column.match.transforms for key, value in transform.items()}
    if "first" in options:
        return first_filled(cells, options["first"] or ())
    return joined(cells, str(options.get("join", " ")))


def mended(cells: Sequence[Cell], index: int, edits: Edits) -> Sequence[Cell]:
    """Put the user's corrections in the place of the file's cells."""
    mine = {row: text for (row, column), text in edits.items() if column == index}
    if not mine:
        return cells
    changed = list(cells)
    for row, text in mine.items():
        if 0 <= row < len(changed):
            changed[row] = text
    return changed


def source_keys(analysis: Analysis, names: Sequence[str]) -> list[str]:
    """Return each row's key in its source: the texts of the named columns, joined."""
    headings = [heading for name in names if (heading := heading_named(analysis.table, name))]
    columns = [[text_of(cell).strip() for cell in analysis.table.values(heading.index)] for heading in headings]
    return ["|".join(row)[:200] for row in zip(*columns, strict=True)] if columns else []
