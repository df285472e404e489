"""A small journal: entries of both tables under three seals, a key in a folder of its own, and the export as lines to tamper with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from gongjia.core import audit
from gongjia.core.models import AuditEntry
from gongjia.journal import sealing
from gongjia.journal.exporting import journal_lines
from gongjia.journal.models import Seal
from gongjia.journal.verify import Problem, Verifier
from gongjia.ledger.models import Asset, Entry
from tests.people import Town

DAY = dt.date(2026, 11, 2)


@pytest.fixture(autouse=True)
def key_folder(tmp_path: Path, settings: Any) -> Path:
    """A key of the test's own."""
    settings.GONGJIA_JOURNAL_KEY = tmp_path / "key" / "journal_key"
    return tmp_path / "key"


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of four entries, so that a small journal has several."""
    monkeypatch.setattr(sealing, "SIZE", 4)


def audited(count: int, actor: Any = None, note: str = "桌") -> list[int]:
    """Write audit entries as an action does, and return their ids."""
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    with transaction.atomic():
        trail = audit.Trail()
        for number in range(count):
            trail.add("ledger.asset", number + 1, None, {"name": note}, {"name": f"{note} {number}", "cost": "12.50"})
        audit.write(trail, audit.open_batch("ledger.edit_asset", actor, "form", None), "ledger.edit_asset", actor)
    return sorted(set(AuditEntry.objects.values_list("pk", flat=True)) - before)


def moved(town: Town, count: int) -> list[int]:
    """Append entries of one card, and return their ids."""
    card = Asset.objects.filter(number="J-1").first() or Asset.objects.create(number="J-1", name="台式计算机", unit=town.water, cost=5000)
    seq = Entry.objects.filter(asset=card).count()
    rows = [Entry(asset=card, kind="revalue", seq=seq + n, effective_on=DAY, cost_delta=n, unit_to=town.water) for n in range(1, count + 1)]
    for row in rows:
        row.recorded_at = timezone.now()
        row.save()
    return [row.pk for row in rows]


@pytest.fixture
def sealed(town: Town) -> list[Seal]:
    """Three seals: of 10 + 6, of 5 + 0 and of 1 + 3 entries."""
    made = []
    for audits, entries in ((10, 6), (5, 0), (1, 3)):
        audited(audits)
        moved(town, entries)
        made += sealing.seal()
    return made


@pytest.fixture
def lines(sealed: list[Seal]) -> list[bytes]:
    """The export, line by line."""
    return list(journal_lines())


def check(lines: Sequence[bytes], *heads: str, keys: Sequence[str] = ()) -> tuple[Verifier, list[Problem]]:
    """Verify lines as the outsider's file does."""
    found: list[Problem] = []
    source: Iterator[bytes] = iter(b"".join(lines).splitlines(keepends=True))
    return Verifier(found.append, heads, keys).read(source), found


def kinds(lines: Sequence[bytes], *heads: str) -> list[str]:
    return [problem.kind for problem in check(lines, *heads)[1]]
