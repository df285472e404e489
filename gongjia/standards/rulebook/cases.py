"""Cases that a lawyer can read: given these facts on this day, this is the verdict."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.errors import N_, BadTable, Flaw
from gongjia.standards.rulebook.judging import Verdict, cited_row, judge
from gongjia.standards.rulebook.loading import CASES, files, parse

ON = "on"  # YAML 1.1 reads a bare `on` as true
CASE_FIELDS = {"name", ON, "value", "given", "expect"}
EXPECTATIONS = (
    "verdict",
    "limit",
    "over",
    "standing",
    "version",
    "reason",
    "blocks",
    "verification",
    "clause",
    "label",
    "number",
)


@dataclass(frozen=True, slots=True)
class Case:
    """One worked example of one table."""

    name: str
    table: str
    value: str
    on: date
    given: Mapping[str, Any]
    expect: Mapping[str, Any]
    file: str = ""


def load_cases(book: Rulebook, *folders: Path) -> Iterator[Case]:
    """Every case of the shipped folder, or of the named ones; raises BadTable at the first that is malformed."""
    for path in files(*(folders or (CASES,))):
        yield from read_cases(book, path.name, parse(path))


def read_cases(book: Rulebook, file: str, found: Any) -> Iterator[Case]:
    table = str(found.get("table")) if isinstance(found, dict) else ""
    if table not in book.tables or not isinstance(found.get("cases"), list):
        raise BadTable(Flaw(file, "table", "unknown_table", N_("没有这张表：%(key)s"), {"key": table}))
    for number, raw in enumerate(found["cases"], 1):
        yield _case(book, file, number, table, raw)


def _case(book: Rulebook, file: str, number: int, table: str, raw: Any) -> Case:
    raw = {ON if name is True else name: part for name, part in raw.items()} if isinstance(raw, dict) else {}
    fields = set(raw)
    wrong = (fields ^ CASE_FIELDS) - {"value"} | (set(raw["expect"]) - set(EXPECTATIONS) if "expect" in fields else set())
    value = raw.get("value") or _judged(book, table, raw["given"]) if not wrong else None
    if value is None or value not in book.tables[table].values:
        params = {"names": ", ".join(sorted(map(str, wrong)) or ["value"])}
        raise BadTable(Flaw(file, f"cases[{number}]", "bad_case", N_("案例的字段不对：%(names)s"), params))
    return Case(raw["name"], table, value, raw[ON], raw["given"], raw["expect"], file)


def _judged(book: Rulebook, table: str, given: Mapping[str, Any]) -> str | None:
    """The column that a case is about, where the fact that it gives leaves no doubt."""
    values = [value.name for value in book.tables[table].values.values() if value.fact and value.fact in given]
    return values[0] if len(values) == 1 else None


def run_case(book: Rulebook, case: Case) -> dict[str, tuple[Any, Any]]:
    """What came out otherwise than expected: name to (expected, found); empty when the case holds."""
    verdict = judge(book, book.tables[case.table].topic, case.value, case.given, case.on)
    found = outcome(book, verdict)
    return {name: (wanted, found[name]) for name, wanted in case.expect.items() if _plain(wanted) != _plain(found[name])}


def outcome(book: Rulebook, verdict: Verdict) -> dict[str, Any]:
    """A verdict in the words of a case file."""
    cited = cited_row(book, verdict)
    return {
        "verdict": verdict.outcome,
        "limit": verdict.limit,
        "over": verdict.over,
        "standing": verdict.standing,
        "version": verdict.version,
        "reason": verdict.reason,
        "blocks": verdict.blocks,
        "verification": cited[1].verification if cited else "",
        "clause": cited[1].clause if cited else "",
        "label": cited[1].label if cited else "",
        "number": cited[0].source.number if cited else "",
    }


def _plain(value: Any) -> Any:
    """Numbers by their worth, so that "12" expects 12.00; everything else as it is."""
    try:
        return value if isinstance(value, bool) or value is None else Decimal(str(value))
    except ArithmeticError:
        return value
