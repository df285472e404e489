"""Which rows of a file are one record twice, and which are records that the ledger has already."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongjia.core.action import Context
from gongjia.core.resource import resources
from gongjia.importer.analysis import Analysis
from gongjia.importer.drafting import Draft, source_keys
from gongjia.importer.fields import CellProblem
from gongjia.importer.targets import Ledger, has_field
from gongjia.importer.transforms import text_of

CHUNK = 900
Key = tuple[Any, ...]


@dataclass(slots=True)
class Keys:
    """Each row's key (None where it has none), whether it is the ledger's own or the source's, and the source's lines."""

    values: list[Key | None]
    natural: bool
    lines: list[str]
    names: tuple[str, ...] = ()

    def word(self, row: int) -> str:
        """Return a row's key as people read it."""
        key = self.values[row]
        return self.lines[row] if self.lines else text_of(key[-1]) if key else ""


@dataclass(slots=True)
class Existing:
    """The rows of the ledger that the file names: primary key by row key."""

    found: dict[Key, int] = field(default_factory=dict)


def resolve_references(draft: Draft, context: Context) -> None:
    """Turn codes and names of other records into primary keys, once a distinct value for the whole file."""
    analysis = draft.analysis
    loose = {column.target.name for column in analysis.columns if column.match.optional} | set(analysis.fixed)
    for target in analysis.ledger.targets:
        values = {raw[target.name] for raw in draft.raws if target.name in raw} if target.ref else set()
        if not values:
            continue
        found = resources[target.ref].resolve(context.actor, values)
        context.known.setdefault((target.ref, False), {}).update({pk: pk for pk in found.values()})
        missing = replace_references(draft, target.name, found)
        if not target.required and target.name in loose:
            forget(draft, target.name, missing, once=is_kept_as_text(analysis, target.name))


def is_kept_as_text(analysis: Analysis, name: str) -> bool:
    """True where the column of a reference feeds a plain text field as well."""
    heading = analysis.heading_of(name)
    texts = [column for column in analysis.columns if column.target.kind in ("text", "long_text")]
    return heading is not None and any(len(column.headings) == 1 and column.headings[0] == heading for column in texts)


def replace_references(draft: Draft, name: str, found: Mapping[Any, int]) -> list[int]:
    """Put primary keys in the place of what was found; return the rows where nothing was."""
    missing = []
    for row, raw in enumerate(draft.raws):
        value = raw.get(name)
        if value is None:
            continue
        if value in found:
            raw[name] = found[value]
        else:
            missing.append(row)
    return missing


def forget(draft: Draft, name: str, rows: Sequence[int], once: bool) -> None:
    """Leave an optional reference out where it leads nowhere, and say so: by row, or once where the text is kept beside."""
    values = [draft.raws[row].pop(name) for row in rows]
    if once and rows:
        draft.problems.append(CellProblem(-1, "kept_as_text", name, "warning", {"count": len(rows), "value": values[0]}))
    elif rows:
        draft.problems += [
            CellProblem(row, "unknown_reference", name, "warning", {"value": value}) for row, value in zip(rows, values, strict=True)
        ]


def keys_of(draft: Draft) -> Keys:
    """Return the keys by which rows are recognised: the ledger's natural key, else the columns named by the profile, else the whole row."""
    analysis = draft.analysis
    lines = source_keys(analysis, analysis.profile.key)
    names = tuple(analysis.ledger.resource.natural_key)
    if names and not analysis.profile.key and all(name in analysis.ledger.by_name for name in names):
        values = [tuple(raw[name] for name in names) if all(name in raw for name in names) else None for raw in draft.raws]
        return Keys(values, True, [], names)
    lines = lines or [digest(analysis.table.sheet.row(row)) for row in analysis.table.data]
    return Keys([(line,) if line else None for line in lines], False, lines, analysis.profile.key)


def digest(cells: Iterable[Any]) -> str:
    """Name a row by its content, where nothing else names it."""
    return "row:" + hashlib.sha256("\x1f".join(map(text_of, cells)).encode()).hexdigest()[:24]


def repeated_rows(draft: Draft, keys: Keys) -> set[int]:
    """Return the later rows that repeat an earlier one exactly; refuse those that contradict it."""
    first: dict[Key, int] = {}
    same: set[int] = set()
    for row, key in enumerate(keys.values):
        if key is None:
            continue
        earlier = first.setdefault(key, row)
        if earlier == row:
            continue
        if draft.raws[row] == draft.raws[earlier]:
            same.add(row)
        else:
            draft.refuse(contradiction(draft, keys, row, earlier))
    return same


def contradiction(draft: Draft, keys: Keys, row: int, earlier: int) -> CellProblem:
    """Say which earlier row a row repeats, and in which columns the two differ."""
    mine, other = draft.raws[row], draft.raws[earlier]
    differing = [draft.analysis.ledger.label(name) for name in {**mine, **other} if mine.get(name) != other.get(name)]
    params = {"first": draft.analysis.table.data[earlier] + 1, "key": keys.word(row), "columns": "、".join(differing)}
    return CellProblem(row, "duplicate_key", keys.names[-1] if keys.natural else "", "refused", params)


def existing_rows(made: Ledger, actor: Any, keys: Keys, source: str) -> Existing:
    """Find the live, visible records behind the keys of a file."""
    wanted = [key for key in keys.values if key is not None]
    if not wanted:
        return Existing()
    if keys.natural:
        return Existing(by_natural_key(made, actor, keys.names, wanted))
    return Existing(by_source_key(made, actor, source, [key[0] for key in wanted]))


def by_natural_key(made: Ledger, actor: Any, names: Sequence[str], wanted: Sequence[Key]) -> dict[Key, int]:
    paths = [made.path(name) for name in names]
    keys = set(wanted)
    last = sorted({key[-1] for key in wanted}, key=str)
    rows = made.resource.queryset(actor).order_by()
    if rows[: 2 * len(wanted) + 1].count() <= 2 * len(wanted):
        return {tuple(row[1:]): row[0] for row in rows.values_list("pk", *paths) if tuple(row[1:]) in keys}
    found: dict[Key, int] = {}
    for start in range(0, len(last), CHUNK):
        part = rows.filter(**{f"{paths[-1]}__in": last[start : start + CHUNK]}).values_list("pk", *paths)
        found.update({tuple(row[1:]): row[0] for row in part if tuple(row[1:]) in keys})
    return found


def by_source_key(made: Ledger, actor: Any, source: str, lines: Sequence[str]) -> dict[Key, int]:
    prefix = record_prefix(made)
    if prefix is None:
        return {}
    rows = made.resource.queryset(actor).filter(**{f"{prefix}source": source}).order_by()
    found: dict[Key, int] = {}
    distinct = sorted(set(lines))
    for start in range(0, len(distinct), CHUNK):
        part = rows.filter(**{f"{prefix}source_key__in": distinct[start : start + CHUNK]}).values_list("pk", f"{prefix}source_key")
        found.update({(line,): pk for pk, line in part})
    return found


def record_prefix(made: Ledger) -> str | None:
    """Return the path to the fields that every kept record has: on the model itself, or on the one it extends."""
    model = made.resource.model
    if has_field(model, "source_key"):
        return ""
    pk = model._meta.pk
    return f"{pk.name}__" if pk is not None and pk.is_relation and has_field(pk.related_model, "source_key") else None
