"""Verdicts as the command line tells them: one object for programs, a few lines for people."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from gongjia.standards.explaining import Brief, Clause, Explanation, clause_of
from gongjia.standards.rulebook.loading import load


def clause_json(clause: Clause | None) -> dict[str, Any] | None:
    """Return a citation: document, number, clause, dates, and how well it was seen."""
    return {**asdict(clause), "source": clause.source} if clause else None


def verdict_json(row: Any) -> dict[str, Any]:
    """Return what a finding or an answer holds: keys and exact numbers."""
    return {
        "check": row.check_key,
        "subject": row.subject,
        "subject_id": row.subject_id,
        "item": row.fact_key,
        "outcome": row.outcome,
        "reason": row.reason,
        "value": row.value,
        "limit": row.bound,
        "over": row.over,
        "standing": row.standing,
        "blocks": row.blocks,
        "verification": row.verification,
        "version": row.table_version,
        "row": row.row_number,
        "event_on": row.event_on,
        "judged_on": row.judged_on,
        "inputs": row.inputs,
    }


def finding_json(row: Any, brief: Brief) -> dict[str, Any]:
    """Return one finding of a sweep with its citation and its line in words."""
    more = {"unit": row.unit.code, "state": row.state, "found_on": row.found_on, "title": brief.title, "message": line_of(brief)}
    return {"finding": row.pk, **verdict_json(row), **more, "clause": clause_json(clause_of(load(), row))}


def line_of(brief: Brief) -> str:
    """Return a finding's words in one line."""
    parts = [f"{brief.outcome_label} {brief.check_label}", brief.title, brief.detail, f"{brief.value} / {brief.bound}"]
    return " · ".join(part for part in parts if part)


def finding_words(row: Any, brief: Brief) -> str:
    return f"  F-{row.pk} {line_of(brief)}"


def explanation_json(row: Any, full: Explanation) -> dict[str, Any]:
    """Return one verdict in full: keys and numbers, and beside them the words."""
    words = {
        "headline": full.headline,
        "outcome_label": full.outcome_label,
        "check_label": full.check_label,
        "grounds": full.grounds_label,
        "reason_text": full.reason,
        "arithmetic": full.arithmetic,
        "evidence": [asdict(line) for line in full.evidence],
        "advice": [asdict(each) for each in full.advice],
    }
    return {"finding": row.pk, **verdict_json(row), **words, "clause": clause_json(full.clause)}


def explanation_words(full: Explanation) -> str:
    """Return one verdict in full, line by line."""
    lines = [f"[{full.outcome_label}] {full.headline}", f"{full.check_label}  {full.grounds_label}".rstrip()]
    lines += [full.who] if full.who else []
    if full.clause:
        lines += [f"{_('依据')}: {full.clause.source}  [{full.clause.verification_label}] {full.clause.standing_label}".rstrip()]
        lines += [f"  {full.clause.words}"]
    lines += [f"{_('算式')}: {full.arithmetic}"] if full.arithmetic else []
    lines += [f"  {line.label}: {line.text}" for line in full.evidence]
    lines += [f"{_('怎么办')}: {each.text}" for each in full.advice]
    return "\n".join(lines)
