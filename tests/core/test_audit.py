"""The audit of many new rows says of each what the audit of one says."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import msgspec

from gongjia.core.audit import Trail

COLUMNS: dict[str, list[Any]] = {
    "number": ["A\n1", 'B"2', "C\u20283"],
    "place_id": [None, 7, None],
    "note": ["", "", ""],
    "cost": [Decimal("1.50"), None, Decimal(0)],
    "acquired_on": [dt.date(2020, 2, 29), None, dt.date(2020, 2, 29)],
    "secret": [False, True, False],
    "tags": [["a"], [], None],
}


def test_new_rows_are_kept_without_their_empty_cells() -> None:
    trail = Trail()
    trail.add_new("ledger.asset", [1, 2, 3], [9, 9, None], COLUMNS)
    assert [json.loads(text or "") for text in trail.afters] == [
        {"number": "A\n1", "cost": "1.50", "acquired_on": "2020-02-29", "secret": False, "tags": ["a"]},
        {"number": 'B"2', "place_id": 7, "secret": True, "tags": []},
        {"number": "C\u20283", "cost": "0", "acquired_on": "2020-02-29", "secret": False},
    ]
    assert (trail.subjects, trail.ids, trail.units) == (["ledger.asset"] * 3, [1, 2, 3], [9, 9, None])


def test_many_rows_are_written_as_one_by_one() -> None:
    many, single = Trail(), Trail()
    columns = {name: cells * 5_000 for name, cells in COLUMNS.items()}
    many.add_new("ledger.asset", range(15_000), [None] * 15_000, columns)
    for cells in zip(*columns.values(), strict=True):
        single.add("ledger.asset", 1, None, None, {n: c for n, c in zip(columns, cells, strict=True) if c is not None and c != ""})
    assert many.afters == single.afters and len(many.befores) == 15_000


def test_rows_without_a_filled_cell_leave_an_empty_object() -> None:
    trail = Trail()
    trail.add_new("org.place", [1, 2], [None, None], {"note": ["", None]})
    assert [msgspec.json.decode(text or "") for text in trail.afters] == [{}, {}]
