"""The one join, as SQL text: facts beside the limit of their regime, key, date and quantity, and what follows from both."""

from __future__ import annotations

from collections.abc import Sequence

from gongjia.core.check import Check
from gongjia.core.facts import Facts
from gongjia.standards.engine.limits import Limits

COMPLIANT, BREACH, DOUBT, CANNOT_DECIDE, NO_RULE = range(5)
NAMES = ("compliant", "breach", "doubt", "cannot_decide", "no_rule")
EXCEEDS = {"at_most": "value > bound", "at_least": "value < bound", "more_than": "value <= bound"}
_COLUMNS = "fact, value, bound, limit_id, coverage_id, outcome, reason, quantity, x"


def judged_facts(check: Check, declared: Facts, brought: Limits, identity: str) -> str:
    """Select the facts that a term judges: their number, regime, date, value, weight and keys."""
    term = brought.term
    keys = "".join(
        f", coalesce(CAST({term.keys.get(name, repr(''))} AS VARCHAR), '') AS k{place}" for place, name in enumerate(brought.keys)
    )
    held = {column.name for column in declared.columns}
    quantities = "".join(f", {name} AS x_{name}" for name in brought.quantities if name in held)
    member = f"f.{declared.member}" if declared.member else "NULL::BIGINT"
    place = brought.keys.index(check.listed) if check.listed else 0
    within = f"w.regime = j.regime AND w.listed = j.k{place} AND (j.event IS NULL OR j.event BETWEEN w.valid_from AND w.valid_to)"
    listed = f" SEMI JOIN listed_{brought.relation} w ON {within}" if check.listed else ""
    return (
        f"SELECT * FROM (SELECT f.rowid AS fact, f.subject_id, {identity} AS identity, {member} AS member, r.regime, {check.event_on} AS event,"
        f" CAST({check.value} AS BIGINT) AS value, CAST({term.weight} AS BIGINT) AS weight{keys}{quantities}"
        f" FROM {declared.relation} f JOIN units u ON u.unit_id = f.{check.ruled_by} JOIN regimes_{brought.relation} r ON r.signature = u.signature"
        f" WHERE ({check.where}) AND ({term.where})) j{listed}"
    )


def joined(brought: Limits, declared: Facts) -> str:
    """Select every judged fact of the relation `judged` with its limit, or none."""
    held = {column.name for column in declared.columns}
    cases = " ".join(f"WHEN '{name}' THEN f.x_{name}" for name in brought.quantities if name in held)
    x = f"CASE l.quantity {cases} END" if cases else "NULL::BIGINT"
    keys = "".join(f" AND l.k{place} = f.k{place}" for place in range(len(brought.keys)))
    pieces = f" AND coalesce({x}, 0) > l.x_from AND coalesce({x}, 0) <= l.x_to" if brought.quantities else ""
    bound = f"(l.num * coalesce({x}, 0) + l.lift) // l.den" if brought.quantities else "l.lift // l.den"
    return (
        f"SELECT f.*, l.limit_id, l.kind, l.quantity, l.blocks, {x} AS x, {bound} AS bound"
        f" FROM judged f LEFT JOIN limits_{brought.relation} l"
        f" ON l.regime = f.regime{keys} AND f.event BETWEEN l.valid_from AND l.valid_to{pieces}"
    )


def single(check: Check, compare: str, value_name: str, keys: Sequence[str]) -> str:
    """Turn the relation `joined` into one verdict a fact; a fact without a limit is set against coverage afterwards."""
    undecided = (
        "limit_id IS NULL OR kind = 'elsewhere' OR (quantity <> '' AND x IS NULL) OR (kind <> 'text' AND (value IS NULL OR value < 0))"
    )
    return (
        f"SELECT fact, value, CASE WHEN NOT ({undecided}) THEN bound END AS bound, limit_id, NULL::INTEGER AS coverage_id,"
        f" CAST(CASE WHEN limit_id IS NOT NULL AND kind = 'text' THEN {COMPLIANT}"
        f" WHEN {undecided} THEN {CANNOT_DECIDE} WHEN {EXCEEDS[compare]} THEN CASE WHEN blocks THEN {BREACH} ELSE {DOUBT} END"
        f" ELSE {COMPLIANT} END AS UTINYINT) AS outcome, {_reason(value_name, keys)} AS reason, quantity, x FROM joined"
    )


def _reason(value_name: str, keys: Sequence[str]) -> str:
    missing = " ".join(f"WHEN k{place} = '' THEN 'missing:{name}'" for place, name in enumerate(keys))
    return (
        "CASE WHEN limit_id IS NULL THEN CASE WHEN event IS NULL THEN 'missing:event_on' " + missing + " ELSE 'no_row' END"
        " WHEN kind = 'text' THEN NULL WHEN kind = 'elsewhere' THEN 'set_elsewhere' WHEN quantity <> '' AND x IS NULL THEN 'missing:' || quantity"
        f" WHEN value IS NULL THEN 'missing:{value_name}' WHEN value < 0 THEN 'unreadable:{value_name}' END"
    )


