"""What the pages of this package draw: panes of marks, each mark with its figures, its words and its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from gongjia.web.shapes import Link

Kind = Literal["bars", "trend"]


@dataclass(frozen=True)
class Series:
    """One part of a bar, or one line; `tone` names the colour and `texture` tells it apart without colour."""

    label: Any
    tone: str


@dataclass(frozen=True)
class Cell:
    """One figure of the table under a chart; `url` opens its rows."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Mark:
    """One bar: its parts as numbers, its label, what is written at its end, its row of the table."""

    label: str
    values: Sequence[float]
    end: str
    cells: Sequence[Cell]
    url: str = ""
    limit: float | None = None
    drill: str = ""
    rule: str = ""

    def drawn(self, columns: Sequence[Any]) -> dict[str, Any]:
        """Return what the chart needs; `told` is what it says when pointed at."""
        told = [f"{column} {cell.words}" for column, cell in zip(columns, self.cells, strict=True)]
        return {"label": self.label, "values": list(self.values), "end": self.end, "url": self.url, "limit": self.limit, "told": told}


@dataclass(frozen=True)
class Pane:
    """One chart with its table; `columns` are the heads of the table after the first."""

    key: str
    title: Any
    says: Any
    series: Sequence[Series]
    columns: Sequence[Any]
    marks: Sequence[Mark]
    first: Any = ""
    kind: Kind = "bars"
    limit_label: Any = ""
    shown: int = 12
    empty: Any = ""
    acts: Sequence[Link] = field(default_factory=tuple)

    @property
    def data(self) -> dict[str, Any]:
        """Return the chart as plain data."""
        series = [{"label": str(one.label), "tone": one.tone} for one in self.series]
        return {
            "kind": self.kind,
            "series": series,
            "limit": str(self.limit_label),
            "marks": [mark.drawn(self.columns) for mark in self.marks[: self.shown]],
        }

    @property
    def more(self) -> int:
        return max(0, len(self.marks) - self.shown) if self.kind == "bars" else 0
