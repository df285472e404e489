"""`osap FOLDER --seconds 60 --json`: solve every instance under a folder and say penalty, bound and gap."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from gongjia.domains.allocation.osap.reading import Unreadable, read
from gongjia.domains.allocation.osap.solving import Outcome, solve


def instances(folder: Path) -> list[Path]:
    """Return the text files of a folder, and of those in it, that are not descriptions."""
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.txt"))
    return [file for file in files if "readme" not in file.name.lower()]


def told(outcome: Outcome, *, as_json: bool) -> str:
    """Return the line of an instance."""
    if not as_json:
        state = "" if outcome.feasible else ", NOT FEASIBLE"
        figures = f"penalty {outcome.penalty:g}, bound {outcome.bound:g}, gap {outcome.gap:.1%}"
        return f"{outcome.instance}: {figures}, {outcome.seconds:.1f} s{state}"
    figures = {"instance": outcome.instance, "penalty": round(outcome.penalty, 6), "bound": round(outcome.bound, 6)}
    return json.dumps(figures | {"gap": round(outcome.gap, 6), "feasible": outcome.feasible, "seconds": round(outcome.seconds, 2)})


def main(words: list[str]) -> int:
    """Solve, a line an instance; 1 where a file was no instance, 2 where there was none."""
    parser = argparse.ArgumentParser(prog="osap", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0, help="wall time of each instance")
    parser.add_argument("--json", action="store_true", help="print JSON objects, one a line")
    asked = parser.parse_args(words)
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the solver says goes elsewhere
    files, status = instances(asked.folder), 0
    if not files:
        print(f"no instance under {asked.folder}", file=sys.stderr)
        return 2
    for file in files:
        try:
            print(told(solve(read(file), asked.seconds), as_json=asked.json), file=output, flush=True)
        except Unreadable as wrong:
            print(wrong, file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
