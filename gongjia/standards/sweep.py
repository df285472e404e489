"""A sweep: all checks over all facts as of a day; findings are diffed against those that stand, then written in one transaction."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjia.core import bulk
from gongjia.core.check import Check, checks
from gongjia.core.facts import facts
from gongjia.core.periods import today
from gongjia.org.models import Unit
from gongjia.standards.choices import FindingState, RectificationState
from gongjia.standards.engine.evaluate import Verdicts, compare_of, evaluate, over_of, verdicts
from gongjia.standards.engine.store import Store, gather
from gongjia.standards.models import Excuse, Finding, Rectification, Sweep
from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.loading import load

Progress = Callable[[int, int, str], None]
MOVING = ("outcome", "reason", "value", "bound", "table_version", "row_number", "standing")
WRITTEN = (*MOVING, "over", "inputs", "blocks", "verification", "event_on")


@dataclass
class Judgement:
    """What the checks found before anything is written."""

    on: dt.date
    found: list[Verdicts] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    facts: int = 0

    @property
    def judged(self) -> int:
        return sum(count for each in self.counts.values() for outcome, count in each.items() if outcome != "no_rule")


def run_sweep(
    on: dt.date | None = None, unit: Unit | None = None, actor: Any = None, keys: Sequence[str] = (), progress: Progress | None = None
) -> Sweep:
    """Judge everything as of `on` (today by default), of one subtree or all, and write findings and their differences.

    Only a sweep of today moves the live findings; one as of another day keeps its own (`sweep.findings`).
    """
    started, clock = timezone.now(), time.perf_counter()
    day = on or today()
    chosen = [checks[key] for key in keys] or list(checks)
    found = judge_all(load(), day, chosen, unit.path if unit else "", progress)
    with transaction.atomic():
        list(Sweep.objects.select_for_update().order_by("-pk")[:1])  # two sweeps at once write one after the other
        sweep = Sweep.objects.create(
            on=day,
            unit=unit,
            live=day == today(),
            started_at=started,
            judged=found.judged,
            facts=found.facts,
            counts=found.counts,
            actor=actor if getattr(actor, "pk", None) else None,
        )
        _write(sweep, found, chosen)
        sweep.finished_at, sweep.seconds = timezone.now(), round(time.perf_counter() - clock, 3)
        sweep.save()
    return sweep


def judge_all(
    book: Rulebook, on: dt.date, chosen: Sequence[Check], unit_path: str = "", progress: Progress | None = None, store: Store | None = None
) -> Judgement:
    """Gather the facts of a day and judge them by a book; nothing is written."""
    say = progress or (lambda done, total, message: None)
    say(0, len(chosen) + 1, _("读取事实"))
    held = store or gather(sorted({check.facts for check in chosen}), on, book)
    found = Judgement(on, facts=sum(held.rows.get(key, 0) for key in {check.facts for check in chosen}))
    where = f"starts_with(u.unit_path, '{unit_path}')" if unit_path else "true"
    for done, check in enumerate(chosen, 1):
        say(done, len(chosen) + 1, str(check.label))
        judged = evaluate(held, check)
        found.counts[check.key] = judged.counts
        found.found.append(verdicts(held, judged, where=where))
    return found


# -- writing -----------------------------------------------------------------------------------------------------------


def _write(sweep: Sweep, found: Judgement, chosen: Sequence[Check]) -> None:
    excuses = _excuses(sweep.on)
    standing = _standing(sweep, chosen) if sweep.live else {}
    for each in found.found:
        new, moved = _compare(each, standing)
        sweep.new += len(new)
        sweep.standing += len(each) - len(new)
        _insert(sweep, each, new, excuses)
        _update(sweep, each, moved, excuses)
    _cure(sweep, [row[0] for row in standing.values()])
    _excuse(sweep)


def _standing(sweep: Sweep, chosen: Iterable[Check]) -> dict[tuple[str, int, str], tuple[Any, ...]]:
    """The live findings that this sweep may move, by identity."""
    rows = Finding.objects.current().filter(check_key__in=[check.key for check in chosen])
    if sweep.unit is not None:
        rows = rows.filter(unit__path__startswith=sweep.unit.path)
    read = rows.values_list("check_key", "subject_id", "fact_key", "pk", "unit_id", *MOVING)
    return {tuple(row[:3]): row[3:] for row in read.iterator(20_000)}


def _compare(each: Verdicts, standing: dict[tuple[str, int, str], tuple[Any, ...]]) -> tuple[list[int], list[tuple[int, int]]]:
    """Which verdicts are new, and which moved a finding; what is met is taken out of `standing`, what remains was cured."""
    new: list[int] = []
    moved: list[tuple[int, int]] = []
    key = each.check.key
    now = zip(each.subject_ids, each.columns["fact_key"], each.columns["unit_id"], *(each.columns[name] for name in MOVING), strict=True)
    for index, (subject, fact, *state) in enumerate(now):
        before = standing.pop((key, subject, fact), None)
        if before is None:
            new.append(index)
        elif list(before[1:]) != state:
            moved.append((before[0], index))
    return new, moved


def _over(each: Verdicts, compare: str) -> list[Any]:
    pairs = zip(each.columns["value"], each.columns["bound"], strict=True)
    sign = 1 if compare == "at_most" else -1
    return [None if value is None or bound is None else over_of(value, bound, sign) for value, bound in pairs]


def _columns(each: Verdicts, chosen: Sequence[int]) -> dict[str, list[Any]]:
    if "over" not in each.columns:
        each.columns["over"] = _over(each, compare_of(load(), each.check))
    return {name: [each.columns[name][index] for index in chosen] for name in WRITTEN} | {
        "unit_id": [each.columns["unit_id"][index] for index in chosen]
    }


def _insert(sweep: Sweep, each: Verdicts, new: Sequence[int], excuses: dict[tuple[str, int, str], int]) -> None:
    check = each.check
    subjects = [each.subject_ids[index] for index in new]
    keys = [each.columns["fact_key"][index] for index in new]
    excused = [excuses.get((check.key, subject, key)) for subject, key in zip(subjects, keys, strict=True)]
    bulk.insert(
        Finding,
        len(new),
        check_key=check.key,
        group=check.group,
        subject=facts[check.facts].subject,
        subject_id=subjects,
        fact_key=keys,
        **_columns(each, new),
        excuse_id=excused,
        state=[FindingState.EXCUSED if pk else FindingState.OPEN for pk in excused],
        judged_on=sweep.on,
        found_on=sweep.on,
        first_sweep_id=sweep.pk,
        last_sweep_id=sweep.pk,
        snapshot_id=None if sweep.live else sweep.pk,
    )


def _update(sweep: Sweep, each: Verdicts, moved: Sequence[tuple[int, int]], excuses: dict[tuple[str, int, str], int]) -> None:
    if moved:
        columns = _columns(each, [index for _pk, index in moved])
        bulk.update(Finding, [pk for pk, _index in moved], **columns, judged_on=sweep.on, last_sweep_id=sweep.pk)


def _cure(sweep: Sweep, gone: Sequence[int]) -> None:
    """Close findings that the facts no longer show, and with them the rectifications that were under way."""
    sweep.cured = len(gone)
    for start in range(0, len(gone), 900):
        some = gone[start : start + 900]
        Finding.objects.filter(pk__in=some).update(cured_on=sweep.on, state=FindingState.CURED, last_sweep=sweep)
        Rectification.objects.live().filter(finding__in=some, done_on__isnull=True).update(state=RectificationState.DONE, done_on=sweep.on)


def _excuses(on: dt.date) -> dict[tuple[str, int, str], int]:
    rows = Excuse.objects.live().filter(valid_from__lte=on, valid_to__gte=on)
    return {(key, subject, fact): pk for key, subject, fact, pk in rows.values_list("check_key", "subject_id", "fact_key", "pk")}


def _excuse(sweep: Sweep) -> None:
    """End the excuse of live findings whose exception ran out, and excuse those whose exception has begun."""
    if not sweep.live:
        return
    over = Q(excuse__valid_to__lt=sweep.on) | Q(excuse__closed_on__isnull=False)
    Finding.objects.current().filter(over, state=FindingState.EXCUSED).update(state=FindingState.OPEN, excuse=None)
    for (key, subject, fact), pk in _excuses(sweep.on).items():
        same = Finding.objects.pressing().filter(check_key=key, subject_id=subject, fact_key=fact)
        same.update(state=FindingState.EXCUSED, excuse=pk)
