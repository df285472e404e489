"""Check: which facts meet which standard. A declaration only; `standards` evaluates it as one join."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from gongjia.core.registry import Registry

Compare = Literal["at_most", "at_least", "more_than"]


@dataclass(frozen=True)
class Term:
    """One part of a limit: a value column of a table, found by keys, taken `weight` times; a markup adds its share of the rest."""

    table: str
    limit: str
    keys: Mapping[str, str] = field(default_factory=dict)
    where: str = "true"
    weight: str = "1"
    role: Literal["add", "markup"] = "add"


@dataclass(frozen=True)
class Alternative:
    """Something already found that would mend a breach, with the record it leads to."""

    text: str
    resource: str = ""
    pk: int = 0


@dataclass(frozen=True)
class Check:
    """One rule over facts.

    `where`, `value`, `limit` of a check without a table, and the keys are SQL expressions over the fact columns and the columns of the
    ruling unit (unit_tier, unit_nature, unit_secrecy), in DuckDB's dialect; a fact outside `where` is not judged. `table` names the topic
    whose value column `limit` sets the limit, found by `keys` (key column → expression); how they compare, their unit and places come
    from there. `value` is an integer of that scale, NULL where it is not known: then, and where a row is missing, it "cannot be decided".
    With `total`, all facts of one subject make one verdict: limits are summed, the value is the largest. `terms` are the parts of a
    limit that comes from several tables. `listed` names a key: facts whose value is in no row that speaks to their unit and day are
    not judged.
    A check without a table is a contradiction: it can only warn.
    """

    key: str
    label: Any
    facts: str
    value: str
    limit: str
    table: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    where: str = "true"
    compare: Compare = "at_most"
    unit: Any = ""
    places: int = 0
    event_on: str = "event_on"
    ruled_by: str = "unit_id"
    total: bool = False
    weight: str = "1"
    terms: Sequence[Term] = ()
    listed: str = ""
    value_name: str = ""
    value_label: Any = ""
    evidence: Sequence[str] = ()
    advice: Any = ""
    alternatives: Callable[[int, Mapping[str, Any]], Sequence[Alternative]] | None = None
    group: str = ""
    kind: Literal["limit", "contradiction"] = "limit"

    @property
    def all_terms(self) -> tuple[Term, ...]:
        """The parts of the limit: the declared terms, or else the check's own table."""
        own = (Term(self.table, self.limit, self.keys, weight=self.weight),) if self.table else ()
        return tuple(self.terms) or own


checks: Registry[Check] = Registry("check")


def declare_check(made: Check) -> Check:
    """Declare a check under its key."""
    return checks.add(made.key, made)
