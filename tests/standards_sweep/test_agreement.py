"""The set-based join against one case at a time in plain Python, over random cases of every check that reads a table."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from gongjia.core.check import Check, checks
from gongjia.core.facts import facts
from gongjia.standards.engine.dimensions import make_units
from gongjia.standards.engine.evaluate import ALL, evaluate, verdicts
from gongjia.standards.engine.store import empty_from, open_store
from gongjia.standards.rulebook.judging import judge
from gongjia.standards.rulebook.loading import load

BOOK, ON, CASES = load(), dt.date(2026, 6, 1), 1500
TIERS, NATURES = tuple(BOOK.codes["tier"].codes), tuple(BOOK.codes["nature"].codes)
PLAIN = [check for check in checks if check.table and not check.total]


def units(rnd: random.Random) -> list[dict[str, Any]]:
    """Forty units of all traits, in provinces with a table of their own and without."""
    divisions = ["340100", "511300", "330100", "510000"]
    return [
        {
            "pk": pk,
            "path": f"{pk}.",
            "tier": rnd.choice(TIERS),
            "nature": rnd.choice(NATURES),
            "division": rnd.choice(divisions),
            "vertical": rnd.random() < 0.2,
            "superior_tier": rnd.choice(TIERS),
            "secret": rnd.random() < 0.3,
        }
        for pk in range(40)
    ]


def case(rnd: random.Random, check: Check, unit: dict[str, Any], subject: int) -> dict[str, Any]:
    """One random fact: every column that the check reads, sometimes unknown; prices and dates around the real ones."""
    row: dict[str, Any] = {"subject_id": subject, "unit_id": unit["pk"], "post_unit_id": unit["pk"]}
    for column in facts[check.facts].columns:
        if column.codes in BOOK.codes:
            row[column.name] = rnd.choice(["", *BOOK.codes[column.codes].codes]) if rnd.random() < 0.9 else "quite_unknown"
        elif column.type == "date":
            row[column.name] = dt.date(1998, 1, 1) + dt.timedelta(rnd.randrange(10_500)) if rnd.random() < 0.95 else None
        elif column.type == "bool":
            row[column.name] = rnd.random() < 0.5
        elif column.type != "text" and column.name not in row:
            row[column.name] = rnd.choice([None, 0, 1, rnd.randrange(300), rnd.randrange(30_000), rnd.randrange(20_000_000)])
    return row


@pytest.mark.parametrize("check", PLAIN, ids=lambda check: check.key)
def test_both_ways_of_judging_agree_on_every_random_case(check: Check) -> None:
    rnd = random.Random(check.key)
    houses = units(rnd)
    rows = [case(rnd, check, houses[n % 40], n) for n in range(CASES)]
    store = open_store(ON, BOOK, make_units([(each, each) for each in houses]))
    empty_from(facts[check.facts], rows, store)
    open_check = replace(check, where="true", listed="")
    found = verdicts(store, evaluate(store, open_check), (*ALL, 4))
    assert len(found) == CASES
    for index in range(CASES):
        joined, alone = both(check, found.row(index), houses[index % 40], rows[index])
        assert joined == alone, rows[index]


def both(check: Check, row: dict[str, Any], unit: dict[str, Any], fact_row: dict[str, Any]) -> tuple[Any, Any]:
    """What the join found and what `judge` says, given the value, keys and quantity that the join read."""
    on = row["event_on"]
    if on is None:
        return (row["outcome"] == "no_rule" or row["reason"] == "missing:event_on", True)
    fact = BOOK.value(check.table, check.limit).fact
    traits = {**unit, "secrecy": "secret" if unit["secret"] else "open"}
    given = {**traits, **row["inputs"], fact: row["value"]}
    cells = (row.values.get(check.limit) for table in BOOK.topic(check.table) for version in table.versions for row in version.rows)
    for of in {cell.of for cell in cells if getattr(cell, "of", "")}:
        x = fact_row.get(of)
        given[of] = None if x is None else Decimal(x).scaleb(-int(BOOK.codes["quantity"].codes[of].more.get("places", 0)))
    judged = judge(BOOK, check.table, check.limit, given, on)
    reason = row["reason"].replace(check.value_name or fact, fact)
    limit = judged.limit if judged.outcome != "cannot_decide" else None
    joined = (row["outcome"], row["bound"], reason, row["table_version"], row["blocks"])
    return joined, (judged.outcome, limit, judged.reason, judged.version, judged.blocks)
