"""Matching: two thousand demands, some of them sets, against five thousand items; beside first come, under a bound, with pins."""

from __future__ import annotations

import random

from bench.figures import Figure, timed
from bench.world import emit, note
from gongjia.domains.warehouse.matching import Demand, Pair, Plan, Thing, match

DEMANDS, THINGS, KINDS, SITES, PINS = 2_000, 5_000, 40, 60, 25
SHARES = [1 / (place + 1) for place in range(KINDS)]


def made(draw: random.Random) -> tuple[list[Demand], list[Thing]]:
    """Return demands of one to four lines (a set where there are several) and things, in a town of sixty compounds."""
    towns = [(draw.uniform(0, 20), draw.uniform(0, 20)) for _site in range(SITES)]
    kinds = [f"A02{number:06d}" for number in range(KINDS)]

    def somewhere() -> dict[str, object]:
        town = draw.randrange(SITES)
        return {"site": 3 * town + draw.randrange(3), "compound": town, "at": towns[town]}

    things = [
        Thing(key, draw.choices(kinds, SHARES)[0], draw.choices((0, 1, 2, 3), (1, 4, 4, 1))[0], draw.randrange(90), **somewhere())  # type: ignore[arg-type]
        for key in range(THINGS)
    ]
    demands: list[Demand] = []
    for number in range(DEMANDS):
        lines, place, urgency = draw.choices((1, 2, 3, 4), (6, 2, 1, 1))[0], somewhere(), draw.choices((1, 2, 3), (6, 3, 1))[0]
        demands += [
            Demand(
                1000 * number + line, draw.choices(kinds, SHARES)[0], draw.choices((1, 2, 3, 5), (6, 2, 1, 1))[0],
                draw.choices((1, 2, 3), (2, 6, 1))[0], draw.choice((0, 12, 24, 36)), urgency, f"set {number}" if lines > 1 else "", **place,  # type: ignore[arg-type]
            )
            for line in range(lines)
        ]  # fmt: skip
    return demands, things


def pins_of(demands: list[Demand], things: list[Thing], draw: random.Random) -> list[Pair]:
    """Return pairs that suit, as a person might pin them."""
    free, pairs = list(things), []
    for demand in draw.sample(demands, PINS * 4):
        fit = next((thing for thing in free if thing.kind == demand.kind), None)
        if fit is not None and len(pairs) < PINS:
            free.remove(fit)
            pairs.append((demand.key, fit.key))
    return pairs


def told(plan: Plan) -> None:
    """Emit gain, gap and what was met."""
    emit(
        Figure("matching", "gain over first come, by points", 100 * plan.gain, "%", peer="first come", ratio=plan.worth / plan.first_worth)
    )
    emit(Figure("matching", f"gap to the bound of {plan.bound:,.0f} points", 100 * plan.gap, "%"))
    emit(Figure("matching", "pieces given", len(plan.pairs), "pieces", peer="first come", ratio=len(plan.pairs) / len(plan.first_come)))


def main() -> None:
    draw = random.Random(20261124)
    demands, things = made(draw)
    pins = pins_of(demands, things, draw)
    note(
        f"{DEMANDS:,} demands in {len(demands):,} lines for {sum(d.quantity for d in demands):,} pieces, {THINGS:,} items, {len(pins)} pins"
    )
    with timed() as clock:
        plan = match(demands, things, pins)
    kept = set(pins) <= set(plan.pairs)
    what = f"{DEMANDS:,} demands x {THINGS:,} items, {len(pins)} pinned pairs {'kept' if kept else 'LOST'}"
    emit(Figure("matching", what, clock.seconds, "s", at_most=60))
    told(plan)


if __name__ == "__main__":
    main()
