"""Runs checks over a store: verdicts in columns, and for those that are kept, everything that explains them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gongjia.core.check import Check
from gongjia.core.facts import Facts, facts
from gongjia.standards.engine import join
from gongjia.standards.engine.limits import Limits, bring
from gongjia.standards.engine.store import Store
from gongjia.standards.rulebook.book import Rulebook

KEPT = (join.BREACH, join.DOUBT, join.CANNOT_DECIDE)
ALL = (join.COMPLIANT, *KEPT)


@dataclass
class Judged:
    """The verdicts of one check: `relation` holds one row a fact or subject, `counts` how many of each outcome."""

    check: Check
    facts: Facts
    relation: str
    brought: list[Limits]
    counts: dict[str, int]

    @property
    def judged(self) -> int:
        return sum(count for name, count in self.counts.items() if name != "no_rule")


@dataclass
class Verdicts:
    """Verdicts as columns of equal length, ready to be written or shown; everything is a key or a number, nothing is text."""

    check: Check
    subject_ids: list[int] = field(default_factory=list)
    columns: dict[str, list[Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.subject_ids)

    def row(self, index: int) -> dict[str, Any]:
        """Return one verdict by name."""
        return {name: cells[index] for name, cells in self.columns.items()} | {"subject_id": self.subject_ids[index]}


def places_of(book: Rulebook, check: Check) -> int:
    """The decimal places of a check's value and limit."""
    return book.value(check.table, check.limit).places if check.table else check.places


def compare_of(book: Rulebook, check: Check) -> str:
    """How value and limit of a check are held against each other."""
    return book.value(check.table, check.limit).compare if check.table else check.compare


def value_name_of(book: Rulebook, check: Check) -> str:
    """The name of the judged quantity, as a missing one is reported."""
    return check.value_name or (book.value(check.table, check.limit).fact if check.table else "value")


def over_of(value: Decimal, bound: Decimal, sign: int) -> Decimal:
    """By how much a value departs from its limit to the wrong side; nothing where it does not."""
    return max(sign * (value - bound), Decimal(0)) or Decimal(0)


def evaluate(store: Store, check: Check, suffix: str = "") -> Judged:
    """Judge every fact of a check in one join."""
    declared = facts[check.facts]
    relation = f"verdicts_{check.key.replace('.', '_')}{suffix}"
    if check.key not in store.brought:
        store.brought[check.key] = [bring(store, check, number, term) for number, term in enumerate(check.all_terms)]
    brought = store.brought[check.key]
    if not brought:
        store.run(f"CREATE OR REPLACE TABLE {relation} AS {join.without_table(check, declared)}")
    elif check.total:
        _totals(store, check, declared, brought, relation)
    else:
        _singles(store, check, declared, brought[0], relation)
    found = store.run(f"SELECT outcome, count(*) FROM {relation} GROUP BY outcome").fetchall()
    return Judged(check, declared, relation, brought, {join.NAMES[outcome]: count for outcome, count in found})


def _singles(store: Store, check: Check, declared: Facts, brought: Limits, relation: str) -> None:
    run, name = store.run, value_name_of(store.book, check)
    run(f"CREATE OR REPLACE TEMP VIEW judged AS {join.judged_facts(check, declared, brought, _identity(declared))}")
    run(f"CREATE OR REPLACE TEMP VIEW joined AS {join.joined(brought, declared)}")
    run(f"CREATE OR REPLACE TABLE {relation} AS {join.single(check, compare_of(store.book, check), name, brought.keys)}")
    if run(f"SELECT 1 FROM {relation} WHERE limit_id IS NULL LIMIT 1").fetchall():
        run(f"CREATE OR REPLACE TEMP TABLE covered AS {join.covered(relation, brought)}")
        run(join.settle(relation))
    run("DROP VIEW joined")
    run("DROP VIEW judged")


def _totals(store: Store, check: Check, declared: Facts, brought: Sequence[Limits], relation: str) -> None:
    run, name = store.run, value_name_of(store.book, check)
    for number, each in enumerate(brought):
        run(f"CREATE OR REPLACE TEMP TABLE judged AS {join.judged_facts(check, declared, each, _identity(declared))}")
        run(f"CREATE OR REPLACE TEMP TABLE joined AS {join.joined(each, declared)}")
        run(f"CREATE OR REPLACE TEMP TABLE covered AS {join.covered('joined', each)}")
        made = f"CREATE OR REPLACE TEMP TABLE parts AS {join.parts(number, each, name)}"
        run(made if not number else f"INSERT INTO parts {join.parts(number, each, name)}")
        run("DROP TABLE judged")
        run("DROP TABLE joined")
    markup = [number for number, each in enumerate(brought) if each.term.role == "markup"]
    places = [store.book.value(brought[n].term.table, brought[n].term.limit).places for n in markup]
    run(f"CREATE OR REPLACE TABLE {relation} AS {join.summed(compare_of(store.book, check), markup, 10 ** (places[0] if places else 0))}")


def _identity(declared: Facts) -> str:
    return f"CAST(f.{declared.identity} AS VARCHAR)" if declared.identity else "''"


