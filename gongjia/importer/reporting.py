"""What an import says: counts that add up, and problems by sheet, row and column in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjia.core.problems import Problem
from gongjia.importer.cells import CELL_MESSAGES
from gongjia.importer.fields import CellProblem
from gongjia.importer.headers import SKIPPED
from gongjia.importer.planning import Plan
from gongjia.importer.profile import said
from gongjia.importer.watching import Remark


@dataclass(frozen=True, slots=True)
class Located:
    """One problem where people look for it; `row` is the sheet's own number, None for a whole column."""

    sheet: str
    row: int | None
    column: str
    code: str
    level: str
    message: str


@dataclass(slots=True)
class Report:
    """The counts of one import (they add up to the rows read), its problems, and the batch to undo it by."""

    rows_read: int
    new: int
    changed: int
    unchanged: int
    refused: int
    problems: list[Located] = field(default_factory=list)
    sheet: str = ""
    header_row: int = 0
    profile: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    unmapped: list[str] = field(default_factory=list)
    skipped: dict[str, list[int]] = field(default_factory=dict)
    dry_run: bool = False
    batch: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the object that `gongjia import --json` prints."""
        return asdict(self)

    @property
    def clean(self) -> bool:
        return self.refused == 0

    def by_code(self) -> Counter[tuple[str, str]]:
        """Return how often each problem occurs, by level and code."""
        return Counter((problem.level, problem.code) for problem in self.problems)


def report(made: Plan, dry_run: bool = False, batch: int | None = None) -> Report:
    """Describe a plan, carried out or not."""
    analysis = made.analysis
    refused = made.refused
    unchanged = len(made.unchanged)
    changed = len(set(made.changed.places) - made.refused_rows)
    return Report(
        rows_read=made.rows_read,
        new=made.rows_read - refused - unchanged - changed,
        changed=changed,
        unchanged=unchanged,
        refused=refused,
        problems=sorted(located(made), key=lambda problem: (problem.row is not None, problem.row or 0)),
        sheet=analysis.table.sheet.name,
        header_row=analysis.table.header + 1,
        profile=analysis.profile.name,
        columns={heading.title: column.target.name for column in analysis.columns for heading in column.headings},
        unmapped=[heading.title for heading in analysis.unmapped],
        skipped={reason: [row + 1 for row in rows] for reason, rows in analysis.table.skipped.items()},
        dry_run=dry_run,
        batch=batch,
    )


def located(made: Plan) -> Iterator[Located]:
    """Give every problem of a plan its place in the file."""
    sheet = made.analysis.table.sheet.name
    for cell in made.draft.problems:
        yield Located(sheet, sheet_row(made, cell.row), column_title(made, cell.field), cell.code, cell.level, cell_text(cell))
    for problem in made.problems:
        yield Located(
            sheet, sheet_row(made, problem.row), column_title(made, problem.field),
            problem.code, problem.level, str(problem.message),
        )  # fmt: skip
    titles = {heading.index: heading.title for heading in made.analysis.table.headings}
    for remark in made.remarks:
        yield Located(sheet, sheet_row(made, remark.row), titles[remark.column], remark.watch.code, "warning", remark_text(made, remark))
    for heading in made.analysis.table.headings:
        if heading.nth > 1 and heading.title:
            text = _(CELL_MESSAGES["repeated_column"]) % {"nth": heading.index + 1}
            yield Located(sheet, None, heading.title, "repeated_column", "warning", text)


def sheet_row(made: Plan, row: int | None) -> int | None:
    """Return the number that the spreadsheet shows beside a data row, None for what is said of a whole column."""
    return None if row is None or row < 0 else made.analysis.table.data[row] + 1


def column_title(made: Plan, name: str) -> str:
    """Return the heading that feeds a field; a field that no column feeds is named by its label."""
    heading = made.analysis.heading_of(name)
    if heading is not None:
        return heading.title
    return made.analysis.ledger.label(name)


def cell_text(problem: CellProblem) -> str:
    """Write the sentence about a cell in the current language."""
    return _(CELL_MESSAGES[problem.code]) % problem.params


def remark_text(made: Plan, remark: Remark) -> str:
    params = dict(remark.params)
    if isinstance(params.get("first"), int):
        params["first"] = sheet_row(made, params["first"])  # type: ignore[arg-type]
    return said(remark.watch.message, get_language() or "zh") % params


def problem_text(problem: Problem) -> str:
    return str(problem.message)


def skipped_words(made: Report) -> list[str]:
    """Say which rows were left out, and as what."""
    return [_("%(what)s %(count)s 行") % {"what": _(SKIPPED[reason]), "count": len(rows)} for reason, rows in made.skipped.items()]
