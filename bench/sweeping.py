"""Sweep: every check over a million cards; verdicts a second once loaded, and the whole way from the database to written findings."""

from __future__ import annotations

import sys

from bench import world
from bench.figures import Figure, timed
from gongjia.core.check import checks
from gongjia.core.periods import today
from gongjia.standards.engine.evaluate import evaluate
from gongjia.standards.engine.store import gather
from gongjia.standards.rulebook.loading import load
from gongjia.standards.sweep import run_sweep


def main() -> None:
    scale = int(sys.argv[1])
    root = world.filled(scale)
    book, keys = load(), sorted({check.facts for check in checks})
    with timed() as reading:
        store = gather(keys, today(), book)
    with timed() as judging:
        judged = sum(evaluate(store, check).judged for check in checks)
    world.note(f"read in {reading.seconds:.2f} s, {judged:,} verdicts in {judging.seconds:.2f} s")
    world.emit(
        Figure(
            "sweep", f"{len(checks)} checks over {scale:,} assets, once loaded", judged / judging.seconds / 1e6, "M verdicts/s", at_least=3
        )
    )
    del store
    for turn in ("first", "second"):
        with timed() as whole:
            sweep = run_sweep(actor=root)
        what = f"{turn} sweep, database → findings written and diffed ({sweep.new:,} new, {sweep.standing:,} standing)"
        world.emit(Figure("sweep", what, whole.seconds, "s", at_most=6))


if __name__ == "__main__":
    main()
