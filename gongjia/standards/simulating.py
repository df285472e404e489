"""What a draft of the tables would change: the same facts judged by two books, side by side; nothing is saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gongjia.core.check import Check, checks
from gongjia.core.facts import facts
from gongjia.core.periods import today
from gongjia.standards.asking import Answer
from gongjia.standards.engine import join
from gongjia.standards.engine.evaluate import Judged, compare_of, evaluate, over_of, places_of
from gongjia.standards.engine.store import Store, gather
from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.loading import load

BAD = (join.BREACH, join.DOUBT)
Say = Callable[[str], None]
_BAD = ", ".join(map(str, BAD))


@dataclass(frozen=True)
class Shift:
    """One subject whose verdict or limit differs between the two books."""

    check_key: str
    subject: str
    subject_id: int
    unit_id: int
    fact_key: str
    before: str
    after: str
    value: Decimal | None
    bound_before: Decimal | None
    bound_after: Decimal | None
    over_before: Decimal
    over_after: Decimal

    @property
    def turns(self) -> str:
        """Whether it turns bad, turns good, or only moves."""
        bad = [join.NAMES.index(each) in BAD for each in (self.before, self.after)]
        return "worse" if bad == [False, True] else "better" if bad == [True, False] else "moves"


@dataclass
class Compared:
    """One check under two books: outcomes counted, excess summed, and the subjects that change."""

    check: Check
    before: dict[str, int]
    after: dict[str, int]
    over_before: Decimal
    over_after: Decimal
    worse: int = 0
    better: int = 0
    shifts: list[Shift] = field(default_factory=list)

    def bad(self, counts: Mapping[str, int]) -> int:
        return counts.get("breach", 0) + counts.get("doubt", 0)


@dataclass
class Simulation:
    """What happens if the second book were the first."""

    on: dt.date
    compared: list[Compared]

    @property
    def worse(self) -> int:
        return sum(each.worse for each in self.compared)

    @property
    def better(self) -> int:
        return sum(each.better for each in self.compared)


def touched(before: Rulebook, after: Rulebook) -> list[Check]:
    """The checks that read a table in which the books differ."""
    changed = {key for key in {*before.tables, *after.tables} if before.tables.get(key) != after.tables.get(key)}
    topics = {book.tables[key].topic for book in (before, after) for key in changed if key in book.tables}
    return [check for check in checks if topics & {term.table for term in check.all_terms}]


def simulate(
    after: Rulebook,
    before: Rulebook | None = None,
    on: dt.date | None = None,
    unit_path: str = "",
    chosen: Sequence[Check] | None = None,
    most: int = 500,
    say: Say | None = None,
) -> Simulation:
    """Judge the facts of a day by both books (the rulebook in force is the first unless given) and set the verdicts side by side.

    `most` bounds the subjects that are listed for each check; counts and sums are of all. `say` hears the name of each check at its turn.
    """
    first, day = before or load(), on or today()
    wanted = list(chosen) if chosen is not None else touched(first, after)
    store = gather(sorted({check.facts for check in wanted}), day, first)
    compared = []
    for check in wanted:
        if say:
            say(str(check.label))
        compared.append(_compare(store, check, first, after, unit_path, most))
    return Simulation(day, compared)


def compare_drafts(one: Rulebook, other: Rulebook, on: dt.date | None = None, unit_path: str = "") -> tuple[Simulation, Simulation]:
    """Both drafts against the rulebook in force, for the checks that either touches."""
    wanted = list({check.key: check for draft in (one, other) for check in touched(load(), draft)}.values())
    return simulate(one, on=on, unit_path=unit_path, chosen=wanted), simulate(other, on=on, unit_path=unit_path, chosen=wanted)


def _compare(store: Store, check: Check, first: Rulebook, second: Rulebook, unit_path: str, most: int) -> Compared:
    judged = []
    for book, suffix in ((first, "_before"), (second, "_after")):
        store.rule_by(book)
        judged.append(evaluate(store, check, suffix))
    store.rule_by(first)
    sides = [_side(store, each, unit_path) for each in judged]
    rows = store.fetch(_shifts(judged, unit_path)).to_pylist()
    made = Compared(check, sides[0][0], sides[1][0], sides[0][1], sides[1][1])
    shifts = [_shift(check, row, first, second) for row in rows]
    made.worse = sum(shift.turns == "worse" for shift in shifts)
    made.better = sum(shift.turns == "better" for shift in shifts)
    made.shifts = sorted(shifts, key=lambda shift: (shift.turns != "worse", -shift.over_after, shift.subject_id))[:most]
    return made


def _within(unit_path: str) -> str:
    return f"starts_with(u.unit_path, '{unit_path}')" if unit_path else "true"


def _joined(relation: str, judged: Judged, unit_path: str) -> str:
    return f"{relation} v JOIN {judged.facts.relation} f ON f.rowid = v.fact JOIN units u ON u.unit_id = f.unit_id AND {_within(unit_path)}"


def _over(judged: Judged, book: Rulebook, side: str = "v") -> str:
    difference = f"{side}.value - {side}.bound" if compare_of(book, judged.check) == "at_most" else f"{side}.bound - {side}.value"
    return f"CASE WHEN {side}.outcome IN ({_BAD}) THEN greatest({difference}, 0) ELSE 0 END"


def _side(store: Store, judged: Judged, unit_path: str) -> tuple[dict[str, int], Decimal]:
    """The outcomes of one side by name, and the excess of all that are bad."""
    over = _over(judged, store.book)
    rows = store.run(
        f"SELECT v.outcome, count(*), CAST(sum({over}) AS BIGINT) FROM {_joined(judged.relation, judged, unit_path)} GROUP BY v.outcome"  # noqa: S608
    ).fetchall()
    scale = -places_of(store.book, judged.check)
    return {join.NAMES[outcome]: count for outcome, count, _over_sum in rows}, Decimal(sum(row[2] or 0 for row in rows)).scaleb(scale)


def _shifts(judged: Sequence[Judged], unit_path: str) -> str:
    """Select the facts whose outcome or limit differs, each with both sides."""
    one, other = judged
    identity = f"CAST(f.{one.facts.identity} AS VARCHAR)" if one.facts.identity else "''"
    return (
        f"SELECT f.subject_id, f.unit_id, {identity} AS fact_key, coalesce(v.outcome, {join.NO_RULE}) AS before,"  # noqa: S608
        f" coalesce(w.outcome, {join.NO_RULE}) AS after, coalesce(w.value, v.value) AS value,"
        " v.bound AS bound_before, w.bound AS bound_after"
        f" FROM {one.facts.relation} f JOIN units u ON u.unit_id = f.unit_id AND {_within(unit_path)}"
        f" LEFT JOIN {one.relation} v ON v.fact = f.rowid LEFT JOIN {other.relation} w ON w.fact = f.rowid"
        " WHERE (v.fact IS NOT NULL OR w.fact IS NOT NULL) AND (v.outcome IS DISTINCT FROM w.outcome OR v.bound IS DISTINCT FROM w.bound)"
    )


def _shift(check: Check, row: Mapping[str, Any], first: Rulebook, second: Rulebook) -> Shift:
    scale = -places_of(first, check)
    figures = {name: None if row[name] is None else Decimal(row[name]).scaleb(scale) for name in ("value", "bound_before", "bound_after")}
    sign = 1 if compare_of(second, check) == "at_most" else -1
    sides = ((row["before"], figures["bound_before"]), (row["after"], figures["bound_after"]))
    overs = [_excess(outcome, figures["value"], bound, sign) for outcome, bound in sides]
    return Shift(
        check.key,
        facts[check.facts].subject,
        row["subject_id"],
        row["unit_id"],
        row["fact_key"],
        join.NAMES[row["before"]],
        join.NAMES[row["after"]],
        over_before=overs[0],
        over_after=overs[1],
        **figures,
    )


def _excess(outcome: int, value: Decimal | None, bound: Decimal | None, sign: int) -> Decimal:
    return over_of(value, bound, sign) if outcome in BAD and value is not None and bound is not None else Decimal(0)


def as_answers(shifts: Iterable[Shift], on: dt.date) -> list[Answer]:
    """Shifts as answers under the second book, for naming them in a list."""
    return [
        Answer(
            each.check_key,
            each.subject,
            each.subject_id,
            on,
            each.unit_id,
            each.fact_key,
            each.after,
            value=each.value,
            bound=each.bound_after,
            over=each.over_after,
        )
        for each in shifts
    ]
