"""How many records a table touches: its checks run over the facts of the units that a person may see, nothing written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from gongjia.core.check import Check, checks
from gongjia.core.periods import today
from gongjia.standards.choices import FindingState
from gongjia.standards.engine import join
from gongjia.standards.engine.evaluate import Judged, evaluate
from gongjia.standards.engine.store import Store, gather
from gongjia.standards.resources import FINDINGS
from gongjia.standards.rulebook.loading import load
from gongjia.standards.rulebook.schema import Table
from gongjia.web.addresses import list_url


@dataclass(frozen=True)
class Touched:
    """The records that one version decides in one check."""

    check: Check
    version: str
    judged: int
    compliant: int
    broken: int
    undecided: int


def checks_of(topic: str) -> list[Check]:
    """Return the checks that read a topic."""
    return [check for check in checks if any(term.table == topic for term in check.all_terms)]


def findings_by_row(user: Any, version: str, path: str = "") -> dict[int, tuple[int, str]]:
    """Return how many open findings cite each row of a version, with the address of their list."""
    rows = FINDINGS.queryset(user, path).filter(state=FindingState.OPEN, table_version=version).order_by()
    url = list_url(FINDINGS, [("state", FindingState.OPEN), ("table_version", version)])
    return {row["row_number"]: (row["n"], url) for row in rows.values("row_number").annotate(n=Count("pk"))}


def touched(user: Any, table: Table, path: str = "", on: dt.date | None = None) -> list[Touched]:
    """Judge the facts of today and count by check and version of the table; only units that this person may see are counted."""
    wanted = checks_of(table.topic)
    if not wanted:
        return []
    store = gather(sorted({check.facts for check in wanted}), on or today(), load())
    units = FINDINGS.units(user, path)
    where = "true" if units is None else f"f.unit_id IN ({', '.join(str(int(pk)) for pk in units.values_list('pk', flat=True)) or 'NULL'})"
    ours = {version.id for version in table.versions}
    return [each for check in wanted for each in _counted(store, evaluate(store, check), where) if each.version in ours]


def _counted(store: Store, judged: Judged, where: str) -> list[Touched]:
    rows = store.run(
        f"SELECT v.limit_id, v.coverage_id, v.outcome, count(*) FROM {judged.relation} v"  # noqa: S608 - declared names and integers
        f" JOIN {judged.facts.relation} f ON f.rowid = v.fact WHERE {where} GROUP BY ALL"
    ).fetchall()
    found: dict[str, list[int]] = {}
    for limit, coverage, outcome, count in rows:
        version = _version(judged, limit, coverage)
        if version:
            found.setdefault(version, [0] * len(join.NAMES))[outcome] += count
    return [
        Touched(judged.check, version, sum(n[:4]), n[join.COMPLIANT], n[join.BREACH] + n[join.DOUBT], n[join.CANNOT_DECIDE])
        for version, n in sorted(found.items())
    ]


def _version(judged: Judged, limit: int | None, coverage: int | None) -> str:
    if not judged.brought:
        return ""
    first = judged.brought[0]
    if limit is not None and limit < len(first.limits):
        return first.limits[limit].version
    return first.coverage[coverage].version if coverage is not None and coverage < len(first.coverage) else ""


def total(rows: Sequence[Touched]) -> int:
    return sum(row.judged for row in rows)
