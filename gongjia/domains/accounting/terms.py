"""What the standards say about a card that does not say it itself: its months of depreciation, and whether it is exempt."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from gongjia.ledger.models import Category
from gongjia.org.models import Unit
from gongjia.standards.citing import citation
from gongjia.standards.engine.dimensions import current_code
from gongjia.standards.lifespans import traits_of
from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.judging import judge
from gongjia.standards.rulebook.loading import load

TABLE, CLASSES, EXEMPT = "depreciation_years", "depreciation_class", "depreciation_exempt"


@dataclass(frozen=True)
class Term:
    """Months of depreciation with the row of the standard that gives them."""

    months: int
    version: str
    row: int

    @property
    def words(self) -> str:
        """Return the row as printed."""
        return load().row(self.version, self.row).label

    @property
    def citation(self) -> str:
        return citation(self.version)


@dataclass
class Terms:
    """Looks up class and unit once each, as of one day."""

    on: dt.date
    book: Rulebook = field(default_factory=load)
    codes: dict[int, str] = field(default_factory=dict)
    found: dict[tuple[int, int], Term | None] = field(default_factory=dict)
    units: dict[int, Unit] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = Category.objects.values_list("pk", "edition", "code")
        self.codes = {pk: current_code(self.book, edition, code) for pk, edition, code in rows}
        self.units = Unit.objects.select_related("parent").in_bulk()

    def exempt(self) -> set[int]:
        """Return the classes that are not depreciated."""
        return {pk for pk, code in self.codes.items() if code and self.book.categories(EXEMPT, code)}

    def term(self, category: int | None, unit: int) -> Term | None:
        """Return the least months that the table binding the unit gives a class; None where it gives none."""
        if category is None:
            return None
        if (category, unit) not in self.found:
            self.found[category, unit] = self._term(self.codes.get(category, ""), unit)
        return self.found[category, unit]

    def _term(self, code: str, unit: int) -> Term | None:
        for name in self.book.categories(CLASSES, code) if code else ():
            verdict = judge(self.book, TABLE, "min_years", {**traits_of(self.units[unit]), CLASSES: name, "years": 0}, self.on)
            if verdict.limit is not None and verdict.version:
                return Term(int(verdict.limit * 12), verdict.version, verdict.row)
        return None
