"""One case at a time, in plain Python: what `ask` answers, and what the set-based sweep is held against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gongjia.standards.rulebook.binding import Bond, Signature, bonds, may_block, rows_by_key
from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.forms import BadForm
from gongjia.standards.rulebook.schema import Row, Text, Value, Version

COMPLIANT, BREACH, DOUBT, CANNOT_DECIDE, NO_RULE = "compliant", "breach", "doubt", "cannot_decide", "no_rule"
EXCEEDS = {
    "at_most": lambda actual, limit: actual > limit,
    "at_least": lambda actual, limit: actual < limit,
    "more_than": lambda actual, limit: actual <= limit,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one case with everything that explains it, as keys and numbers, never as text.

    `reason` says why it could not be decided: no_row, set_elsewhere, missing:<name> or unreadable:<name>.
    """

    outcome: str
    topic: str
    value: str
    standing: str = ""
    version: str = ""
    row: int = 0
    blocks: bool = False
    limit: Decimal | None = None
    actual: Decimal | None = None
    over: Decimal | None = None
    of: str = ""
    x: Decimal | None = None
    reason: str = ""


def judge(book: Rulebook, topic: str, value: str, given: Mapping[str, Any], on: date) -> Verdict:
    """The verdict on one case; `given` holds the unit's traits, the key columns, the fact and any quantity.

    Breach only under a binding, seen and strict row; otherwise an excess is a doubt. Raises KeyError for a topic
    or value that does not exist.
    """
    column = book.value(topic, value)
    active = [bond for bond in bonds(book, topic, signature(given)) if book.find(bond.version)[1].in_force(on)]
    if not active:
        return Verdict(NO_RULE, topic, value)
    key = tuple(str(given.get(name, "") or "") for name in column.keys)
    for bond in active:
        if number := rows_by_key(book, topic, value, bond.version).get(key):
            _, version = book.find(bond.version)
            return _held_against(topic, column, given, bond, version, number)
    missing = [name for name, cell in zip(column.keys, key, strict=True) if not cell]
    reason = f"missing:{missing[0]}" if missing else "no_row"
    return Verdict(CANNOT_DECIDE, topic, value, active[0].standing, active[0].version, reason=reason)


def signature(given: Mapping[str, Any]) -> Signature:
    """The unit's traits out of a case."""
    return Signature(
        str(given.get("tier", "")),
        str(given.get("nature", "administrative")),
        str(given.get("division", "")),
        given.get("vertical") in (True, "true", "yes", "1"),
        str(given.get("superior_tier", "") or ""),
    )


def _held_against(topic: str, column: Value, given: Mapping[str, Any], bond: Bond, version: Version, number: int) -> Verdict:
    row, form = version.rows[number - 1], version.rows[number - 1].values[column.name]
    cited: dict[str, Any] = {
        "topic": topic,
        "value": column.name,
        "standing": bond.standing,
        "version": version.id,
        "row": number,
        "blocks": may_block(bond.standing, version, row),
    }
    if isinstance(form, Text) or form.kind == "text":
        return Verdict(COMPLIANT, **cited)
    if form.kind == "elsewhere":
        return Verdict(CANNOT_DECIDE, reason="set_elsewhere", **cited)
    try:
        x = _number(given, form.of) if form.of else None
        cited |= {"of": form.of, "x": x, "limit": form.limit(x or 0)}
        actual = _number(given, column.fact) if column.compare != "none" else None
    except BadForm as problem:
        return Verdict(CANNOT_DECIDE, reason=str(problem), **cited)
    return _compared(column, cited["limit"], actual, cited)


def _number(given: Mapping[str, Any], name: str) -> Decimal:
    found = given.get(name)
    if found in (None, ""):
        raise BadForm(f"missing:{name}")
    try:
        number = Decimal(str(found))
    except ArithmeticError as error:
        raise BadForm(f"unreadable:{name}") from error
    if not number.is_finite() or number < 0:
        raise BadForm(f"unreadable:{name}")
    return number


def _compared(column: Value, limit: Decimal, actual: Decimal | None, cited: dict[str, Any]) -> Verdict:
    if actual is None:
        return Verdict(COMPLIANT, **cited)
    over = actual - limit if column.compare == "at_most" else limit - actual
    if not EXCEEDS[column.compare](actual, limit):
        return Verdict(COMPLIANT, actual=actual, over=Decimal(0), **cited)
    return Verdict(BREACH if cited["blocks"] else DOUBT, actual=actual, over=over, **cited)


def cited_row(book: Rulebook, verdict: Verdict) -> tuple[Version, Row] | None:
    """The version and row that a verdict cites, if it cites one."""
    if not verdict.row:
        return None
    version = book.find(verdict.version)[1]
    return version, version.rows[verdict.row - 1]
