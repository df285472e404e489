"""Which projects a budget should pay: the best set, exactly, and what a little more or less money would change.

Projects that exclude or need each other form a block; of each block one of its allowed combinations is taken. The best value at
every sum of money is kept (Nemhauser and Ullmann's dominance), so that the neighbours of the optimum are read off, not guessed. The
relaxation that may take part of a combination gives a bound and the shadow price: the value of one more unit of money.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

import numpy as np

LARGEST = 14
"""A block of more projects than this has too many combinations to write down."""


class TooTangled(Exception):
    """Raised for a block of more than LARGEST projects that exclude or need each other."""


class Unaffordable(Exception):
    """Raised where what must be done costs more than the budget; `least` is what it costs."""

    def __init__(self, least: int) -> None:
        self.least = least
        super().__init__(str(least))


class Contradiction(Exception):
    """Raised where two projects that exclude each other must both be done, or one that must be done needs a forbidden one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One project: cost and value as whole numbers; of those with one `variant` at most one is taken; `needs` must be taken with it."""

    key: int
    cost: int
    value: int
    variant: str = ""
    needs: int | None = None
    must: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One combination of a block."""

    cost: int
    value: int
    keys: frozenset[int]


@dataclass(frozen=True, slots=True)
class Choice:
    """The best set at some sum of money."""

    cost: int
    value: int
    keys: frozenset[int]


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes best when the budget changes by `by`: what comes in and what goes out."""

    by: int
    value: int
    comes: frozenset[int]
    goes: frozenset[int]


@dataclass(frozen=True)
class Answer:
    """The best set, the bound of the relaxation, its shadow price, and the nearest better and poorer sets."""

    best: Choice
    bound: float
    shadow: float
    more: Sequence[Change] = field(default_factory=tuple)
    less: Sequence[Change] = field(default_factory=tuple)

    @property
    def gap(self) -> float:
        """How far the best whole set is under the bound, as a share of the bound."""
        return (self.bound - self.best.value) / self.bound if self.bound > 0 else 0.0


def choose(candidates: Sequence[Candidate], budget: int, pins: Iterable[int] = (), forbids: Iterable[int] = (), shown: int = 3) -> Answer:
    """Return the best affordable set with bound, shadow price and neighbours.

    Raises Unaffordable, Contradiction or TooTangled where there is none.
    """
    blocks = [_trimmed(block) for block in options_of(candidates, set(pins), set(forbids))]
    least = sum(block[0].cost for block in blocks)
    if least > budget:
        raise Unaffordable(least)
    reach = budget + max((candidate.cost for candidate in candidates), default=0)
    frontier = _Frontier(blocks, reach)
    place = frontier.at(budget)
    best = frontier.choice(place)
    bound, shadow = relaxed(blocks, budget)
    return Answer(best, bound, shadow, frontier.more(place, budget, shown), frontier.less(place, budget, shown))


def options_of(candidates: Sequence[Candidate], pins: set[int], forbids: set[int]) -> list[list[Option]]:
    """Return the allowed combinations of each block, cheapest first."""
    made = []
    for block in _blocks(candidates):
        must = {candidate.key for candidate in block if candidate.must or candidate.key in pins}
        if must & forbids:
            raise Contradiction
        options = [option for option in _combinations(block, must, forbids) if option is not None]
        if not options:
            raise Contradiction
        made.append(sorted(options, key=lambda option: (option.cost, -option.value)))
    return made


def _blocks(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Group what excludes or needs each other."""
    by_key = {candidate.key: candidate for candidate in candidates}
    tied: dict[int, set[int]] = defaultdict(set)
    variants: dict[str, list[int]] = defaultdict(list)
    for candidate in candidates:
        if candidate.variant:
            variants[candidate.variant].append(candidate.key)
        if candidate.needs in by_key:
            tied[candidate.key].add(candidate.needs)
            tied[candidate.needs].add(candidate.key)
    for members in variants.values():
        for key in members[1:]:
            tied[members[0]].add(key)
            tied[key].add(members[0])
    blocks, seen = [], set[int]()
    for key in by_key:
        if key in seen:
            continue
        block, todo = [], [key]
        while todo:
            one = todo.pop()
            if one not in seen:
                seen.add(one)
                block.append(by_key[one])
                todo += sorted(tied[one])
        blocks.append(block)
    return blocks


def _combinations(block: Sequence[Candidate], must: set[int], forbids: set[int]) -> Iterable[Option | None]:
    if len(block) > LARGEST:
        raise TooTangled
    known = {candidate.key for candidate in block}
    for taken in product((False, True), repeat=len(block)):
        chosen = [candidate for candidate, on in zip(block, taken, strict=True) if on]
        keys = frozenset(candidate.key for candidate in chosen)
        variants = [candidate.variant for candidate in chosen if candidate.variant]
        lacking = any(candidate.needs is not None and (candidate.needs not in keys) for candidate in chosen)
        if must <= keys and not keys & forbids and len(set(variants)) == len(variants) and not lacking and keys <= known:
            yield Option(sum(c.cost for c in chosen), sum(c.value for c in chosen), keys)


