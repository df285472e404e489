"""`python -m bench [section …] [--scale N]`: run the sections one after another, print the table, write bench/RESULTS.md.

Each section runs in a process and a home folder of its own. Timings are never asserted: the machine decides them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from bench.figures import Figure

ROOT = Path(__file__).resolve().parents[1]
SECTIONS = {
    "importing": [],
    "listing": [],
    "listing-postgresql": [str(ROOT / "scripts" / "with-postgresql")],
    "exporting": [],
    "sweeping": [],
    "approvals": [str(ROOT / "scripts" / "with-postgresql")],
    "depreciation": [],
    "warehouse": [],
    "warehouse_matching": [],
    "floor_plan": [],
    "allocation": [],
    "plans": [],
}


def run(section: str, prefix: list[str], scale: str) -> list[Figure]:
    """Run one section in a fresh home folder and return its figures; what it says meanwhile goes to the terminal."""
    with tempfile.TemporaryDirectory(prefix="gongjia-bench-") as home:
        environment = {**os.environ, "GONGJIA_HOME": home, "DJANGO_SETTINGS_MODULE": "gongjia.config.settings"}
        environment.pop("DATABASE_URL", None)
        command = [*prefix, sys.executable, "-m", f"bench.{section.partition('-')[0]}", scale]
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(f"{section}: did not finish", file=sys.stderr)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    return [Figure(**json.loads(line)) for line in lines]


def row(figure: Figure) -> str:
    """Return one line of the table."""
    limit = f"≥ {figure.at_least:,g}" if figure.at_least is not None else f"≤ {figure.at_most:,g}" if figure.at_most is not None else ""
    mark = {True: "yes", False: "**no**", None: ""}[figure.reached]
    ratio = f"{figure.ratio:,.2f} × {figure.peer}" if figure.ratio is not None else figure.peer
    return f"| {figure.section} | {figure.what} | {figure.value:,.4g} {figure.unit} | {limit} | {mark} | {ratio} |"


def main(words: list[str]) -> int:
    """Run the named sections, or all of them."""
    scale = words.pop(words.index("--scale") + 1) if "--scale" in words else "1000000"
    chosen = [word for word in words if word != "--scale"] or list(SECTIONS)
    table = ["| section | what | measured | limit | reached | compared with |", "|---|---|---|---|---|---|"]
    for section in chosen:
        table += [row(figure) for figure in run(section, SECTIONS[section], scale)]
        print("\n".join(table[2:] if section != chosen[0] else table) if section == chosen[-1] else f"… {section} done", flush=True)
    if len(chosen) > 1:
        when = f"{date.today().isoformat()} with {os.cpu_count()} cores by `make bench`"
        about = f"Sections {', '.join(chosen)}, measured on {when} ({int(scale):,} assets).\n"
        (ROOT / "bench" / "RESULTS.md").write_text("# Results\n\n" + about + "\n" + "\n".join(table) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
