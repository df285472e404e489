"""A return as canonical bytes with its digest, read back from them, and what differs between two."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from gongjia.publishing.form import Form
from gongjia.publishing.models import Division
from gongjia.publishing.reckoning import Cell, Line, Made, reckon

KIND = "gongjia-office-return-1"


def content_of(made: Made, form: Form) -> bytes:
    """Return a return as canonical JSON: keys, values and the keys of the rows behind them, sorted."""
    tables = {table.key: [_told(line) for line in made.tables[table.key]] for table in form.filled}
    told = {"kind": KIND, "form": form.id, "code": made.code, "name": made.name, "on": made.on.isoformat(), "tables": tables}
    return json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _told(line: Line) -> dict[str, Any]:
    cells = {name: [cell.value, *([cell.refs[0], list(cell.refs[1])] if cell.refs else [])] for name, cell in line.cells.items()}
    return {"key": line.key, "cells": cells}


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of the bytes."""
    return hashlib.sha256(content).hexdigest()


def read(content: bytes | str) -> Made:
    """Return the tables of a return's bytes."""
    told = json.loads(content)
    made = Made(told["code"], told["name"], dt.date.fromisoformat(told["on"]))
    made.tables = {key: [Line(line["key"], _cells(line["cells"])) for line in lines] for key, lines in told["tables"].items()}
    return made


def _cells(raw: dict[str, list[Any]]) -> dict[str, Cell]:
    return {name: Cell(cell[0], (cell[1], tuple(cell[2])) if len(cell) > 1 else None) for name, cell in raw.items()}


def compute(division: Division, on: dt.date, form: Form) -> bytes:
    """Compute a return and give its bytes: the same ledger gives the same bytes."""
    return content_of(reckon(division, on), form)


def differences(one: Made, other: Made) -> list[tuple[str, str, str, str, str]]:
    """Return table, row, column, value in one and in the other, wherever the two differ."""
    found = []
    for table, lines in one.tables.items():
        before, after = ({line.key: line.cells for line in made} for made in (lines, other.tables.get(table, [])))
        for key in sorted(before.keys() | after.keys()):
            left, right = before.get(key, {}), after.get(key, {})
            for column in sorted(left.keys() | right.keys()):
                values = [cells[column].value if column in cells else "" for cells in (left, right)]
                if left.get(column) != right.get(column):
                    found.append((table, key, column, values[0], values[1]))
    return found
