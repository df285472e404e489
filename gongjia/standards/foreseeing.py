"""What the rules say of the state after something: the verdicts of the records and units that it touches, before and after."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from gongjia.core.check import Check, checks
from gongjia.core.facts import Facts, facts
from gongjia.core.gate import Touched
from gongjia.core.resource import resources
from gongjia.ledger.models import Category, Crosswalk
from gongjia.org.choices import UnitKind
from gongjia.org.models import Unit
from gongjia.standards.asking import Answer, aliases, answers, used_columns
from gongjia.standards.choices import Outcome
from gongjia.standards.engine.evaluate import evaluate, verdicts
from gongjia.standards.engine.store import Store, fill, ready
from gongjia.standards.models import Finding
from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.loading import load
from gongjia.web.addresses import resource_of

_WORD = re.compile(r"[a-z_][a-z_0-9]*")
UNIT, CATEGORY = "org.unit", "ledger.category"
BROKEN = (Outcome.BREACH, Outcome.DOUBT)
Key = tuple[str, int, str]


@dataclass(frozen=True)
class Scope:
    """What may be judged otherwise: the records changed by kind, all records named, and the units around them."""

    changed: frozenset[str]
    named: Mapping[str, frozenset[int]]
    bodies: frozenset[int]
    units: frozenset[int]

    def ids(self, declared: Facts) -> frozenset[int]:
        """Return the subjects of these facts that may be judged otherwise."""
        return self.bodies if declared.subject == UNIT else self.named[declared.subject]


def scope_of(touched: Sequence[Touched]) -> Scope:
    """Return the scope of what was touched: the records, those that they name before and after, and the bodies of their units."""
    named: dict[str, set[int]] = {}
    for one in touched:
        for key in aliases(one.subject):
            named.setdefault(key, set()).add(one.pk)
        for key, pk in _references(one):
            named.setdefault(key, set()).add(pk)
    units = named.get(UNIT, set()) | {one.unit_id for one in touched if one.unit_id}
    bodies = _bodies(units)
    below = frozenset(pk for path in bodies.values() for pk in Unit.objects.filter(path__startswith=path).values_list("pk", flat=True))
    changed = frozenset(key for one in touched for key in aliases(one.subject))
    return Scope(changed, {key: frozenset(pks) for key, pks in named.items()}, frozenset(bodies), below)


def _references(one: Touched) -> Iterable[tuple[str, int]]:
    """Yield what a changed record names, as it was and as it is."""
    declared = resources.get(one.subject)
    fields = {name: field for field in declared.model._meta.concrete_fields for name in (field.name, field.attname)} if declared else {}
    for state in (one.before or {}, one.after or {}):
        for name, value in state.items():
            related = fields[name].related_model if name in fields else None
            target = resource_of(related) if related is not None and isinstance(value, int) else None
            yield from ((each, value) for each in (aliases(target.key) if target is not None else ()))


def _bodies(units: Set[int]) -> dict[int, str]:
    """Return the legal bodies of the units, with their paths; a unit without one is its own."""
    found: dict[int, str] = {}
    paths = dict(Unit.objects.filter(pk__in=units).values_list("pk", "path"))
    above = {int(part) for path in paths.values() for part in path.split(".") if part}
    bodies = dict(Unit.objects.filter(pk__in=above, kind=UnitKind.BODY).values_list("pk", "path"))
    for pk, path in paths.items():
        own = next((int(part) for part in reversed(path.split(".")) if part and int(part) in bodies), pk)
        found[own] = str(bodies.get(own) or path)
    return found


def judged_by(scope: Scope) -> list[Facts]:
    """Return the facts that can be judged otherwise: they are made of what was changed, and speak of a record or unit in the scope."""
    wanted = {facts[check.facts].key: facts[check.facts] for check in checks}
    return [one for one in wanted.values() if _sources(one) & scope.changed and (one.subject == UNIT or scope.named.get(one.subject))]


def _sources(declared: Facts) -> set[str]:
    """Return the kinds of record that facts are read from."""
    return {declared.subject} if not declared.over else set().union(*(_sources(facts[key]) for key in declared.over))


class _Warm(threading.local):
    """The stores of a thread, with the units, categories and limits that rarely change; facts are read into them anew each time."""

    stamp: tuple[Any, ...] = ()
    pair: tuple[Store, Store] | None = None


_warm = _Warm()


def warm_stores(on: dt.date, book: Rulebook) -> tuple[Store, Store]:
    """Return two stores ready for facts, those of the last judgement where units and categories are as they were then."""
    units = Unit.objects.values_list("pk", "path", "kind", "secret", "tier", "nature", "division", "vertical", "superior_tier")
    classes = Category.objects.values_list("pk", "edition", "code")
    moved = Crosswalk.objects.values_list("from_category", "to_category")
    stamp = (on, id(book), *(hash(tuple(rows.order_by("pk"))) for rows in (units, classes, moved)))
    if _warm.pair is None or _warm.stamp != stamp:
        _warm.pair, _warm.stamp = (ready(on, book), ready(on, book)), stamp
    return _warm.pair


class Foresight:
    """The state after, read while it stands, held against the state before: only checks whose facts differ are judged."""

    def __init__(self, scope: Scope, on: dt.date) -> None:
        """Read the facts of the state that stands now: the one after."""
        self.scope, self.on, self.book = scope, on, load()
        self.judged = judged_by(scope)
        self.asked: set[str] = set()
        if not self.judged:
            return
        changed = scope.changed & {UNIT, CATEGORY}
        self.then, self.now = (ready(on, self.book), ready(on, self.book)) if changed else warm_stores(on, self.book)
        self._read(self.then)

    def _read(self, store: Store) -> None:
        fill(store, [one.key for one in self.judged], narrowed(self.judged, self.scope))

    def compare(self) -> tuple[dict[Key, Answer], dict[Key, Answer]]:
        """Return the verdicts before and after that may differ, by check, subject and fact; called when the old state stands again."""
        if not self.judged:
            return {}, {}
        self._read(self.now)
        moved = {declared.key: self._moved(declared) for declared in self.judged}
        wanted = [check for check in checks if check.facts in moved and moved[check.facts] & read_by(check)]
        after = self._answers(self.then, wanted)
        self.asked = {check.key for check in wanted}
        broken = {one.check_key for one in after.values() if one.outcome in BROKEN}
        return self._answers(self.now, [check for check in wanted if check.key in broken]), after

    def _moved(self, declared: Facts) -> set[str]:
        """Return the columns of facts that differ in the scope; a unit counts as another one where other rules bind it."""
        before, after = (self._rows(store, declared) for store in (self.now, self.then))
        if before == after:
            return set()
        names = [name for name in before if before[name] != after[name]]
        return set(names) or set(before)

    def _rows(self, store: Store, declared: Facts) -> dict[str, list[Any]]:
        """Return the facts of the scope as sorted columns, each with its subject and identity."""
        ids = ", ".join(map(str, sorted(self.scope.ids(declared))))
        sql = f"SELECT f.*, u.signature AS _signature, u.unit_secrecy AS _secrecy FROM {declared.relation} f"  # noqa: S608 - declared names
        table = store.fetch(f"{sql} JOIN units u ON u.unit_id = f.unit_id WHERE f.subject_id IN ({ids})")
        columns = {name: table.column(name).to_pylist() for name in table.column_names}
        marks = list(zip(columns["subject_id"], columns.get(declared.identity, columns["subject_id"]), strict=True))
        return {name: sorted(zip(map(repr, marks), map(repr, cells), strict=True)) for name, cells in columns.items() if name != "unit_id"}

    def _answers(self, store: Store, wanted: Sequence[Check]) -> dict[Key, Answer]:
        found: dict[Key, Answer] = {}
        for check in wanted:
            declared = facts[check.facts]
            ids = ", ".join(map(str, sorted(self.scope.ids(declared))))
            broken = verdicts(store, evaluate(store, check), where=f"f.subject_id IN ({ids})")
            found |= {(one.check_key, one.subject_id, one.fact_key): one for one in answers(broken, declared.subject, self.on, self.book)}
        return found


def read_by(check: Check) -> set[str]:
    """Return the fact columns that a check reads, with those of the unit that binds it to its rules."""
    texts = [check.where, check.limit if not check.table else "", check.value, check.event_on]
    for term in check.all_terms:
        texts += [*term.keys.values(), term.weight, term.where]
    words = {word for text in texts for word in _WORD.findall(text)} | {column.name for column in used_columns(check)}
    return words | {"subject_id", check.ruled_by} | ({"_signature", "_secrecy"} if check.table or "unit_" in " ".join(texts) else set())


def narrowed(judged: Sequence[Facts], scope: Scope) -> dict[str, dict[str, list[int]]]:
    """Return which rows of the facts below need to be read: of the units where some verdict is about a unit, else of the records.

    What some facts need whole is read whole.
    """
    wanted: dict[str, dict[str, list[int]]] = {}
    for declared in sorted(judged, key=lambda one: one.subject == UNIT):
        ids = sorted(scope.units if declared.subject == UNIT else scope.ids(declared))
        wanted.update({key: {column: ids} for key, column in declared.narrow.items()})
    whole = {key for declared in judged for key in _below(declared) - set(declared.narrow)}
    return {key: condition for key, condition in wanted.items() if key not in whole}


def _below(declared: Facts) -> set[str]:
    """Return the keys of all facts that some are derived from."""
    return set(declared.over).union(*(_below(facts[key]) for key in declared.over)) if declared.over else set()


def worse(before: Mapping[Key, Answer], after: Mapping[Key, Answer]) -> list[Answer]:
    """Return what is broken after and was not, or not as far, before; what may block comes first."""
    new = [one for key, one in after.items() if one.outcome in BROKEN and _is_worse(before.get(key), one)]
    return sorted(new, key=lambda one: (not one.blocks, one.outcome != Outcome.BREACH, one.check_key, one.subject_id))


def _is_worse(before: Answer | None, after: Answer) -> bool:
    if before is None or before.outcome not in BROKEN:
        return True
    return (after.over or 0) > (before.over or 0)


def cured(foresight: Foresight, after: Mapping[Key, Answer]) -> int:
    """Return how many standing findings of the checks that were judged anew would be gone."""
    broken = {key for key, one in after.items() if one.outcome in BROKEN}
    about = Q()
    for declared in foresight.judged:
        about |= Q(subject=declared.subject, subject_id__in=foresight.scope.ids(declared))
    standing = Finding.objects.pressing().filter(about, check_key__in=foresight.asked, outcome__in=BROKEN)
    return sum(row not in broken for row in standing.values_list("check_key", "subject_id", "fact_key"))
