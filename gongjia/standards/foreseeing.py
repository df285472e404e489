"""What the rules say of the state after something: the verdicts of the records and units that it touches, before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from gongjia.core.check import checks
from gongjia.core.facts import Facts, facts
from gongjia.core.gate import Touched
from gongjia.core.resource import resources
from gongjia.org.choices import UnitKind
from gongjia.org.models import Unit
from gongjia.standards.asking import Answer, aliases, answers
from gongjia.standards.choices import Outcome
from gongjia.standards.engine.evaluate import evaluate, verdicts
from gongjia.standards.engine.store import Store, fill, ready
from gongjia.standards.rulebook.loading import load
from gongjia.web.addresses import resource_of

UNIT = "org.unit"
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


class Foresight:
    """One store in which the state before and the state after are judged against the same limits."""

    def __init__(self, scope: Scope, on: dt.date) -> None:
        self.scope, self.on, self.book = scope, on, load()
        self.judged = judged_by(scope)
        self.narrow = narrowed(self.judged, scope)
        self.store = ready(on, self.book) if self.judged else None

    def judge(self) -> dict[Key, Answer]:
        """Return the verdicts as the ledgers are now, by check, subject and fact; only those that are broken or cannot be reached."""
        if self.store is None:
            return {}
        fill(self.store, [one.key for one in self.judged], self.narrow)
        found = [one for declared in self.judged for one in self._answers(self.store, declared)]
        return {(one.check_key, one.subject_id, one.fact_key): one for one in found}

    def _answers(self, store: Store, declared: Facts) -> Iterable[Answer]:
        ids = ", ".join(map(str, sorted(self.scope.ids(declared))))
        known = f"SELECT 1 FROM {declared.relation} WHERE subject_id IN ({ids}) LIMIT 1"  # noqa: S608 - declared names and whole numbers
        if not store.run(known).fetchall():
            return
        for check in checks:
            if check.facts == declared.key:
                found = verdicts(store, evaluate(store, check), where=f"f.subject_id IN ({ids})")
                yield from answers(found, declared.subject, self.on, self.book)


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


def cured(before: Mapping[Key, Answer], after: Mapping[Key, Answer]) -> list[Answer]:
    """Return what was broken before and is not any more."""
    return [one for key, one in before.items() if one.outcome in BROKEN and (key not in after or after[key].outcome not in BROKEN)]
