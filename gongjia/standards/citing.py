"""A version of a table as it is cited in one line."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongjia.standards.rulebook.loading import load


def citation(version_id: str) -> str:
    """Return document, number and clause of a version as printed; a clause nobody has seen says so."""
    try:
        _table, version = load().find(version_id)
    except KeyError:
        return ""
    clause = version.clause if version.clause_verified or not version.clause else f"{version.clause}（{_('条号待核')}）"
    return " ".join(part for part in (version.source.document, version.source.number, clause) if part)
