"""What a file will do to a ledger: which rows are new, changed, unchanged or refused, and why; nothing is written yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongjia.core.action import Action, Context, Prepared, context_for
from gongjia.core.problems import Problem
from gongjia.importer.analysis import Analysis
from gongjia.importer.drafting import Draft, Edits, draft
from gongjia.importer.matching import Keys, existing_rows, keys_of, repeated_rows, resolve_references
from gongjia.importer.targets import Ledger
from gongjia.importer.watching import Remark, remarks

CHUNK = 10_000
READ = 900
DONE_WITH: dict[str, Any] = {}
"""Stands for the raw input of a row that is prepared, so that a large file is not held twice."""
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Plan:
    """The verdict on every data row, and what is ready to be written."""

    analysis: Analysis
    draft: Draft
    keys: Keys
    new: Prepared = field(default_factory=Prepared)
    changed: Prepared = field(default_factory=Prepared)
    unchanged: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    versions: dict[int, int] = field(default_factory=dict)
    refused_rows: set[int] = field(default_factory=set)

    @property
    def rows_read(self) -> int:
        return len(self.draft.raws)

    @property
    def refused(self) -> int:
        return len(self.refused_rows)

    def verdict(self, row: int) -> str:
        """Return new, changed, unchanged or refused for one data row."""
        if row in self.refused_rows:
            return "refused"
        return "unchanged" if row in self.unchanged else "changed" if row in self.changed_places else "new"

    @property
    def changed_places(self) -> set[int]:
        return set(self.changed.places)


def nothing(_done: int, _total: int) -> None:
    """Report progress to nobody."""


def plan(analysis: Analysis, actor: Any, edits: Edits | None = None, progress: Progress = nothing) -> Plan:
    """Convert, recognise, match and validate all rows, in chunks and outside any transaction."""
    context = context_for(actor, "import", source=analysis.profile.source)
    rows = draft(analysis, edits)
    resolve_references(rows, context)
    keys = keys_of(rows)
    repeated = repeated_rows(rows, keys)
    made = Plan(analysis, rows, keys, unchanged=set(repeated), remarks=remarks(analysis.profile, analysis.table))
    existing = existing_rows(analysis.ledger, actor, keys, analysis.profile.source).found
    open_rows = [row for row in range(len(rows.raws)) if row not in rows.refused and row not in repeated]
    known = [row for row in open_rows if keys.values[row] in existing]
    fresh = [row for row in open_rows if keys.values[row] not in existing]
    total = len(rows.raws)
    for start in range(0, len(fresh), CHUNK):
        progress(start, total)
        prepare_new(made, context, fresh[start : start + CHUNK])
    for start in range(0, len(known), CHUNK):
        progress(len(fresh) + start, total)
        prepare_known(made, context, [(row, existing[keys.values[row]]) for row in known[start : start + CHUNK]])  # type: ignore[index]
    made.refused_rows = {problem.row for problem in made.problems if problem.refuses and problem.row is not None} | rows.refused
    made.unchanged -= made.refused_rows
    progress(total, total)
    return made


def prepare_new(made: Plan, context: Context, rows: Sequence[int]) -> None:
    """Validate rows that the ledger does not have."""
    prepared = made.analysis.ledger.create.prepare(context, [made.draft.raws[row] for row in rows])
    for row in rows:
        made.draft.raws[row] = DONE_WITH
    take(made, made.new, prepared, rows)


def take(made: Plan, into: Prepared, prepared: Prepared, rows: Sequence[int]) -> None:
    """Add a chunk's rows and problems, numbered as in the file."""
    into.rows += prepared.rows
    into.places += [rows[place] for place in prepared.places]
    made.problems += [relocated(problem, rows) for problem in prepared.problems]


def relocated(problem: Problem, rows: Sequence[int]) -> Problem:
    row = None if problem.row is None else rows[problem.row]
    return Problem(problem.code, problem.message, problem.field, row, problem.level, problem.value)


def prepare_known(made: Plan, context: Context, pairs: Sequence[tuple[int, int]]) -> None:
    """Compare rows with the records that they name; what differs is validated as an edit."""
    target = made.analysis.ledger
    if target.edit is None:
        made.unchanged.update(row for row, _ in pairs)
        return
    raws = [edit_of(made.draft.raws[row], pk, target) for row, pk in pairs]
    prepared = target.edit.prepare(context, raws)
    rows = [row for row, _ in pairs]
    states = current(target, [pk for _, pk in pairs], sorted(target.editable & {name for raw in raws for name in raw}))
    kept = Prepared(problems=prepared.problems)
    for parsed, place in zip(prepared.rows, prepared.places, strict=True):
        state = states.get(parsed.id, {})
        if any(differs(state.get(name), getattr(parsed, name)) for name in parsed.model_fields_set if name in state):
            kept.rows.append(parsed)
            kept.places.append(place)
            if "version" in state:
                made.versions[parsed.id] = state["version"]
        else:
            made.unchanged.add(rows[place])
    take(made, made.changed, kept, rows)


def edit_of(raw: dict[str, Any], pk: int, target: Ledger) -> dict[str, Any]:
    return {"id": pk, **{name: value for name, value in raw.items() if name in target.editable}}


def differs(old: Any, new: Any) -> bool:
    return (old if old is not None else "") != (new if new is not None else "")


def current(target: Ledger, ids: Sequence[int], names: Sequence[str]) -> dict[int, dict[str, Any]]:
    """Read what the records hold now, by field name, with their version where they count one."""
    paths = {name: path for name in names if (path := target.path(name))}
    if target.resource.version_path:
        paths["version"] = target.resource.version_path
    states: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), READ):
        rows = target.resource.model._base_manager.filter(pk__in=ids[start : start + READ])
        for row in rows.values_list("pk", *paths.values()):
            states[row[0]] = dict(zip(paths, row[1:], strict=True))
    return states


def writes(made: Plan) -> list[tuple[Action, Prepared]]:
    """Return what is to be written, by action."""
    target = made.analysis.ledger
    parts = [(target.create, made.new)]
    return parts + ([(target.edit, made.changed)] if target.edit is not None and made.changed.rows else [])
