"""公家一页: what a chief reads, on one sheet of A4: what is owned, what breaks which clause, what lies idle, who drives too much."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjia.core import paper
from gongjia.dashboards import findings, limits, panes
from gongjia.dashboards.headline import headline
from gongjia.dashboards.looking import Look
from gongjia.dashboards.shapes import Cell, Mark, Pane
from gongjia.standards.citing import citation
from gongjia.standards.indicators import cited
from gongjia.web.shapes import Figure

SOURCE = Path(__file__).parent / "typst" / "one_page.typ"
ROWS = {"owned-class": 8, "rules": 12, "units": 8, "idle": 8, "vehicles": 8}


@dataclass(frozen=True)
class Table:
    """A short table: its heads, and rows of a label and cells; the rest is named, not hidden."""

    key: str
    title: Any
    heads: Sequence[Any]
    rows: Sequence[tuple[str, Sequence[Cell]]]
    rest: int
    wide: bool = False
    empty: Any = ""


@dataclass(frozen=True)
class OnePage:
    """The page as values, drawn as HTML and as paper alike."""

    figures: Sequence[Figure]
    tables: Sequence[Table]


def _table(pane: Pane, keep: Any = None, fewer: int = 0) -> Table:
    marks = [mark for mark in pane.marks if keep is None or keep(mark)]
    shown = ROWS[pane.key] - fewer
    rows = [(mark.label, mark.cells) for mark in marks[:shown]]
    return Table(pane.key, pane.title, (pane.first, *pane.columns), rows, max(0, len(marks) - shown), empty=pane.empty)


def _over(mark: Mark) -> bool:
    return mark.values[1] > 0


def _rules(look: Look, fewer: int) -> Table:
    """Breaches by rule, each with the clause that most of them cite."""
    pane, versions = findings.findings_by_rule(look), cited(look.user, look.scope.path)
    shown = sorted(pane.marks, key=lambda mark: [-value for value in mark.values])[: ROWS["rules"] - fewer]
    rows = [(mark.label, (*mark.cells, Cell(citation(versions.get(mark.rule, "")) or "–"))) for mark in shown]
    heads = (pane.first, *pane.columns, _("依据（引用最多的一版）"))
    return Table("rules", pane.title, heads, rows, max(0, len(pane.marks) - len(rows)), wide=True, empty=pane.empty)


def one_page(look: Look, fewer: int = 0) -> OnePage:
    """Return the page of one look, each table shorter by `fewer` rows."""
    tables = (
        _table(panes.owned_by_class(look), fewer=fewer),
        _table(findings.findings_by_unit(look), fewer=fewer),
        _rules(look, fewer),
        _table(panes.idle_by_unit(look), fewer=fewer),
        _table(limits.vehicles_by_unit(look), _over, fewer),
    )
    return OnePage(list(headline(look)), tables)


def sheets(sheet: bytes) -> int:
    """Return how many pages a PDF has."""
    return len(re.findall(rb"/MediaBox", sheet))


def fitted(look: Look, origin: str) -> bytes:
    """Return the page as PDF with as many rows as one sheet holds."""
    made = [on_paper(one_page(look), look, origin)]
    while sheets(made[-1]) > 1 and len(made) < min(ROWS.values()):
        made.append(on_paper(one_page(look, len(made)), look, origin))
    return made[-1]


def on_paper(page: OnePage, look: Look, origin: str) -> bytes:
    """Return the page as PDF; figures link to their rows at `origin`."""

    def cell(one: Cell) -> dict[str, str]:
        return {"words": str(one.words), "url": f"{origin}{one.url}" if one.url else ""}

    tables = [
        {
            "title": str(table.title),
            "heads": [str(head) for head in table.heads],
            "rows": [[{"words": label, "url": ""}, *map(cell, cells)] for label, cells in table.rows],
            "rest": _("另有 %(n)s 项未列") % {"n": table.rest} if table.rest else "",
            "wide": table.wide,
            "empty": str(table.empty),
        }
        for table in page.tables
    ]
    figures = [
        {"label": str(f.label), "value": str(f.value), "unit": str(f.unit), "note": str(f.note), "tone": f.tone, "url": f"{origin}{f.href}"}
        for f in page.figures
    ]
    data = {
        "lang": "en" if get_language() == "en" else "zh",
        "title": _("公家一页"),
        "scope": look.scope.label,
        "day": look.on.isoformat(),
        "figures": figures,
        "tables": tables,
        "foot": foot(look),
    }
    return paper.pdf(SOURCE, data, title=_("公家一页"))


def foot(look: Look) -> str:
    """Return how the figures were counted."""
    return _("%(scope)s，%(day)s。资产指列入总额且未处置的卡片；疑点和无法判定不作处理依据；例外不计入待整改。") % {
        "scope": look.scope.label,
        "day": look.on.isoformat(),
    }
