"""What the rules say of the whole: breaches by rule and unit, their course over time, and the value that lies idle too long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.check import checks
from gongjia.core.indicator import Figure, indicator
from gongjia.ledger.choices import AssetStatus
from gongjia.ledger.resources import ASSETS
from gongjia.standards.choices import FindingState
from gongjia.standards.models import Finding
from gongjia.standards.resources import FINDINGS
from gongjia.standards.rulebook.judging import judge
from gongjia.standards.rulebook.loading import load

FINDING = FINDINGS.key
OPEN = urlencode({"state": FindingState.OPEN.value})


def idle_days(on: dt.date) -> int:
    """Return how many days an asset may lie idle: the rulebook's own parameter, for units without a table of their own."""
    verdict = judge(load(), "idle_days", "days", {"tier": "municipal", "idle_days": 0}, on)
    return int(verdict.limit or 0)


def idle_since(on: dt.date) -> dt.date:
    """Return the last day from which an asset, idle ever since, has been idle for longer than the limit on `on`."""
    return on - dt.timedelta(days=idle_days(on) + 1)


def _idle(user: Any, on: dt.date, path: str) -> QuerySet[Any]:
    return ASSETS.queryset(user, path).filter(on_books=True, status=AssetStatus.IDLE, idle_since__lte=idle_since(on)).order_by()


def idle_query(on: dt.date) -> str:
    """Return the filters of the assets that have been idle for longer than the limit."""
    return urlencode({"on_books": "true", "status": AssetStatus.IDLE.value, "idle_since__lte": idle_since(on).isoformat()})


@indicator("standards.idle_cards_by_unit", label=_("闲置过久的资产"), unit=_("张"), by="unit", resource="ledger.asset")
def idle_cards_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count the cards that have been idle for longer than the limit, by unit."""
    rows = _idle(user, on, path).values("unit_id").annotate(n=Count("pk"))
    return [Figure(row["n"], unit_id=row["unit_id"], query=idle_query(on)) for row in rows]


@indicator("standards.idle_cost_by_unit", label=_("闲置过久的资产原值"), unit=_("元"), by="unit", resource="ledger.asset", kind="money")
def idle_cost_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Sum the cost of the cards that have been idle for longer than the limit, by unit."""
    rows = _idle(user, on, path).values("unit_id").annotate(n=Sum("cost"))
    return [Figure(row["n"], unit_id=row["unit_id"], query=idle_query(on)) for row in rows]


def _pressing(user: Any, path: str) -> QuerySet[Any]:
    """Return the visible findings that stand and that nothing excuses."""
    return FINDINGS.queryset(user, path).filter(state=FindingState.OPEN, snapshot__isnull=True, cured_on__isnull=True).order_by()


def rule_label(key: str) -> str:
    """Return the name of a check, its key where it is no longer declared."""
    declared = checks.get(key)
    return str(declared.label) if declared else key


@indicator(
    "standards.findings_by_unit",
    label=_("待整改问题"),
    unit=_("条"),
    by="unit",
    resource=FINDING,
    help=_("尚未消除、也没有例外的核查发现。"),
)
def findings_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count the findings that wait to be mended, by unit."""
    rows = _pressing(user, path).values("unit_id").annotate(n=Count("pk"))
    return [Figure(row["n"], unit_id=row["unit_id"], query=OPEN) for row in rows]


@indicator("standards.breaches_by_unit", label=_("可作处理依据的问题"), unit=_("条"), by="unit", resource=FINDING)
def breaches_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count those that may be used as grounds, by unit."""
    rows = _pressing(user, path).filter(blocks=True).values("unit_id").annotate(n=Count("pk"))
    return [Figure(row["n"], unit_id=row["unit_id"], query=f"{OPEN}&blocks=true") for row in rows]


@indicator("standards.findings_by_rule", label=_("待整改问题"), unit=_("条"), by="kind", resource=FINDING)
def findings_by_rule(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count the findings that wait to be mended, by rule and outcome; `key` is "rule:outcome"."""
    rows = _pressing(user, path).values("check_key", "outcome").annotate(n=Count("pk"))
    return [
        Figure(
            row["n"],
            rule_label(row["check_key"]),
            key=f"{row['check_key']}:{row['outcome']}",
            query=f"{OPEN}&{urlencode({'check_key': row['check_key'], 'outcome': row['outcome']})}",
        )
        for row in rows
    ]


@indicator("standards.outcomes_by_unit", label=_("待整改问题"), unit=_("条"), by="unit", resource=FINDING)
def outcomes_by_unit(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count the findings that wait to be mended, by unit and outcome; `key` is the outcome."""
    rows = _pressing(user, path).values("unit_id", "outcome").annotate(n=Count("pk"))
    return [
        Figure(row["n"], unit_id=row["unit_id"], key=row["outcome"], query=f"{OPEN}&{urlencode({'outcome': row['outcome']})}")
        for row in rows
    ]


def _known(user: Any, path: str) -> QuerySet[Any]:
    """Return all visible findings of live sweeps, the cured ones too."""
    rows = Finding.objects.filter(snapshot__isnull=True).order_by()
    if not access(user).can(FINDINGS.view_permission):
        return rows.none()
    visible = access(user).units(FINDINGS.view_permission)
    rows = rows if visible is None else rows.filter(unit__in=visible)
    return rows.filter(unit__path__startswith=path) if path else rows


@indicator(
    "standards.findings_over_time",
    label=_("存续问题"),
    unit=_("条"),
    by="day",
    resource=FINDING,
    help=_("每次核查后尚未消除的问题，含例外。"),
)
def findings_over_time(user: Any, on: dt.date, path: str) -> Sequence[Figure]:
    """Count what was found and cured day by day; `key` is "found" or "cured", the label is the day."""
    figures = []
    for name, field in (("found", "found_on"), ("cured", "cured_on")):
        rows = _known(user, path).filter(**{f"{field}__lte": on}).values(field).annotate(n=Count("pk"))
        figures += [Figure(row["n"], row[field], key=name) for row in rows]
    return sorted(figures, key=lambda figure: figure.label)


def cited(user: Any, path: str) -> dict[str, str]:
    """Return by rule the version of the table that most of the waiting findings cite."""
    rows = _pressing(user, path).exclude(table_version="").values("check_key", "table_version").annotate(n=Count("pk"))
    most: dict[str, tuple[int, str]] = {}
    for row in rows:
        most[row["check_key"]] = max(most.get(row["check_key"], (0, "")), (row["n"], row["table_version"]))
    return {rule: version for rule, (_n, version) in most.items()}