def verdicts(store: Store, judged: Judged, outcomes: Sequence[int] = KEPT, where: str = "true") -> Verdicts:
    """Fetch the verdicts of the given outcomes with their evidence; `where` speaks of fact columns and unit_path."""
    check, declared = judged.check, judged.facts
    lines = ", v.lines" if check.total and judged.brought else ""
    evidence = [column.name for column in declared.columns if column.name in check.evidence]
    cells = "".join(f", f.{name} AS e_{name}" for name in evidence)
    keys = [(name, expression) for each in judged.brought[:1] for name, expression in each.term.keys.items() if not check.total]
    key_cells = "".join(f", CAST({expression} AS VARCHAR) AS k_{name}" for name, expression in keys)
    table = store.fetch(
        f"SELECT f.subject_id, f.unit_id, {_identity(declared)} AS identity, {check.event_on} AS event, v.* EXCLUDE (fact{', lines' if lines else ''}){lines}"
        f"{cells}{key_cells} FROM {judged.relation} v JOIN {declared.relation} f ON f.rowid = v.fact JOIN units u ON u.unit_id = f.unit_id"
        f" WHERE v.outcome IN ({', '.join(map(str, outcomes))}) AND ({where}) ORDER BY v.fact"
    )
    raw = {name: table.column(name).to_pylist() for name in table.column_names}
    return _explained(store, judged, raw, evidence, [name for name, _expression in keys])


def _explained(store: Store, judged: Judged, raw: dict[str, list[Any]], evidence: Sequence[str], keys: Sequence[str]) -> Verdicts:
    """Replace numbers of limits by what they cite, and gather the inputs of each verdict."""
    cites = _Citations(store.book, judged)
    places = places_of(store.book, judged.check)
    scaled = {name: [None if cell is None else Decimal(cell).scaleb(-places) for cell in raw[name]] for name in ("value", "bound")}
    cited = [cites.of(limit, coverage) for limit, coverage in zip(raw["limit_id"], raw["coverage_id"], strict=True)]
    names = [name for name in keys if name not in evidence]
    inputs = [dict(zip(evidence, cells, strict=True)) for cells in zip(*(raw[f"e_{name}"] for name in evidence), strict=True)] or [
        {} for _ in cited
    ]
    for name in names:
        for target, cell in zip(inputs, raw[f"k_{name}"], strict=True):
            target[name] = cell
    if "lines" in raw:
        for target, lines in zip(inputs, raw["lines"], strict=True):
            target["lines"] = [cites.line(line, places) for line in lines]
        cited = [{**each, "blocks": all(line["blocks"] for line in target["lines"])} for each, target in zip(cited, inputs, strict=True)]
    for target, quantity, x in zip(inputs, raw["quantity"], raw["x"], strict=True):
        if quantity and x is not None:
            target["of"], target["x"] = quantity, x
    columns = {
        "unit_id": raw["unit_id"],
        "fact_key": raw["identity"],
        "event_on": raw["event"],
        "outcome": [join.NAMES[o] for o in raw["outcome"]],
        "reason": [reason or "" for reason in raw["reason"]],
        "value": scaled["value"],
        "bound": scaled["bound"],
        "inputs": inputs,
        **{name: [each[name] for each in cited] for name in ("table_version", "row_number", "standing", "blocks", "verification")},
    }
    return Verdicts(judged.check, raw["subject_id"], columns)


class _Citations:
    """What the numbers of limits and coverage stand for, each looked up once."""

    def __init__(self, book: Rulebook, judged: Judged) -> None:
        self.book, self.brought = book, judged.brought
        self._known: dict[tuple[int, int | None, int | None], dict[str, Any]] = {}

    def of(self, limit_id: int | None, coverage_id: int | None, term: int = 0) -> dict[str, Any]:
        """Return version, row, standing, whether it blocks, and its verification."""
        key = (term, limit_id, coverage_id)
        if key not in self._known:
            self._known[key] = self._cite(*key)
        return self._known[key]

    def _cite(self, term: int, limit_id: int | None, coverage_id: int | None) -> dict[str, Any]:
        nothing = {"table_version": "", "row_number": 0, "standing": "", "blocks": False, "verification": ""}
        if limit_id is not None:
            limit = self.brought[term].limits[limit_id]
            row = self.book.row(limit.version, limit.row)
            return {
                "table_version": limit.version,
                "row_number": limit.row,
                "standing": limit.standing,
                "blocks": limit.blocks,
                "verification": row.verification,
            }
        if coverage_id is not None:
            coverage = self.brought[term].coverage[coverage_id]
            return {**nothing, "table_version": coverage.version, "standing": coverage.standing}
        return nothing

    def line(self, line: dict[str, Any], places: int) -> dict[str, Any]:
        """Return one part of a summed limit with what it cites."""
        cited = self.of(line["limit_id"], None, line["term"])
        term = self.brought[line["term"]].term
        own = self.book.value(term.table, term.limit).places if term.role == "markup" else places
        bound = None if line["bound"] is None else str(Decimal(line["bound"]).scaleb(-own))
        return {
            "term": line["term"],
            "key": line["key"],
            "member": line["member"],
            "weight": line["weight"],
            "limit": bound,
            "x": line["x"],
            "reason": line["reason"] or "",
            "version": cited["table_version"],
            "row": cited["row_number"],
            "blocks": cited["blocks"],
        }
