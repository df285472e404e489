"""Which ledger a file is for, by its columns alone."""

from __future__ import annotations

from collections.abc import Iterable

from gongjia.importer.errors import Unreadable
from gongjia.importer.headers import Table, find_table
from gongjia.importer.mapping import Vocabulary, is_known, propose
from gongjia.importer.profile import recognise
from gongjia.importer.sheets import Workbook
from gongjia.importer.targets import Ledger, ledger

COMPLETE = 4.0
"""What it weighs that a file fills every required field of a ledger."""


def guess(workbook: Workbook, keys: Iterable[str]) -> str:
    """Return the key of the ledger that fits best; raise `Unreadable` when the columns fit none of them."""
    wanted = list(keys)
    table = find_table(workbook, is_known)
    known = recognise(table)
    if known is not None and known.into in wanted:
        return known.into
    if known is not None and known.refuse:
        return wanted[0]  # which then says why no ledger takes it
    weights = {key: weight(ledger(key), workbook) for key in wanted}
    best = max(weights, key=lambda key: weights[key], default="")
    if not best or weights[best] < COMPLETE:
        headers = "、".join(heading.title for heading in table.headings if heading.title)
        raise Unreadable("fits_none", workbook.name, table.sheet.name, headers=headers)
    return best


def weight(made: Ledger, workbook: Workbook) -> float:
    """Weigh how well a file's columns fit a ledger: each match by its score, all required fields together."""
    table: Table = find_table(workbook, Vocabulary(made.targets).knows)
    matches = propose(table, made.targets)
    named = {match.target.name for match in matches}
    needed = [target.name for target in made.targets if target.required and target.ref != "org.unit"]
    return sum(match.score for match in matches) + (COMPLETE if named and all(name in named for name in needed) else 0.0)
