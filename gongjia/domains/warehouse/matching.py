"""Who gets what: demands and stock matched as a whole, beside first come first served, with a bound on how much better it could be.

Numbers only, no Django. A demand is a line of so many pieces of one kind; lines of one bundle are filled together or not at all.
The model is a transport problem with one switch a bundle. Its relaxation is solved by HiGHS with columns priced in as they pay
(Dantzig–Wolfe style column generation), so that its value bounds every plan; then the switches are decided over the columns found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np

Pair = tuple[int, int]
KEPT = 10
"""Columns a line starts with; as many more may be priced in each round."""
FEW = 20_000
"""With so few pairs all are columns, and the switches are decided exactly."""
EPSILON = 1e-6


@dataclass(frozen=True)
class Thing:
    """One piece of stock: kind, grade (0 is best), months left, and where it is: site, compound, kilometres east and north."""

    key: int
    kind: str
    grade: int
    months: int
    site: int = -1
    compound: int = -1
    at: tuple[float, float] | None = None


@dataclass(frozen=True)
class Demand:
    """One line that is wanted, in the order of arrival; `bundle` is empty where the line stands alone and may be filled in part."""

    key: int
    kind: str
    quantity: int = 1
    worst_grade: int = 2
    least_months: int = 0
    urgency: int = 1
    bundle: str = ""
    site: int = -1
    compound: int = -1
    at: tuple[float, float] | None = None


@dataclass(frozen=True)
class Weights:
    """Points of a pair: parameters, not clauses. A pair is always worth something, a nearer or better one more."""

    urgency: int = 100
    grade: int = 8
    life: int = 24
    full_months: int = 72
    other_site: int = 3
    other_compound: int = 10
    per_km: float = 1.0
    most_km: float = 30.0


@dataclass
class Plan:
    """A plan with its worth, what first come would have reached, and a bound that no plan exceeds."""

    pairs: list[Pair] = field(default_factory=list)
    worth: float = 0.0
    first_come: list[Pair] = field(default_factory=list)
    first_worth: float = 0.0
    bound: float = 0.0
    points: dict[Pair, int] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        """How much better than this plan another could be at most, as a share of the bound."""
        return max(0.0, (self.bound - self.worth) / self.bound) if self.bound > 0 else 0.0

    @property
    def gain(self) -> float:
        """How much better than first come this plan is, as a share of first come."""
        return (self.worth - self.first_worth) / self.first_worth if self.first_worth > 0 else 0.0


class Arena:
    """All pairs that suit, as columns of numbers; pins are settled beforehand, forbidden pairs are left out."""

    def __init__(
        self, demands: Sequence[Demand], things: Sequence[Thing], pins: Iterable[Pair], forbids: Iterable[Pair], weights: Weights
    ) -> None:
        self.demands, self.things, self.weights = list(demands), list(things), weights
        line_of = {demand.key: index for index, demand in enumerate(self.demands)}
        thing_of = {thing.key: index for index, thing in enumerate(self.things)}
        self.pinned = [(line_of[d], thing_of[t]) for d, t in pins if d in line_of and t in thing_of]
        barred = {(line_of[d], thing_of[t]) for d, t in forbids if d in line_of and t in thing_of}
        self.left = np.array([demand.quantity for demand in self.demands], dtype=np.int64)
        for line, _thing in self.pinned:
            self.left[line] -= 1
        self._pair_up(barred, {thing for _line, thing in self.pinned})
        self.bundles = self._bundles()

    def _pair_up(self, barred: set[Pair], used: set[int]) -> None:
        by_kind: dict[str, list[int]] = defaultdict(list)
        for index, thing in enumerate(self.things):
            if index not in used:
                by_kind[thing.kind].append(index)
        lines, things, worths = [], [], []
        stock = {kind: (np.array(members), _columns([self.things[i] for i in members])) for kind, members in by_kind.items()}
        for line, demand in enumerate(self.demands):
            if self.left[line] <= 0 or demand.kind not in stock:
                continue
            members, columns = stock[demand.kind]
            fits = (columns["grade"] <= demand.worst_grade) & (columns["months"] >= demand.least_months)
            chosen = members[fits]
            lines.append(np.full(len(chosen), line))
            things.append(chosen)
            worths.append(_worth(demand, {name: column[fits] for name, column in columns.items()}, self.weights))
        self.line = np.concatenate(lines) if lines else np.zeros(0, dtype=np.int64)
        self.thing = np.concatenate(things) if things else np.zeros(0, dtype=np.int64)
        self.worth = np.concatenate(worths) if worths else np.zeros(0, dtype=np.int64)
        if barred:
            keep = np.array([(a, b) not in barred for a, b in zip(self.line.tolist(), self.thing.tolist(), strict=True)], dtype=bool)
            self.line, self.thing, self.worth = self.line[keep], self.thing[keep], self.worth[keep]

    def _bundles(self) -> list[list[int]]:
        members: dict[str, list[int]] = defaultdict(list)
        for line, demand in enumerate(self.demands):
            if demand.bundle and self.left[line] > 0:
                members[demand.bundle].append(line)
        return list(members.values())

    def points_of(self, line: int, thing: int) -> int:
        """Return what one pair is worth."""
        return int(_worth(self.demands[line], _columns([self.things[thing]]), self.weights)[0])

    @property
    def pinned_worth(self) -> int:
        return sum(self.points_of(line, thing) for line, thing in self.pinned)


def _columns(things: Sequence[Thing]) -> dict[str, np.ndarray]:
    places = [thing.at or (np.nan, np.nan) for thing in things]
    return {
        "grade": np.array([thing.grade for thing in things]),
        "months": np.array([thing.months for thing in things]),
        "site": np.array([thing.site for thing in things]),
        "compound": np.array([thing.compound for thing in things]),
        "east": np.array([place[0] for place in places], dtype=float),
        "north": np.array([place[1] for place in places], dtype=float),
    }


def _worth(demand: Demand, columns: dict[str, np.ndarray], weights: Weights) -> np.ndarray:
    """Return the points of a demand with each thing: urgency, condition and life speak for it, the way against it."""
    life = np.minimum(columns["months"], weights.full_months) * weights.life / weights.full_months
    way = np.where(columns["site"] == demand.site, 0.0, float(weights.other_site))
    apart = columns["compound"] != demand.compound
    east, north = demand.at or (np.nan, np.nan)
    km = np.hypot(columns["east"] - east, columns["north"] - north)
    km = np.where(np.isnan(km), weights.most_km / 2, np.minimum(km, weights.most_km))
    way = way + np.where(apart, weights.other_compound + weights.per_km * km, 0.0)
    points = weights.urgency * demand.urgency + weights.grade * (4 - columns["grade"]) + life - way
    return np.maximum(1, np.rint(points)).astype(np.int64)


class Relaxation:
    """The linear program over some of the columns; what pays is priced in until nothing does, and then its value bounds all plans."""

    def __init__(self, arena: Arena) -> None:
        self.arena = arena
        self.solver = highspy.Highs()
        self.solver.silent()
        self.chosen = np.zeros(0, dtype=np.int64)
        self.bound = np.inf
        self._rows()
        self._inside = np.zeros(len(arena.line), dtype=bool)
        everything = len(arena.line) <= FEW
        self.add(np.arange(len(arena.line)) if everything else self._best_of_lines(arena.worth.astype(float), KEPT))

    def _rows(self) -> None:
        """Add a row a thing (at most once) and a row a line (at most its quantity, or its share of its bundle), then the switches."""
        arena, none, empty = self.arena, np.zeros(0, dtype=np.int32), np.zeros(0)
        whole = {line for bundle in arena.bundles for line in bundle}
        upper = [1.0] * len(arena.things) + [0.0 if line in whole else float(arena.left[line]) for line in range(len(arena.demands))]
        lower = [0.0] * len(arena.things) + [0.0] * len(arena.demands)
        count = len(upper)
        self.solver.addRows(count, np.array(lower), np.array(upper), 0, np.zeros(count, dtype=np.int32), none, empty)
        for bundle in arena.bundles:
            rows = np.array([len(arena.things) + line for line in bundle], dtype=np.int32)
            self.solver.addCol(0.0, 0.0, 1.0, len(rows), rows, -arena.left[bundle].astype(float))

    def add(self, pairs: np.ndarray) -> None:
        """Add the columns of some pairs."""
        arena, count = self.arena, len(pairs)
        if not count:
            return
        index = np.empty(2 * count, dtype=np.int32)
        index[0::2], index[1::2] = arena.thing[pairs], len(arena.things) + arena.line[pairs]
        start = np.arange(0, 2 * count, 2, dtype=np.int32)
        costs = -arena.worth[pairs].astype(float)
        self.solver.addCols(count, costs, np.zeros(count), np.ones(count), 2 * count, start, index, np.ones(2 * count))
        self.chosen = np.concatenate([self.chosen, pairs])
        self._inside[pairs] = True

    def _best_of_lines(self, score: np.ndarray, most: int) -> np.ndarray:
        """Return the pairs of each line with the highest score, at most so many a line."""
        order = np.lexsort((-score, self.arena.line))
        lines = self.arena.line[order]
        rank = np.arange(len(order)) - np.searchsorted(lines, lines, side="left")
        return order[rank < most]

    def solve(self) -> float:
        """Price columns in until none pays and return the value of the relaxation, which no plan exceeds."""
        while True:
            self.solver.run()
            dual = np.array(self.solver.getSolution().row_dual)
            gain = self.arena.worth + dual[self.arena.thing] + dual[len(self.arena.things) + self.arena.line]
            pays = np.flatnonzero((gain > EPSILON) & ~self._inside)
            if not len(pays):
                return -self.solver.getInfo().objective_function_value
            best = self._best_of_lines(np.where(self._inside, -np.inf, gain), KEPT)
            self.add(best[(gain[best] > EPSILON) & ~self._inside[best]])

    def decide(self, seconds: float) -> np.ndarray:
        """Decide which bundles are filled: exactly where the columns are few, else by diving from the relaxation."""
        if not self.arena.bundles:
            return np.zeros(0)
        return self._exactly(seconds) if len(self.arena.line) <= FEW and self._inside.all() else self._dive()

    def _exactly(self, seconds: float) -> np.ndarray:
        count = len(self.arena.bundles)
        columns = np.arange(count, dtype=np.int32)
        self.solver.changeColsIntegrality(count, columns, np.array([highspy.HighsVarType.kInteger] * count))
        self.solver.setOptionValue("time_limit", seconds + self.solver.getRunTime())
        self.solver.run()
        values = self._switches()
        self.bound = min(self.bound, -self.solver.getInfo().mip_dual_bound)
        self.solver.changeColsIntegrality(count, columns, np.array([highspy.HighsVarType.kContinuous] * count))
        self.solver.setOptionValue("time_limit", highspy.kHighsInf)
        return np.rint(values)

    def _switches(self) -> np.ndarray:
        return np.array(self.solver.getSolution().col_value)[: len(self.arena.bundles)]

    def _dive(self) -> np.ndarray:
        """Settle the surest open switches, solve again from there, and so on; what cannot be filled any more stays empty."""
        settled = np.full(len(self.arena.bundles), np.nan)
        while True:
            values = self._switches()
            unsure = np.isnan(settled) & (values > EPSILON) & (values < 1 - EPSILON)
            if not unsure.any():
                return np.rint(np.where(np.isnan(settled), values, settled))
            ranked = np.flatnonzero(unsure)[np.argsort(-values[unsure])]
            for column in ranked[: max(1, len(ranked) // 6)]:
                settled[column] = 1.0
                self.solver.changeColBounds(int(column), 1.0, 1.0)
            self.solver.run()
            if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                self._give_up(settled, ranked)

    def _give_up(self, settled: np.ndarray, ranked: np.ndarray) -> None:
        """Leave the bundles of the last step empty, for together they cannot be filled."""
        for column in ranked[: max(1, len(ranked) // 6)]:
            settled[column] = 0.0
            self.solver.changeColBounds(int(column), 0.0, 0.0)
        self.solver.run()

    def fill(self, switches: np.ndarray) -> list[Pair]:
        """Fix the switches, fill what is open as well as can be, and return the pairs; a vertex of a transport problem is whole."""
        for column, value in enumerate(switches):
            self.solver.changeColBounds(column, float(value), float(value))
        self.solve()
        values = np.array(self.solver.getSolution().col_value)[len(switches) :]
        taken = self.chosen[values > 0.5]
        return [(int(line), int(thing)) for line, thing in zip(self.arena.line[taken], self.arena.thing[taken], strict=True)]


def first_come(arena: Arena) -> list[Pair]:
    """Serve the lines in the order of arrival, each with the best that is left; a bundle that cannot be filled gets nothing."""
    order = np.lexsort((-arena.worth, arena.line))
    starts = np.searchsorted(arena.line[order], np.arange(len(arena.demands) + 1))
    free = np.ones(len(arena.things), dtype=bool)
    bundle_of = {line: bundle for bundle in arena.bundles for line in bundle}
    served: set[int] = set()
    pairs: list[Pair] = []
    for line in range(len(arena.demands)):
        if line in served or arena.left[line] <= 0:
            continue
        lines = bundle_of.get(line, [line])
        served.update(lines)
        got: list[Pair] = []
        for member in lines:
            ranked = arena.thing[order[starts[member] : starts[member + 1]]]
            best = ranked[free[ranked]][: arena.left[member]]
            free[best] = False
            got += [(member, int(thing)) for thing in best]
        if line in bundle_of and len(got) < sum(int(arena.left[member]) for member in lines):
            free[[thing for _line, thing in got]] = True
            got = []
        pairs += got
    return pairs


def match(
    demands: Sequence[Demand],
    things: Sequence[Thing],
    pins: Iterable[Pair] = (),
    forbids: Iterable[Pair] = (),
    weights: Weights | None = None,
    seconds: float = 20.0,
) -> Plan:
    """Match demands with things so that the sum of points is as high as can be; `pins` are kept, `forbids` never occur.

    Pairs are (demand key, thing key). `seconds` limits the decision which bundles to fill; the bound holds in any case.
    """
    arena = Arena(demands, things, pins, forbids, weights or Weights())
    fixed, base = arena.pinned, arena.pinned_worth
    early = first_come(arena)
    if not len(arena.line):
        return _plan(arena, fixed, fixed, float(base))
    relaxed = Relaxation(arena)
    relaxed.bound = relaxed.solve()
    found = relaxed.fill(relaxed.decide(seconds))
    if _sum(arena, found) < _sum(arena, early):
        found = early
    return _plan(arena, fixed + found, fixed + early, float(relaxed.bound) + base)


def _sum(arena: Arena, pairs: Sequence[Pair]) -> int:
    return sum(arena.points_of(line, thing) for line, thing in pairs)


def _plan(arena: Arena, found: Sequence[Pair], early: Sequence[Pair], bound: float) -> Plan:
    points = {(arena.demands[d].key, arena.things[t].key): arena.points_of(d, t) for d, t in found}
    first = [(arena.demands[d].key, arena.things[t].key) for d, t in early]
    worth = float(sum(points.values()))
    return Plan(list(points), worth, first, float(_sum(arena, early)), max(bound, worth), points)
