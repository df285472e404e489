"""One import from file to committed batch: the same function for command line, job and test."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjia.core import audit
from gongjia.core.action import Context, context_for
from gongjia.core.problems import Problem, Refused
from gongjia.core.resource import resources
from gongjia.importer.analysis import Analysis, Wish, analyse
from gongjia.importer.models import ImportProfile
from gongjia.importer.planning import Plan, Progress, nothing, plan, writes
from gongjia.importer.profile import Profile, load
from gongjia.importer.reporting import Report, report


def run_import(
    file: Path | str,
    into: str,
    profile: Profile | str | None = None,
    dry_run: bool = False,
    actor: Any = None,
    *,
    name: str = "",
    sheet: str = "",
    unit: str = "",
    job_id: int | None = None,
    progress: Progress = nothing,
) -> Report:
    """Import a file into a ledger and return counts and problems.

    Good rows need not wait for bad ones: refused rows are left out and reported. With `dry_run` nothing is written.
    Raises `Unreadable`, `NoTarget`, `BadProfile` or `Forbidden` when the file as a whole cannot be taken.
    """
    chosen = named_profile(profile, into) if isinstance(profile, str) and profile else profile or None
    wish = Wish(profile=chosen, sheet=sheet, fixed={"unit": unit} if unit else {})
    with no_garbage():
        analysis = analyse(Path(file), name or Path(file).name, into, wish)
        complete(analysis, actor)
        made = plan(analysis, actor, progress=progress)
        return report(made, dry_run=True) if dry_run else carry_out(made, actor, job_id)


def named_profile(name: str, into: str) -> Profile:
    """Return a shipped profile, the file of that path, or one that somebody kept for this ledger."""
    kept = ImportProfile.objects.filter(name=name, into=into).order_by("-id").first()
    return Profile.from_plan({**kept.body, "base": name}) if kept is not None else load(name)


@contextmanager
def no_garbage() -> Iterator[None]:
    """Keep the cycle collector from walking millions of fresh cells again and again; it costs a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def complete(analysis: Analysis, actor: Any) -> None:
    """Where a row must name a unit and the file has none, the actor's topmost unit stands for it."""
    needs = next((target for target in analysis.ledger.targets if target.ref == "org.unit" and target.required), None)
    if needs is None or analysis.heading_of(needs.name) or needs.name in analysis.fixed:
        return
    top = resources["org.unit"].queryset(actor).order_by("path", "pk").first()
    if top is None:
        raise Refused([Problem("no_unit", _("还没有任何单位，无法确定这些记录归谁。请先登记单位，或用 --unit 指定。"))])
    analysis.fixed[needs.name] = top.code


def carry_out(made: Plan, actor: Any, job_id: int | None = None) -> Report:
    """Write what a plan prepared, in one short transaction under one batch, and report."""
    context = context_for(actor, "import", source=made.analysis.profile.source, job_id=job_id)
    with transaction.atomic():
        write(made, context)
    return report(made, batch=context.batch.pk if context.batch else None)


def write(made: Plan, context: Context) -> None:
    """Commit each action's rows; a record changed by somebody since it was read stops the whole batch."""
    parts = [(action, prepared) for action, prepared in writes(made) if prepared.rows]
    if not parts:
        return
    context.batch = audit.open_batch(parts[0][0].key, context.actor_id, context.origin, context.job_id)
    for action, prepared in parts:
        is_new = prepared is made.new
        context.source_keys = [made.keys.lines[place] for place in prepared.places] if is_new and made.keys.lines else ()
        context.expected = {} if is_new else expected(made)
        action.commit(context, prepared)


def expected(made: Plan) -> Mapping[int, int]:
    return made.versions
