"""What a page shows of a file before it is imported: its sheets, its first rows, its columns with samples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from gongjia.importer.analysis import Analysis, Column
from gongjia.importer.headers import Heading, Table
from gongjia.importer.profile import Profile
from gongjia.importer.sheets import is_blank
from gongjia.importer.transforms import text_of

TOP = 12
WIDE = 30
SAMPLES = 3


def shape_of(analysis: Analysis) -> dict[str, Any]:
    """Return what the page of sheet, header and columns draws, as plain data."""
    table = analysis.table
    return {
        "sheets": [{"name": sheet.name, "hidden": sheet.hidden, "rows": sheet.height} for sheet in analysis.workbook.sheets],
        "format": analysis.workbook.format,
        "encoding": analysis.workbook.encoding,
        "rows": len(table.data),
        "skipped": {reason: [row + 1 for row in rows[:50]] for reason, rows in table.skipped.items()},
        "top": [[short(text_of(cell)) for cell in row[:WIDE]] for row in table.sheet.rows(0, TOP)],
        "columns": [column_shape(table, heading) for heading in table.headings],
    }


def short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def column_shape(table: Table, heading: Heading) -> dict[str, Any]:
    """Return a column's place, title, how full it is, and its commonest values."""
    cells = table.values(heading.index)
    filled = [cell for cell in cells if not is_blank(cell)]
    common = [short(text_of(value)) for value, _ in Counter(filled[:2000]).most_common(SAMPLES)]
    return {
        "index": heading.index,
        "letter": heading.letter,
        "title": heading.title,
        "nth": heading.nth,
        "filled": len(filled),
        "samples": common,
    }


def plan_of(analysis: Analysis) -> dict[str, Any]:
    """Return the decisions of an analysis as plain data, columns by their letters."""
    return {
        "rules": [rule_of(column) for column in analysis.columns],
        "fixed": dict(analysis.fixed),
        "key": [f"${heading_letter(analysis.table, title)}" for title in analysis.profile.key],
        "source": analysis.profile.source,
        "base": analysis.profile.name,
    }


def heading_letter(table: Table, title: str) -> str:
    return next((heading.letter for heading in table.headings if heading.title == title), "A")


def rule_of(column: Column) -> dict[str, Any]:
    return {
        "field": column.target.name,
        "columns": [f"${heading.letter}" for heading in column.headings],
        "transforms": column.match.transforms,
        "optional": column.match.optional,
        "score": column.match.score,
        "why": column.match.why,
    }


def titled(plan: Mapping[str, Any], shape: Mapping[str, Any]) -> dict[str, Any]:
    """Return a plan with column titles in the place of letters, so that it fits the next file of its kind."""
    titles = {f"${column['letter']}": column["title"] for column in shape["columns"]}
    rules = [{**rule, "columns": [titles.get(name, name) for name in rule["columns"]]} for rule in plan.get("rules", ())]
    kept = [{key: rule[key] for key in ("field", "columns", "transforms", "optional")} for rule in rules]
    return {"rules": kept, "fixed": plan.get("fixed", {}), "key": [titles.get(name, name) for name in plan.get("key", ())]}


def profile_of(plan: Mapping[str, Any], base: Profile | None) -> Profile:
    """Return the profile that a plan stands for; what a shipped profile watches stays watched."""
    from_plan = Profile.from_plan(plan)
    return from_plan.watching(base) if base is not None else from_plan