def covered(relation: str, brought: Limits) -> str:
    """Select of the facts without a limit those that some version speaks to, with that version."""
    return (
        f"SELECT v.fact, max(c.coverage_id) AS coverage_id FROM {relation} v JOIN judged f ON f.fact = v.fact"
        f" JOIN coverage_{brought.relation} c ON c.regime = f.regime AND (f.event IS NULL OR f.event BETWEEN c.valid_from AND c.valid_to)"
        " WHERE v.limit_id IS NULL GROUP BY v.fact"
    )


def settle(relation: str) -> str:
    """Give facts that nothing speaks to the verdict "no rule", the others their coverage."""
    return (
        f"UPDATE {relation} SET coverage_id = c.coverage_id, outcome = CASE WHEN c.coverage_id IS NULL THEN {NO_RULE} ELSE {CANNOT_DECIDE} END,"
        " reason = CASE WHEN c.coverage_id IS NOT NULL THEN reason END"
        f" FROM (SELECT v.fact AS fact, c.coverage_id FROM {relation} v LEFT JOIN covered c ON c.fact = v.fact WHERE v.limit_id IS NULL) c"
        f" WHERE {relation}.fact = c.fact AND {relation}.limit_id IS NULL"
    )


def parts(number: int, brought: Limits, value_name: str) -> str:
    """Turn `joined` into the parts of summed limits: one row a fact and term, decided or with the reason why not."""
    keys = ", ".join(f"k{place}" for place in range(len(brought.keys)))
    named = f"concat_ws('|', {keys})" if keys else "''"
    return (
        f"SELECT {number} AS term, {named} AS key, member, j.fact, subject_id, identity, value, bound, weight, limit_id, c.coverage_id, kind, blocks, quantity, x,"
        f" limit_id IS NULL AND c.coverage_id IS NULL AS unruled, {_reason(value_name, brought.keys)} AS reason"
        f" FROM joined j LEFT JOIN covered c ON c.fact = j.fact"
    )


def summed(compare: str, markup: Sequence[int], scale: int) -> str:
    """Make one verdict a subject out of the relation `parts`; a markup term adds its share of the sum of the others.

    A part that cannot be decided leaves the whole undecided, unless the others alone allow the value: a limit only grows.
    """
    marked = f"term IN ({', '.join(map(str, markup))})" if markup else "false"
    total = f"sum(bound * weight) FILTER (NOT {marked})"
    share = f"max(bound) FILTER ({marked})" if markup else "NULL"
    bound = f"CAST({total} + coalesce({total} * {share} // {scale}, 0) AS BIGINT)"
    enough = "coalesce(bound >= value AND value > 0, false)" if compare == "at_most" else "false"
    return (
        f"SELECT fact, value, CASE WHEN reason IS NULL OR {enough} THEN bound END AS bound, limit_id, coverage_id,"
        f" CAST(CASE WHEN nothing THEN {NO_RULE} WHEN words OR (reason IS NOT NULL AND {enough}) THEN {COMPLIANT} WHEN reason IS NOT NULL THEN {CANNOT_DECIDE}"
        f" WHEN {EXCEEDS[compare]} THEN CASE WHEN blocks THEN {BREACH} ELSE {DOUBT} END ELSE {COMPLIANT} END AS UTINYINT) AS outcome,"
        f" CASE WHEN NOT (nothing OR {enough}) THEN reason END AS reason, NULL::VARCHAR AS quantity, NULL::BIGINT AS x, lines FROM (SELECT min(fact) AS fact, max(value) AS value,"
        f" {bound} AS bound, arg_max(limit_id, bound) FILTER (term = 0) AS limit_id, max(coverage_id) AS coverage_id,"
        " bool_and(unruled) AS nothing, bool_or(coalesce(kind = 'text', false)) AS words, bool_and(coalesce(blocks, false)) AS blocks,"
        " min(CASE WHEN unruled THEN 'no_row' ELSE reason END) AS reason,"
        " list({'term': term, 'key': key, 'member': member, 'limit_id': limit_id, 'bound': bound, 'weight': weight, 'x': x, 'reason': reason} ORDER BY term, fact) AS lines"
        " FROM parts GROUP BY subject_id, identity)"
    )


def without_table(check: Check, declared: Facts) -> str:
    """Judge facts against a limit that is itself a fact; such a check can only warn."""
    return (
        f"SELECT fact, value, bound, NULL::INTEGER AS limit_id, NULL::INTEGER AS coverage_id, CAST(CASE WHEN value IS NULL OR bound IS NULL"
        f" THEN {CANNOT_DECIDE} WHEN {EXCEEDS[check.compare]} THEN {DOUBT} ELSE {COMPLIANT} END AS UTINYINT) AS outcome,"
        f" CASE WHEN value IS NULL THEN 'missing:{check.value_name}' WHEN bound IS NULL THEN 'missing:limit' END AS reason,"
        f" NULL::VARCHAR AS quantity, NULL::BIGINT AS x FROM (SELECT f.rowid AS fact, CAST({check.value} AS BIGINT) AS value,"
        f" CAST({check.limit} AS BIGINT) AS bound FROM {declared.relation} f JOIN units u ON u.unit_id = f.{check.ruled_by} WHERE ({check.where}))"
    )