def _trimmed(options: Sequence[Option]) -> list[Option]:
    """Leave out combinations that a cheaper or equal one beats."""
    kept: list[Option] = []
    for option in options:
        if not kept or option.value > kept[-1].value:
            kept.append(option)
    return kept


class _Frontier:
    """The best value at every sum of money up to `reach`, and how it came about."""

    def __init__(self, blocks: Sequence[Sequence[Option]], reach: int) -> None:
        self.blocks = blocks
        self.costs = np.zeros(1, dtype=np.int64)
        self.values = np.zeros(1, dtype=np.int64)
        self.trail: list[tuple[np.ndarray, np.ndarray]] = []
        for options in blocks:
            self._join(options, reach)

    def _join(self, options: Sequence[Option], reach: int) -> None:
        many = len(self.costs)
        costs = np.concatenate([self.costs + option.cost for option in options])
        values = np.concatenate([self.values + option.value for option in options])
        order = np.lexsort((-values, costs))
        order = order[costs[order] <= reach]
        best = np.maximum.accumulate(values[order])
        kept = order[np.concatenate(([True], best[1:] > best[:-1]))] if len(order) else order
        self.trail.append((kept % many, kept // many))
        self.costs, self.values = costs[kept], values[kept]

    def at(self, budget: int) -> int:
        """Return the place of the best set that `budget` pays."""
        return int(np.searchsorted(self.costs, budget, side="right")) - 1

    def choice(self, place: int) -> Choice:
        """Return the set at a place of the frontier."""
        cost, value, keys, here = int(self.costs[place]), int(self.values[place]), frozenset[int](), place
        for (parents, taken), options in zip(reversed(self.trail), reversed(self.blocks), strict=True):
            keys |= options[int(taken[here])].keys
            here = int(parents[here])
        return Choice(cost, value, keys)

    def more(self, place: int, budget: int, shown: int) -> list[Change]:
        """Return what becomes best with more money, the least of it first."""
        best = self.choice(place)
        others = [self.choice(number) for number in range(place + 1, min(place + 1 + shown, len(self.costs)))]
        return [Change(other.cost - budget, other.value, other.keys - best.keys, best.keys - other.keys) for other in others]

    def less(self, place: int, budget: int, shown: int) -> list[Change]:
        """Return what becomes best with less money: each as soon as the set above it cannot be paid any more."""
        best = self.choice(place)
        changes = []
        for number in range(place - 1, max(place - 1 - shown, -1), -1):
            other = self.choice(number)
            by = int(self.costs[number + 1]) - 1 - budget
            changes.append(Change(by, other.value, other.keys - best.keys, best.keys - other.keys))
        return changes


def relaxed(blocks: Sequence[Sequence[Option]], budget: int) -> tuple[float, float]:
    """Return the optimum where parts of combinations may be taken, and what one more unit of money adds to it."""
    spent, worth = sum(block[0].cost for block in blocks), float(sum(block[0].value for block in blocks))
    steps = sorted((step for block in blocks for step in _hull(block)), key=lambda step: -step[1] / step[0])
    left = budget - spent
    for cost, value in steps:
        if cost > left:
            return worth + value * left / cost, value / cost
        left, worth = left - cost, worth + value
    return worth, 0.0


def _hull(block: Sequence[Option]) -> list[tuple[int, int]]:
    """Return the steps (cost, value) along the upper concave hull of a block's combinations, the steepest first."""
    hull: list[tuple[int, int]] = []
    for option in block:
        while len(hull) > 1 and _below(hull[-2], hull[-1], (option.cost, option.value)):
            hull.pop()
        hull.append((option.cost, option.value))
    return [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(hull)]


def _below(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    return (b[1] - a[1]) * (c[0] - b[0]) <= (c[1] - b[1]) * (b[0] - a[0])


def by_rank(candidates: Sequence[Candidate], budget: int, pins: Iterable[int] = (), forbids: Iterable[int] = ()) -> Choice:
    """Return what plain ranking would take: first what must be done, then by value, whatever still fits."""
    pinned, barred = set(pins), set(forbids)
    order = sorted(candidates, key=lambda c: (not (c.must or c.key in pinned), -c.value, c.cost, c.key))
    taken: dict[int, Candidate] = {}
    left, variants = budget, set[str]()
    for candidate in order:
        lacks = candidate.needs is not None and candidate.needs not in taken
        if candidate.key in barred or lacks or candidate.cost > left or (candidate.variant and candidate.variant in variants):
            continue
        taken[candidate.key] = candidate
        left -= candidate.cost
        variants |= {candidate.variant} - {""}
    return Choice(budget - left, sum(c.value for c in taken.values()), frozenset(taken))
