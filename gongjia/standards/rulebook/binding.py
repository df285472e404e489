"""Which version binds which units when: resolved on the small side, so that a check stays one join over its facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise, product
from typing import Any, NamedTuple

from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.forms import Form
from gongjia.standards.rulebook.schema import OPEN_END, Condition, Row, Version

BINDING, REFERENCE = "binding", "reference"
UNKNOWN = ""
DAY = timedelta(days=1)


class Signature(NamedTuple):
    """All that a rule may ask about a unit; units that agree in it are judged alike."""

    tier: str
    nature: str = "administrative"
    division: str = ""
    vertical: bool = False
    superior_tier: str = ""

    @property
    def ruling_tier(self) -> str:
        """A vertical unit obeys the rules of its superior's tier."""
        return self.superior_tier if self.vertical and self.superior_tier else self.tier


@dataclass(frozen=True, slots=True)
class Bond:
    """A version that speaks to a unit: it binds, or it is shown by reference; the greater weight goes first."""

    version: str
    standing: str
    division: str
    conditions: int

    @property
    def weight(self) -> tuple[bool, int, int]:
        return self.standing == BINDING, len(self.division), self.conditions


class Coverage(NamedTuple):
    """A period in which some version speaks to a regime: a fact without a limit there cannot be decided."""

    regime: int
    valid_from: date
    valid_to: date
    standing: str
    version: str


class Limit(NamedTuple):
    """One limit for one regime, one exact key and one period (both days included), as integers for the join."""

    regime: int
    key: tuple[str, ...]
    valid_from: date
    valid_to: date
    version: str
    row: int
    standing: str
    blocks: bool
    kind: str
    of: str
    x_from: int | None
    x_to: int | None
    num: int | None
    lift: int | None
    den: int | None


class Resolution(NamedTuple):
    """How one column of one topic meets a set of units."""

    keys: tuple[str, ...]
    regimes: Mapping[Signature, int]
    coverage: list[Coverage]
    limits: list[Limit]


def resolve(book: Rulebook, topic: str, value: str, signatures: Iterable[Signature]) -> Resolution:
    """Everything a join needs to judge facts of units with these signatures against one column of a topic.

    Units are grouped into regimes (units with the same bonds); coverage and limits are per regime and small.
    """
    chains: dict[tuple[Bond, ...], int] = {}
    regimes = {each: chains.setdefault(bonds(book, topic, each), len(chains)) for each in sorted(set(signatures))}
    coverage: list[Coverage] = []
    limits: list[Limit] = []
    for chain, regime in chains.items():
        covered, limited = _chain(book, topic, value, chain)
        coverage += [Coverage(regime, *each[1:]) for each in covered]
        limits += [Limit(regime, *each[1:]) for each in limited]
    return Resolution(book.value(topic, value).keys, regimes, coverage, limits)


@lru_cache(maxsize=4096)
def bonds(book: Rulebook, topic: str, unit: Signature) -> tuple[Bond, ...]:
    """The versions of a topic that speak to a unit in any period, the one that goes first in front."""
    found = [bond for table in book.topic(topic) for version in table.versions if (bond := _bond(version, unit)) is not None]
    return tuple(sorted(found, key=lambda bond: (bond.weight, bond.version), reverse=True))


def _bond(version: Version, unit: Signature) -> Bond | None:
    for standing, conditions in ((BINDING, version.binds), (REFERENCE, version.guides)):
        fits = [(len(division), each.stated, division) for each in conditions if (division := fit(each, unit)) is not None]
        if fits:
            _, stated, division = max(fits)
            return Bond(version.id, standing, division, stated)
    return None


def fit(condition: Condition, unit: Signature) -> str | None:
    """The longest division prefix by which the condition holds for the unit ("" if it asks for none), else None."""
    if condition.tier and unit.ruling_tier not in condition.tier:
        return None
    if condition.nature and unit.nature not in condition.nature:
        return None
    if condition.vertical is not None and unit.vertical != condition.vertical:
        return None
    prefixes = [prefix for prefix in condition.division or ("",) if unit.division.startswith(prefix)]
    return max(prefixes, key=len, default=None)


