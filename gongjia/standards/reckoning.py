"""The arithmetic of a verdict in one line: how the limit came about, and how the value stands to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from gongjia.core.check import Check
from gongjia.standards.engine.evaluate import compare_of
from gongjia.standards.rulebook.arithmetic import plain, steps
from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.forms import Form

SIGNS = {"at_most": ("≤", ">"), "at_least": ("≥", "<"), "more_than": (">", "≤")}
BROKEN = ("breach", "doubt")


def arithmetic(book: Rulebook, check: Check, found: Any) -> str:
    """Return the line, in signs that need no language: `24.9 ≤ 27 = 3 × 9`."""
    if found.value is None or found.bound is None:
        return ""
    sign = SIGNS[compare_of(book, check)][found.outcome in BROKEN]
    limit = " = ".join(part for part in (plain(found.bound), _limit(book, check, found)) if part)
    return f"{_value(found)} {sign} {limit}"


def _value(found: Any) -> str:
    """The value, and how it was divided out of what was recorded."""
    inputs = found.inputs
    if inputs.get("unit_price") and inputs.get("quantity") not in (None, 100):
        return f"{plain(Decimal(inputs['cost']).scaleb(-2))} ÷ {plain(Decimal(inputs['quantity']).scaleb(-2))} = {plain(found.value)}"
    if inputs.get("depreciation_months"):
        return f"{inputs['depreciation_months']} ÷ 12 = {plain(Decimal(inputs['depreciation_months']) / 12)[:5]}"
    return plain(found.value)


def _limit(book: Rulebook, check: Check, found: Any) -> str:
    """How the limit was summed or computed; nothing where it is printed as it is."""
    lines = [line for line in found.inputs.get("lines", ()) if line["limit"] is not None]
    if lines:
        return _summed(book, check, lines)
    form = _form(book, check.limit, found.table_version, found.row_number)
    x = found.inputs.get("x")
    return _formula(form, x) if form is not None and form.of and x is not None else ""


def _form(book: Rulebook, value: str, version: str, row: int) -> Form | None:
    cell = book.row(version, row).values.get(value) if version and row else None
    return cell if isinstance(cell, Form) else None


def _formula(form: Form, x: int) -> str:
    """The formula at a quantity, without its result, which stands before it; nothing where it is the quantity itself."""
    if form.kind == "each" and Decimal(str(form.printed["each"])) == 1:
        return ""
    return steps(form, Decimal(x).scaleb(-form.x_places)).rpartition(" = ")[0]


def _summed(book: Rulebook, check: Check, lines: Iterable[dict[str, Any]]) -> str:
    terms = check.all_terms
    added: Counter[str] = Counter()
    alone: dict[str, dict[str, Any]] = {}
    markup = ""
    for line in lines:
        limit = plain(Decimal(line["limit"]))
        if terms[line["term"]].role == "markup":
            markup = f" × (1 + {limit})"
            continue
        added[limit] += line["weight"]
        alone[limit] = line
    if len(added) == 1 and not markup:
        return _one(book, check, added, alone)
    shown = " + ".join(f"{count} × {limit}" if count != 1 else limit for limit, count in added.items())
    return f"({shown}){markup}" if markup else shown


def _one(book: Rulebook, check: Check, added: Counter[str], alone: dict[str, dict[str, Any]]) -> str:
    limit, count = next(iter(added.items()))
    line = alone[limit]
    form = _form(book, check.all_terms[line["term"]].limit, line["version"], line["row"])
    shown = _formula(form, line["x"]) if form is not None and form.of and line["x"] is not None else ""
    if count == 1:
        return shown
    return f"{count} × {limit}" if not shown else f"{count} × ({shown})"