@lru_cache(maxsize=256)
def _chain(book: Rulebook, topic: str, value: str, chain: tuple[Bond, ...]) -> tuple[tuple[Coverage, ...], tuple[Limit, ...]]:
    """Coverage and limits of one regime, numbered 0; cached, since sweeps repeat and books never change."""
    versions = {bond.version: book.find(bond.version)[1] for bond in chain}
    periods = _periods(versions.values())
    coverage, spans = [], _Spans()
    for start, end in periods:
        active = [bond for bond in chain if versions[bond.version].in_force(start)]
        if not active:
            continue
        coverage.append(Coverage(0, start, end, active[0].standing, active[0].version))
        chosen: dict[tuple[str, ...], tuple[Bond, int]] = {}
        for bond in reversed(active):
            chosen |= {key: (bond, row) for key, row in rows_by_key(book, topic, value, bond.version).items()}
        spans.extend(start, end, chosen)
    limits = [
        limit
        for key, start, end, (bond, row) in spans.closed()
        for limit in _limits(key, start, end, bond, row, versions[bond.version], value)
    ]
    return tuple(coverage), tuple(limits)


def _periods(versions: Iterable[Version]) -> list[tuple[date, date]]:
    """The stretches of days between which nothing starts or ends."""
    edges = set()
    for version in versions:
        edges |= {version.start, OPEN_END if version.end == OPEN_END else version.end + DAY}
    ordered = sorted(edges)
    return [(start, end if end == OPEN_END else end - DAY) for start, end in pairwise(ordered)]


class _Spans:
    """Joins adjoining periods in which a key keeps the same row."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, ...], list[Any]] = {}
        self._done: list[tuple[tuple[str, ...], date, date, Any]] = []

    def extend(self, start: date, end: date, chosen: Mapping[tuple[str, ...], Any]) -> None:
        for key, what in chosen.items():
            span = self._open.get(key)
            if span and span[2] == what and span[1] + DAY == start:
                span[1] = end
                continue
            if span:
                self._done.append((key, *span))
            self._open[key] = [start, end, what]

    def closed(self) -> list[tuple[tuple[str, ...], date, date, Any]]:
        return self._done + [(key, *span) for key, span in self._open.items()]


def _limits(key: tuple[str, ...], start: date, end: date, bond: Bond, number: int, version: Version, value: str) -> list[Limit]:
    row = version.rows[number - 1]
    form, blocks = row.values[value], may_block(bond.standing, version, row)
    kind, of = (form.kind, form.of) if isinstance(form, Form) else ("text", "")
    pieces = form.segments if isinstance(form, Form) else ()
    numbers: list[tuple[int | None, ...]] = [(p.x_from, p.x_to, p.num, p.lift, p.den) for p in pieces] or [(None,) * 5]
    return [Limit(0, key, start, end, bond.version, number, bond.standing, blocks, kind, of, *each) for each in numbers]


def may_block(standing: str, version: Version, row: Row) -> bool:
    """Only a binding, seen and strict row of a version whose start is known may block; any other one warns."""
    return standing == BINDING and row.grounds and version.start_known != "assumed"


@lru_cache(maxsize=512)
def rows_by_key(book: Rulebook, topic: str, value: str, version_id: str) -> Mapping[tuple[str, ...], int]:
    """Row number by exact key; a row that names more of the key columns goes before one that leaves them open."""
    keys = book.value(topic, value).keys
    _, version = book.find(version_id)
    found: dict[tuple[str, ...], int] = {}
    numbered = [(number, row) for number, row in enumerate(version.rows, 1) if value in row.values]
    for number, row in sorted(numbered, key=lambda each: len(each[1].cells)):
        found |= dict.fromkeys(product(*(_spread(book, key, row) for key in keys)), number)
    return found


def _spread(book: Rulebook, key: str, row: Row) -> tuple[str, ...]:
    """The codes that a cell stands for; an open cell is every code, and also an unknown one."""
    return row.cells[key] if key in row.cells else (*book.vocabulary(key), UNKNOWN)


def spoken_of(book: Rulebook, topic: str, value: str, key: str) -> frozenset[str]:
    """The codes of a key column that some row of the topic limits by this value; other facts are out of its scope."""
    return frozenset(
        code
        for table in book.topic(topic)
        for version in table.versions
        for row in version.rows
        if value in row.values
        for code in row.cells.get(key, ())
    )
